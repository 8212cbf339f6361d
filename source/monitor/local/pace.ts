/** Keeps work that cannot be interrupted from holding up questions: it rests as soon as it has taken some milliseconds. */
import { setImmediate } from 'node:timers/promises';

/** ms of work between two rests. */
const longest = 4;

export class Pace {
	#since = performance.now();
	/** ms of work so far, rests not counted. */
	#worked = 0;

	get isDue(): boolean {
		return performance.now() - this.#since > longest;
	}

	get worked(): number {
		return this.#worked + performance.now() - this.#since;
	}

	async rest(): Promise<void> {
		this.#worked += performance.now() - this.#since;
		await setImmediate();
		this.#since = performance.now();
	}
}
