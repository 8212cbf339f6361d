/**
 * What bytes that came lately meant: pods of one owner come one after another and say much the same. A hash leads to the
 * place where they must be, and one comparison tells whether they are.
 */

export class RecentBytes<Meaning> {
	readonly #longest: number;
	readonly #mask: number;
	readonly #meanings: (Meaning | undefined)[];
	readonly #lengths: Uint32Array;
	readonly #bytes: Uint8Array;
	/** Where {@link find} looked last. */
	#place = 0;

	/**
	 * @param longest more bytes than these are never remembered
	 * @param places so many are remembered: a power of two, at most 65,536
	 */
	constructor(longest: number, places: number) {
		this.#longest = longest;
		this.#mask = places - 1;
		this.#meanings = new Array<Meaning | undefined>(places).fill(undefined);
		this.#lengths = new Uint32Array(places);
		this.#bytes = new Uint8Array(places * longest);
	}

	/** What `bytes[start, end)` meant, which are more than none; undefined if they are not remembered. */
	find(bytes: Buffer, start: number, end: number): Meaning | undefined {
		const length = end - start;
		if (length > this.#longest) {
			return undefined;
		}
		const place = hashOf(bytes, start, end) & this.#mask;
		this.#place = place;
		if (this.#lengths[place] !== length) {
			return undefined;
		}
		const kept = this.#bytes;
		const at = place * this.#longest - start;
		// From behind: words of one kind differ in their ends.
		for (let index = end - 1; index >= start; index--) {
			if (kept[at + index] !== bytes[index]) {
				return undefined;
			}
		}
		return this.#meanings[place];
	}

	/** Remembers the meaning of the bytes that were just not found. */
	keep(bytes: Buffer, start: number, end: number, meaning: Meaning): void {
		const length = end - start;
		if (length <= this.#longest) {
			const kept = this.#bytes;
			const at = this.#place * this.#longest - start;
			for (let index = start; index < end; index++) {
				kept[at + index] = bytes[index] as number;
			}
			this.#lengths[this.#place] = length;
			this.#meanings[this.#place] = meaning;
		}
	}
}

/** Over all bytes of what is short, and over some thirty of what is long: two that differ in the others share a place. */
function hashOf(bytes: Buffer, start: number, end: number): number {
	const length = end - start;
	const step = (length >> 5) + 1;
	let hash = length;
	for (let index = end - 1; index >= start; index -= step) {
		hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193);
	}
	return (hash ^ (hash >>> 15)) & 0xffff;
}
