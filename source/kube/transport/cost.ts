const secondsKept = 60;
/** What was asked within so many ms counts as asked now. */
export const nowSpan = 5000;

/** What talking to the cluster costs: it is on the screen. */
export class Cost {
	/** Requests sent since the start, repetitions included. */
	requests = 0;
	/** Bytes of bodies as they came over the wire (compressed). */
	bytesReceived = 0;
	readonly #now: () => number;
	readonly #startedAt: number;
	/** Requests per second of the last minute, by second modulo 60, and which second each one counts. */
	readonly #counts = new Float64Array(secondsKept);
	readonly #seconds = new Float64Array(secondsKept).fill(-1);

	/** @param now a monotonic clock in ms */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
		this.#startedAt = now();
	}

	addRequest(): void {
		this.requests++;
		const second = Math.floor(this.#now() / 1000);
		const slot = second % secondsKept;
		if (this.#seconds[slot] !== second) {
			this.#seconds[slot] = second;
			this.#counts[slot] = 0;
		}
		this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
	}

	addBytes(count: number): void {
		this.bytesReceived += count;
	}

	/** Mean over the last minute, or since the start if that is less (but at least a second). */
	requestsPerSecond(): number {
		return this.#mean(secondsKept);
	}

	/**
	 * What is asked now: whole requests per second, 0 for less than one. It falls to 0 by itself {@link nowSpan} after a
	 * start, and polls leave it there.
	 */
	requestsNow(): number {
		const mean = this.#mean(nowSpan / 1000);
		return mean < 1 ? 0 : Math.round(mean);
	}

	#mean(seconds: number): number {
		const now = this.#now();
		const second = Math.floor(now / 1000);
		const recent = this.#counts.reduce(
			(sum, count, slot) => (second - (this.#seconds[slot] ?? -1) < seconds ? sum + count : sum),
			0,
		);
		return recent / Math.min(seconds, Math.max(1, (now - this.#startedAt) / 1000));
	}
}
