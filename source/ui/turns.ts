/**
 * Work in parts, each in a turn of the event loop of its own: what comes meanwhile, a key above all, waits for one part
 * and not for all of them.
 */
export class Turns {
	#left: (() => void)[] = [];
	#next: NodeJS.Immediate | undefined;

	/** Some of the work is left. */
	get isBusy(): boolean {
		return this.#left.length > 0;
	}

	/** Does one part after the other, the first in the next turn. What was left of earlier work is not done. */
	begin(parts: readonly (() => void)[]): void {
		this.stop();
		this.#left = [...parts];
		this.#next = setImmediate(() => this.#goOn());
	}

	stop(): void {
		clearImmediate(this.#next);
		this.#left = [];
	}

	#goOn(): void {
		const part = this.#left.shift();
		if (this.isBusy) {
			this.#next = setImmediate(() => this.#goOn());
		}
		part?.();
	}
}
