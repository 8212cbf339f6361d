/**
 * The one owner of standard output: Ink's chunks and the painter's bytes both go through it, so that it always knows
 * what state the terminal is in and can give it back, whatever happens.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What of a stream's inside is used, if it is there: not public API of Node. */
interface Handle {
	setBlocking?(blocking: boolean): void;
	close?(): void;
}

type Written = (error?: Error | null) => void;

const enterAlternate = '\x1b[?1049h';
const leaveAlternate = '\x1b[?1049l';
/** The alternate screen begins with the cursor where it was on the main one. From there, Ink's line ends would scroll. */
const fromTheTop = '\x1b[H\x1b[?25l';

/** Erasures by which Ink makes room: they reach into lines that it does not draw itself. */
const erasure = /\x1b\[[012]?[JK]|\x1b\[\?1049h/;

/** How long the last bytes may be held up by a terminal that does not read, ms. */
const patience = 2000;

/** Switches off all that any part of the screen may have switched on. */
function restoration(alternate: boolean, queued: boolean): string {
	return [
		// Cancels a sequence of which only a part has reached the terminal.
		queued ? '\x18' : '',
		'\x1b[?2026l',
		// Mouse (press, drag, all motion, SGR coordinates), focus reports, bracketed paste.
		'\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l',
		// Scroll region (which moves the cursor, so only where the cursor is about to be restored anyway).
		alternate ? `\x1b[r\x1b[m${leaveAlternate}` : '',
		'\x1b[m\x1b[?7h\x1b[?25h',
	].join('');
}

/** Writes in the face of a terminal that may not read; gives up silently, for there is nobody to tell. */
function writeInsistently(descriptor: number, text: string): void {
	const bytes = Buffer.from(text);
	const deadline = Date.now() + patience;
	let written = 0;
	while (written < bytes.length) {
		try {
			written += writeSync(descriptor, bytes, written);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || Date.now() > deadline) {
				return;
			}
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
		}
	}
}

export class TerminalOutput {
	/** The stream to hand to Ink as its `stdout`. */
	readonly forInk: NodeJS.WriteStream;
	/** Ink has written something: the cursor may be elsewhere, and lines may have been erased. */
	onRelayed: (erased: boolean) => void = () => {};
	/** The terminal has read all that was written. */
	onDrained: () => void = () => {};
	/** The terminal is gone. */
	onLost: (error: Error) => void = () => {};

	readonly #stream: NodeJS.WriteStream;
	#alternate = false;
	#closed = false;
	#stuck = false;
	#bytes = 0;

	readonly #failed = (error: Error) => this.onLost(error);
	readonly #exiting = () => this.close();

	/** @param alternate The alternate screen is shown already, with something on it: Ink's entering it is not to clear it. */
	constructor(stream: NodeJS.WriteStream, alternate = false) {
		this.#stream = stream;
		this.#alternate = alternate;
		this.forInk = this.#proxy();
		this.#setBlocking(false);
		stream.on('error', this.#failed);
		process.once('exit', this.#exiting);
	}

	/** Bytes written since the start. */
	get bytes(): number {
		return this.#bytes;
	}

	/** The screen is ours: neither given back nor suspended. */
	get onScreen(): boolean {
		return this.#alternate && !this.#closed;
	}

	/** The terminal has not yet read what was written before. */
	get queued(): boolean {
		return this.#stream.writableLength > 0;
	}

	/** It was given back past a queue that the terminal had not read. */
	get stuck(): boolean {
		return this.#stuck;
	}

	/** A frame painted now would be seen now. */
	get ready(): boolean {
		return this.onScreen && !this.queued;
	}

	write(text: string): void {
		this.#send(text, undefined);
	}

	/** Resolves when the terminal has read all that was written, or has shown that it does not read. */
	async settled(): Promise<void> {
		const deadline = Date.now() + patience;
		while (this.queued && Date.now() < deadline) {
			await sleep(10);
		}
	}

	/**
	 * Gives the terminal back: main screen, cursor, line wrapping, no mouse, no paste brackets. At once, past what is
	 * still queued. Whatever is written afterwards is swallowed. Can be called any number of times.
	 */
	close(): void {
		if (this.#closed) {
			return;
		}
		const { queued } = this;
		this.#closed = true;
		this.#stuck = queued;
		process.off('exit', this.#exiting);
		const text = restoration(this.#alternate, queued);
		this.#alternate = false;
		const descriptor = this.#descriptor();
		if (descriptor === undefined) {
			this.#stream.write(text);
		} else if (queued) {
			this.#writePastQueue(descriptor, text);
		} else {
			this.#setBlocking(true);
			writeInsistently(descriptor, text);
		}
		// Errors of what was queued may still come, and must not end the process before its last words.
		if (!queued) {
			this.#stream.off('error', this.#failed);
		}
	}

	/** The file descriptor of a real terminal, undefined for any other stream. */
	#descriptor(): number | undefined {
		const { fd } = this.#stream as { fd?: unknown };
		return typeof fd === 'number' && this.#stream.isTTY === true ? fd : undefined;
	}

	/** Through the terminal's own name, for the stream's queue would hold the text back, or lose it at exit. */
	#writePastQueue(own: number, text: string): void {
		try {
			this.#handle()?.close?.();
			const descriptor = openSync('/dev/tty', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
			writeInsistently(descriptor, text);
			closeSync(descriptor);
		} catch {
			writeInsistently(own, text);
		}
	}

	#handle(): Handle | undefined {
		return (this.#stream as unknown as { _handle?: Handle })._handle;
	}

	/** A write to a terminal that does not read would stop the whole program. */
	#setBlocking(blocking: boolean): void {
		if (this.#descriptor() !== undefined) {
			this.#handle()?.setBlocking?.(blocking);
		}
	}

	#send(text: string | Uint8Array, done: Written | undefined): boolean {
		if (this.#closed || this.#stream.destroyed) {
			if (done !== undefined) {
				setImmediate(done);
			}
			return true;
		}
		this.#bytes += typeof text === 'string' ? Buffer.byteLength(text) : text.length;
		return this.#stream.write(text, (error) => {
			done?.(error);
			// Not the event `drain`: it only comes after a queue that was longer than the stream's high-water mark.
			if (!this.queued && !this.#closed) {
				this.onDrained();
			}
		});
	}

	/** A chunk of Ink's: passed on, and read for what it does to the screen. */
	#relay(chunk: string | Uint8Array, done: Written | undefined): boolean {
		const said = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
		const left = said.lastIndexOf(leaveAlternate);
		const enters = said.lastIndexOf(enterAlternate) > left;
		if (!enters && left >= 0) {
			this.#alternate = false;
		}
		const text = enters ? said.replaceAll(enterAlternate, (this.#alternate ? '' : enterAlternate) + fromTheTop) : said;
		const accepted = this.#send(enters ? text : chunk, done);
		if (enters && !this.#closed) {
			this.#alternate = true;
		}
		this.onRelayed(erasure.test(text));
		return accepted;
	}

	#proxy(): NodeJS.WriteStream {
		const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Written, done?: Written): boolean =>
			this.#relay(chunk, typeof encoding === 'function' ? encoding : done);
		return new Proxy(this.#stream, {
			get(stream, property) {
				if (property === 'write') {
					return write;
				}
				const value: unknown = Reflect.get(stream, property, stream);
				return typeof value === 'function' ? value.bind(stream) : value;
			},
		});
	}
}
