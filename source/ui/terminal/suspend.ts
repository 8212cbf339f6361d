/** Ctrl-z, `kill -TSTP`, `kill -STOP`, and `fg`: the terminal goes to the shell and comes back. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Hands the terminal over, runs the callback, takes the terminal back and draws everything again (Ink's). */
export type SuspendTerminal = (callback: () => Promise<void>) => Promise<void>;

/** The stop signal needs a moment until it stops us: all that this process does in between must be over by then. */
const stopping = 50;

export interface SuspensionOptions {
	suspendTerminal: SuspendTerminal;
	/** Resolves when the terminal has read that it is given away, or does not read. */
	handedOver(): Promise<void>;
	/** The terminal is ours again; its size may have changed meanwhile. */
	resumed(): void;
}

export class Suspension {
	readonly #options: SuspensionOptions;
	#busy = false;
	/** A stop was asked for while the terminal was changing hands. */
	#stopNext = false;

	readonly #onStop = () => void this.suspend();
	readonly #onContinue = () => void this.#repaint();

	constructor(options: SuspensionOptions) {
		this.#options = options;
		process.on('SIGTSTP', this.#onStop);
		process.on('SIGCONT', this.#onContinue);
	}

	/** The terminal belongs to the shell now. */
	get isAway(): boolean {
		return this.#busy;
	}

	/** Stops the whole process group, as the terminal would on ctrl-z: under npm, our parent must stop too. */
	async suspend(): Promise<void> {
		if (process.platform === 'win32') {
			return;
		}
		if (this.#busy) {
			this.#stopNext = true;
			return;
		}
		await this.#handOver(async () => {
			await this.#options.handedOver();
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
			await this.#options.suspendTerminal(callback);
		} finally {
			this.#busy = false;
		}
		this.#options.resumed();
		if (this.#stopNext) {
			this.#stopNext = false;
			await this.suspend();
		}
	}

	dispose(): void {
		process.off('SIGTSTP', this.#onStop);
		process.off('SIGCONT', this.#onContinue);
	}
}
