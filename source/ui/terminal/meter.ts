/** What the program itself costs: measured only while somebody looks at it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OwnCost } from '../state.ts';

/** Milliseconds between two looks at the event loop, which is taken off again from what they find. */
const resolution = 10;

/** What has been written to the terminal so far. */
export interface Written {
	/** NaN where it is not known. */
	frames: number;
	bytes: number;
}

export class Meter {
	readonly #written: () => Written;
	#delay: ReturnType<typeof monitorEventLoopDelay> | null = null;

	constructor(written: () => Written) {
		this.#written = written;
	}

	/** Begins to watch the event loop. */
	start(): void {
		this.#delay ??= monitorEventLoopDelay({ resolution });
		this.#delay.enable();
	}

	stop(): void {
		this.#delay?.disable();
		this.#delay = null;
	}

	/** The figures as they are now; the delay is of the time since this was asked last. */
	read(): OwnCost {
		const delay = this.#delay === null || this.#delay.count === 0 ? Number.NaN : this.#delay.percentile(99) / 1e6;
		this.#delay?.reset();
		return {
			...this.#written(),
			eventLoopDelay: Math.max(0, delay - resolution),
			residentMemory: process.memoryUsage.rss(),
		};
	}
}
