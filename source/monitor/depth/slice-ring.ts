/** The make-up of usage over time: a ring of the slices of one subject. */
import type { Slice } from '../../model/ledger.ts';
import type { SliceHistory } from '../messages.ts';

export class SliceRing {
	readonly #length: number;
	readonly #points: { at: number; slices: readonly Slice[] }[] = [];

	constructor(length = 120) {
		this.#length = length;
	}

	/** @param slices empty where usage could not be taken apart: a gap */
	add(at: number, slices: readonly Slice[]): void {
		this.#points.push({ at, slices });
		if (this.#points.length > this.#length) {
			this.#points.shift();
		}
	}

	/** Oldest first; NaN where there was none. */
	read(): SliceHistory {
		const ids = new Set(this.#points.flatMap(({ slices }) => slices.map(({ id }) => id)));
		return {
			times: this.#points.map(({ at }) => at),
			slices: Array.from(ids, (id) => ({
				id,
				values: this.#points.map(({ slices }) => slices.find((slice) => slice.id === id)?.value ?? Number.NaN),
			})),
		};
	}
}
