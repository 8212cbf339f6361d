/**
 * What bytes that came lately meant: pods of one owner come one after another and say much the same. A few of the bytes
 * lead to the place where they must be, and one comparison tells whether they are.
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

/** Of the length, the first byte, the middle one and the last three: numbers stand at the end, or in the middle. */
function hashOf(bytes: Buffer, start: number, end: number): number {
	const length = end - start;
	const first = bytes[start] as number;
	const last = bytes[end - 1] as number;
	const beforeLast = length > 1 ? (bytes[end - 2] as number) : 0;
	const third = length > 2 ? (bytes[end - 3] as number) : 0;
	const middle = bytes[start + (length >> 1)] as number;
	const ends = first | (last << 8) | (beforeLast << 16) | (third << 24);
	const hash = Math.imul(ends, 0x9e3779b1) ^ Math.imul((middle << 8) | length, 0x85ebca6b);
	return hash >>> 16;
}
