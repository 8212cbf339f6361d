const secondsKept = 60;

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
		const now = this.#now();
		const second = Math.floor(now / 1000);
		const recent = this.#counts.reduce(
			(sum, count, slot) => (second - (this.#seconds[slot] ?? -1) < secondsKept ? sum + count : sum),
			0,
		);
		return recent / Math.min(secondsKept, Math.max(1, (now - this.#startedAt) / 1000));
	}
}
