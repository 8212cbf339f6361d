/** A sleep that can be cut short: by an abort for good, by `wake` to go on at once. */
export class Waker {
	#wake: (() => void) | null = null;
	#woken = false;

	/** Ends the present sleep, or the next one if nobody sleeps. */
	wake(): void {
		if (this.#wake === null) {
			this.#woken = true;
		} else {
			this.#wake();
		}
	}

	/** @returns When the time is over, `wake` was called, or the signal aborted. */
	async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
		if (this.#woken || signal.aborted) {
			this.#woken = false;
			return;
		}
		await new Promise<void>((resolve) => {
			const done = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', done);
				this.#wake = null;
				resolve();
			};
			const timer = setTimeout(done, milliseconds);
			signal.addEventListener('abort', done, { once: true });
			this.#wake = done;
		});
	}
}
