import { setImmediate as nextTurn } from 'node:timers/promises';

/** Nobody who waits for an answer should wait longer than this for work that has time, ms. */
const longest = 4;

/** Long work in slices: between them, whoever asks something gets their turn. */
export class Turns {
	#since = performance.now();

	/** Whether the present slice has been long enough. */
	get isOver(): boolean {
		return performance.now() - this.#since >= longest;
	}

	/** Lets others go first if the slice has been long enough. */
	async next(): Promise<void> {
		if (this.isOver) {
			await nextTurn();
			this.#since = performance.now();
		}
	}
}
