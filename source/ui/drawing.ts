/** When the screen is drawn: at once, or within a time and then part after part. */
import { Turns } from './turns.ts';

export interface DrawingOptions {
	/** What makes each part by itself, of the state that is there by then, so that little is left to do for `compose`. */
	parts: () => readonly (() => void)[];
	/** Makes the lines of the screen. */
	compose: () => void;
	/** Brings them to the terminal. */
	show: () => void;
	/** A drawing begins. */
	onBegin: () => void;
	/** One of these threw. */
	onCrash: (error: unknown) => void;
	/** Between two looks whether a drawing has come to its end, ms. */
	gather: number;
}

export class Drawing {
	readonly #options: DrawingOptions;
	readonly #turns = new Turns();
	#timer: NodeJS.Timeout | undefined;
	/** When the timer fires. */
	#due = Number.POSITIVE_INFINITY;
	#beganAt = Number.NEGATIVE_INFINITY;
	#isEnded = false;

	constructor(options: DrawingOptions) {
		this.#options = options;
	}

	/** When the last one began, as `performance.now()` tells it. */
	get beganAt(): number {
		return this.#beganAt;
	}

	/** Draws before it returns. */
	now(): void {
		if (this.#isEnded) {
			return;
		}
		this.#turns.stop();
		this.#begin();
		this.#guarded(() => {
			this.#options.compose();
			this.#options.show();
		});
	}

	/** Draws after so many milliseconds, or earlier if that is already due; at once if it is none. */
	within(delay: number): void {
		if (this.#isEnded) {
			return;
		}
		if (delay <= 0) {
			this.now();
			return;
		}
		const due = performance.now() + delay;
		if (due < this.#due) {
			clearTimeout(this.#timer);
			this.#due = due;
			this.#timer = setTimeout(() => this.#inTurns(), delay);
		}
	}

	/** Nothing is drawn any more. */
	end(): void {
		this.#isEnded = true;
		clearTimeout(this.#timer);
		this.#turns.stop();
	}

	/** For what nobody waits for: a key that comes meanwhile is drawn at once, with all that there is by then. */
	#inTurns(): void {
		this.#due = Number.POSITIVE_INFINITY;
		if (this.#turns.isBusy) {
			// To begin anew would never come to an end on a machine that is that slow.
			this.within(this.#options.gather);
			return;
		}
		this.#begin();
		this.#guarded(() => {
			const { parts, compose, show } = this.#options;
			this.#turns.begin([...parts(), compose, show].map((step) => () => this.#guarded(step)));
		});
	}

	#begin(): void {
		clearTimeout(this.#timer);
		this.#due = Number.POSITIVE_INFINITY;
		this.#beganAt = performance.now();
		this.#options.onBegin();
	}

	#guarded(step: () => void): void {
		try {
			step();
		} catch (error) {
			this.#turns.stop();
			this.#options.onCrash(error);
		}
	}
}
