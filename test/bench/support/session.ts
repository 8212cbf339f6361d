/** A program in a pseudo terminal: when each of its bytes came, and what the screen showed then. */
import { type IPty, spawn } from '@lydell/node-pty';
import { Emulator } from '../../ui/emulator.ts';
import { cpuSeconds } from './process.ts';

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The bundle that users get. */
export const whytop = new URL('../../../bin/whytop.js', import.meta.url).pathname;

/** No byte for so long is the end of an answer, ms. */
const quiet = 45;

export interface Answer {
	/** From the key to the first and to the last byte of what it changed, ms. */
	first: number;
	last: number;
	bytes: number;
}

type Environment = Record<string, string>;

export function environment(): Environment {
	const { CI: _ci, NO_COLOR: _colour, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...rest } = process.env;
	return { ...(rest as Environment), TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' };
}

export interface SessionOptions {
	columns?: number;
	rows?: number;
	/** What is started, whytop unless a peer is measured. */
	program?: readonly string[];
}

export class Session {
	readonly screen: Emulator;
	readonly started = performance.now();
	/** ms after the start. */
	firstByte = Number.NaN;
	lastByte = Number.NaN;
	bytes = 0;
	writes = 0;
	exitCode: number | undefined;
	readonly #pty: IPty;
	#taken: Promise<void> = Promise.resolve();
	#watchers: ((at: number) => void)[] = [];
	readonly #ended: Promise<void>;

	constructor(words: readonly string[], { columns = 200, rows = 60, program }: SessionOptions = {}) {
		this.screen = new Emulator(columns, rows);
		const [file = '', ...first] = program ?? [process.execPath, whytop];
		this.#pty = spawn(file, [...first, ...words], { cols: columns, rows, env: environment() });
		// A terminal that is asked for its colours and kind answers: some programs wait for that.
		this.screen.terminal.onData((answer) => this.#pty.write(answer));
		this.#ended = new Promise((resolve) => {
			this.#pty.onExit(({ exitCode, signal }) => {
				this.exitCode = signal ? 128 + signal : exitCode;
				resolve();
			});
		});
		this.#pty.onData((data) => {
			const at = performance.now();
			this.firstByte = Number.isNaN(this.firstByte) ? at - this.started : this.firstByte;
			this.lastByte = at - this.started;
			this.bytes += Buffer.byteLength(data);
			this.writes++;
			this.#taken = this.screen.write(data).then(() => {
				for (const watcher of this.#watchers) {
					watcher(at);
				}
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	cpu(): number {
		return cpuSeconds(this.pid);
	}

	type(keys: string): void {
		this.#pty.write(keys);
	}

	pause(): void {
		this.#pty.pause();
	}

	resume(): void {
		this.#pty.resume();
	}

	/** When the bytes came that made the screen so, ms after `since`. The condition is looked at after every piece. */
	async when(
		condition: (text: string) => boolean,
		what: string,
		since = this.started,
		limit = 120_000,
	): Promise<number> {
		const settled = Promise.withResolvers<number>();
		const watcher = (at: number) => {
			if (condition(this.screen.text())) {
				settled.resolve(at - since);
			}
		};
		const timer = setTimeout(() => {
			settled.reject(new Error(`waited in vain for ${what}; the screen shows:\n${this.screen.text()}`));
		}, limit);
		this.#watchers.push(watcher);
		if (condition(this.screen.text())) {
			settled.resolve(performance.now() - since);
		}
		try {
			return await settled.promise;
		} finally {
			clearTimeout(timer);
			this.#watchers = this.#watchers.filter((other) => other !== watcher);
		}
	}

	/** Types a key and waits until the terminal has been quiet for a moment after the answer. */
	async press(keys: string, limit = 5000): Promise<Answer> {
		const { bytes } = this;
		const pressed = performance.now();
		let first = Number.NaN;
		let last = Number.NaN;
		const watcher = (at: number) => {
			// What was on its way before the key is none of its doing.
			if (at >= pressed) {
				first = Number.isNaN(first) ? at - pressed : first;
				last = at - pressed;
			}
		};
		this.#watchers.push(watcher);
		this.type(keys);
		while (performance.now() - pressed < limit) {
			await sleep(5);
			await this.#taken;
			if (!Number.isNaN(last) && performance.now() - pressed - last > quiet) {
				break;
			}
		}
		this.#watchers = this.#watchers.filter((other) => other !== watcher);
		return { first, last, bytes: this.bytes - bytes };
	}

	/**
	 * From keys to the bytes after which the rows stayed as they were in the end, ms: 0 if they stood already.
	 * @param patience so long after a change no other is to come, ms
	 * @throws if they change until the limit
	 */
	async standing(keys: string, rowsOf: (text: string) => string, patience: number, limit = 15_000): Promise<number> {
		let rows = rowsOf(this.screen.text());
		const begun = performance.now();
		let changed = begun;
		const watcher = (at: number) => {
			const now = rowsOf(this.screen.text());
			if (now !== rows) {
				rows = now;
				// What was on its way before the key is none of its doing.
				changed = Math.max(at, begun);
			}
		};
		this.#watchers.push(watcher);
		this.type(keys);
		while (performance.now() - changed < patience && performance.now() - begun < limit) {
			await sleep(10);
			await this.#taken;
		}
		this.#watchers = this.#watchers.filter((other) => other !== watcher);
		if (performance.now() - changed < patience) {
			throw new Error(`the rows still changed after ${limit} ms`);
		}
		return changed - begun;
	}

	/** Waits until nothing was written for so long. */
	async rest(milliseconds: number, limit = 20_000): Promise<void> {
		const begun = performance.now();
		while (performance.now() - begun < limit) {
			await sleep(20);
			await this.#taken;
			if (performance.now() - this.started - this.lastByte > milliseconds) {
				return;
			}
		}
	}

	async close(): Promise<void> {
		if (this.exitCode === undefined) {
			this.#pty.kill('SIGTERM');
			await Promise.race([this.#ended, sleep(3000)]);
		}
		if (this.exitCode === undefined) {
			this.#pty.kill('SIGKILL');
			await this.#ended;
		}
		this.screen.dispose();
	}
}
