/**
 * Room that an order took and nobody reads any more, for the next one. Of 150,000 rows an order is half a megabyte: thrown
 * away with each key, a few of them make the engine collect all garbage, which takes longer than the key may.
 */

/** So many are kept for the next. */
const most = 2;

export class SpareRoom {
	#spare: ArrayBuffer[] = [];

	/** Room for so many slots, with anything in it. */
	take(length: number): Uint32Array<ArrayBuffer> {
		const bytes = length * Uint32Array.BYTES_PER_ELEMENT;
		const index = this.#spare.findIndex(
			(buffer) => buffer.byteLength >= bytes && buffer.byteLength <= 2 * bytes + 4096,
		);
		const [buffer] = index < 0 ? [] : this.#spare.splice(index, 1);
		// A little more than is needed, for rows come and go.
		return new Uint32Array(buffer ?? new ArrayBuffer(bytes + (bytes >>> 6) - ((bytes >>> 6) % 4)), 0, length);
	}

	/** The slots that lie in this room are not looked at any more. */
	give({ buffer }: Uint32Array): void {
		if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) {
			this.#spare = [buffer, ...this.#spare].slice(0, most);
		}
	}
}
