import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing has come for so long: whoever lets others go first need not wait any longer. ms. */
const patience = 250;
/** The first sign of a far server takes some round trips: connection, TLS, question. ms more. */
const atFirst = 750;
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
		this.#lastSign = performance.now() + atFirst;
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
