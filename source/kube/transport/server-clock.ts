/**
 * The server's clock, read off the Date header of its answers.
 *
 * A Date header has whole seconds: an answer that carries D was made within [D, D+1 s) of the server's clock, and
 * within [sent, received] of ours. So it bounds the difference of the clocks: (D − received, D + 1 s − sent]. The
 * difference that was used before is kept while it lies within, and else moved to the nearer bound; so it moves only
 * when it is proved wrong, and is right to about half a second.
 */
export class ServerClock {
	#offset = 0;

	/** @param date the header; `sent` and `received` are `Date.now()` of the request and of its answer's head */
	observe(date: string | undefined, sent: number, received: number): void {
		const stated = date === undefined ? Number.NaN : Date.parse(date);
		if (!Number.isNaN(stated) && received >= sent) {
			this.#offset = Math.min(stated + 1000 - sent, Math.max(stated - received, this.#offset));
		}
	}

	/** The server's time in ms since 1970. */
	now(): number {
		return Date.now() + this.#offset;
	}

	/** How far the server's clock is ahead of ours, in ms. */
	get offset(): number {
		return this.#offset;
	}
}
