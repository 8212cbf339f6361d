import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing has come for so long: whoever lets others go first need not wait any longer. ms. */
const patience = 250;
const step = 10;

/**
 * Lets what the user waits for go first: the samples that make a ranking come before the pages of lists that only add to
 * its rows, on the line as well as in this thread. Whoever goes first and gets nothing holds nobody up.
 */
export class Precedence {
	#going = 0;
	#lastSign = 0;

	/** Somebody goes first from now on. */
	begin(): void {
		this.#going++;
		this.sign();
	}

	/** Something has come of it. */
	sign(): void {
		this.#lastSign = performance.now();
	}

	end(): void {
		this.#going--;
	}

	/** Resolves when nobody goes first, or to no avail. */
	async others(): Promise<void> {
		while (this.#going > 0 && performance.now() - this.#lastSign < patience) {
			await sleep(step);
		}
	}
}
