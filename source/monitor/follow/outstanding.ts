/** A question that has no answer yet, and since when. Tells its owner once it has taken remarkably long. */

/** Lists are answered within seconds even by large clusters; who waits longer wants to know for what. ms. */
export const remarkablyLong = 10_000;

export class Outstanding {
	readonly #onSlow: () => void;
	#timer: NodeJS.Timeout | undefined;
	#since = Number.NaN;

	constructor(onSlow: () => void) {
		this.#onSlow = onSlow;
	}

	/** How long the present question has been waiting, ms; NaN unless that is remarkable. */
	get waiting(): number {
		const waiting = Date.now() - this.#since;
		return waiting >= remarkablyLong ? waiting : Number.NaN;
	}

	/** A part of the answer has come: the wait for the next begins. */
	goesOn(): void {
		clearTimeout(this.#timer);
		this.#since = Date.now();
		this.#timer = setTimeout(this.#onSlow, remarkablyLong);
	}

	/** Runs the question, whatever comes of it. */
	async during<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
		this.goesOn();
		try {
			return await ask();
		} finally {
			clearTimeout(this.#timer);
			this.#since = Number.NaN;
		}
	}
}
