/** Ctrl-z, `kill -TSTP`, `kill -STOP`, and `fg`: the terminal goes to the shell and comes back. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Hands the terminal over, runs the callback, takes the terminal back and draws everything again (Ink's). */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

/** The stop signal needs a moment until it stops us: all that this process does in between must be over by then. */
const stopping = 50;

export class Suspension {
	readonly #suspendTerminal: SuspendTerminal;
	readonly #resumed: () => void;
	#busy = false;

	readonly #onStop = () => void this.suspend();
	readonly #onContinue = () => void this.#repaint();

	/** `resumed` is called when the terminal is ours again: its size may have changed meanwhile. */
	constructor(suspendTerminal: SuspendTerminal, resumed: () => void) {
		this.#suspendTerminal = suspendTerminal;
		this.#resumed = resumed;
		process.on('SIGTSTP', this.#onStop);
		process.on('SIGCONT', this.#onContinue);
	}

	/** Stops the whole process group, as the terminal would on ctrl-z: under npm, our parent must stop too. */
	async suspend(): Promise<void> {
		await this.#handOver(async () => {
			process.off('SIGTSTP', this.#onStop);
			process.kill(0, 'SIGTSTP');
			await sleep(stopping);
			process.on('SIGTSTP', this.#onStop);
		});
	}

	/** After a stop that could not be seen coming (SIGSTOP), the shell has written over the screen. */
	async #repaint(): Promise<void> {
		await this.#handOver(async () => {});
	}

	async #handOver(callback: () => Promise<void>): Promise<void> {
		if (this.#busy) {
			return;
		}
		this.#busy = true;
		try {
			await this.#suspendTerminal(callback);
		} finally {
			this.#busy = false;
		}
		this.#resumed();
	}

	dispose(): void {
		process.off('SIGTSTP', this.#onStop);
		process.off('SIGCONT', this.#onContinue);
	}
}
