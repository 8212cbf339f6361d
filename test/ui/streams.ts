/** Standard streams of a program that believes in a terminal. */
import { PassThrough, Writable } from 'node:stream';

/** Standard output of `columns` × `rows`; `onChunk` gets what a terminal would. */
export class FakeOutput extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	bytes = 0;
	/** Chunks are held back, as by a terminal that does not read. */
	isStuck = false;
	readonly #onChunk: (text: string) => void;
	#held: (() => void) | undefined;

	constructor(columns: number, rows: number, onChunk: (text: string) => void) {
		super({ decodeStrings: false, highWaterMark: 1 });
		this.columns = columns;
		this.rows = rows;
		this.#onChunk = onChunk;
	}

	override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
		const text = String(chunk);
		const take = () => {
			this.bytes += Buffer.byteLength(text);
			// A terminal's line discipline puts the carriage return in.
			this.#onChunk(text.replaceAll('\n', '\r\n'));
			done();
		};
		if (this.isStuck) {
			this.#held = take;
		} else {
			take();
		}
	}

	/** The terminal reads again. */
	unstick(): void {
		this.isStuck = false;
		const held = this.#held;
		this.#held = undefined;
		held?.();
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.emit('resize');
	}

	asStream(): NodeJS.WriteStream {
		return this as unknown as NodeJS.WriteStream;
	}
}

/** Standard input in raw mode. */
export class FakeInput extends PassThrough {
	readonly isTTY = true;
	isRaw = false;

	setRawMode(isRaw: boolean): this {
		this.isRaw = isRaw;
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	asStream(): NodeJS.ReadStream {
		return this as unknown as NodeJS.ReadStream;
	}
}
