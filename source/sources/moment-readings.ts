/** Readings of one source that are all of one moment. */
import type { Reading, ReadingQuantity, SourceId } from '../model/reading.ts';

export class MomentReadings {
	readonly all: Reading[] = [];
	readonly #source: SourceId;
	readonly #at: number;

	constructor(source: SourceId, at: number) {
		this.#source = source;
		this.#at = at;
	}

	/** Leaves out what is no amount: no reading is better than a guess. */
	add(quantity: ReadingQuantity, value: number, field: string): void {
		if (Number.isFinite(value) && value >= 0) {
			this.#push(quantity, value, field);
		}
	}

	/** A limit. NaN is a reading too: it was read that there is none. */
	addLimit(quantity: ReadingQuantity, value: number, field: string): void {
		this.#push(quantity, value, field);
	}

	#push(quantity: ReadingQuantity, value: number, field: string): void {
		this.all.push({ quantity, value, source: this.#source, field, at: this.#at, window: Number.NaN });
	}
}
