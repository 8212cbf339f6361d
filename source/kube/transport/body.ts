import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { collectYoung } from '../../engine/collect-garbage.ts';

/** The body is packed in a way that was not asked for. */
export class UnknownEncoding extends Error {
	readonly encoding: string;

	constructor(encoding: string) {
		super(`packed as ${encoding}`);
		this.encoding = encoding;
	}
}

export interface BodyOptions {
	/** ms without a byte, while somebody waits for one. */
	idleTimeout: number;
	/** Makes the error for that. */
	onIdle: () => Error;
	/** Turns what the stream throws into an error of ours. */
	onFailure: (error: unknown) => unknown;
	/** Bytes as they came over the wire, after each chunk. */
	onBytes: (count: number) => void;
	/** Once, however it ended; undefined = to its end. */
	onEnd: (error: unknown) => void;
}

/** Output of one step of inflating, bytes: each is a way to another thread and back. */
const chunkSize = 512 * 1024;

/**
 * The beginning of a body is handed on in small pieces, of which each is twice the one before, bytes: its first rows wait
 * for no more than the first. That holds the samples of a hundred pods, and to decode them takes 4 ms the first time.
 */
const firstPiece = 32 * 1024;

/** So much of a body may lie about before it is collected, bytes. */
const uncollected = 8 * 2 ** 20;

/**
 * What has come is handed on in one piece: it comes in pieces of a TLS record, and inflating each for itself would take
 * longer on the way to the thread that does it than there.
 */
async function* joined(response: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
	yield* response as AsyncIterable<Buffer>;
}

/**
 * The body of a response, inflated, with back-pressure: no more is read ahead of who iterates than its connection holds. A
 * consumer that is slow never makes it time out. Whoever stops early closes the connection.
 */
export async function* bodyOf(
	response: IncomingMessage,
	options: BodyOptions,
): AsyncGenerator<Buffer, void, undefined> {
	const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
	const gzip = /^(?:x-)?gzip$/.test(encoding);
	const gunzip = gzip ? createGunzip({ chunkSize }) : null;
	const stream: Readable = gunzip ? pipeline(joined(response), gunzip, () => {}) : response;
	let isFirst = true;
	let counted = 0;
	let inflated = 0;
	let timer: NodeJS.Timeout | undefined;
	let outcome: unknown;
	try {
		if (!gzip && encoding !== '' && encoding !== 'identity') {
			throw new UnknownEncoding(encoding);
		}
		const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
		while (true) {
			// Only while somebody waits: a reader may take its time.
			timer = setTimeout(() => response.destroy(options.onIdle()), options.idleTimeout);
			const { done, value } = await chunks.next();
			clearTimeout(timer);
			if (gunzip) {
				options.onBytes(gunzip.bytesWritten - counted);
				counted = gunzip.bytesWritten;
			} else if (!done) {
				options.onBytes(value.length);
			}
			if (done) {
				return;
			}
			inflated += value.length;
			if (isFirst) {
				isFirst = false;
				yield* inGrowingPieces(value, firstPiece);
			} else {
				yield value;
			}
			if (gunzip && inflated > uncollected) {
				inflated = 0;
				collectYoung();
			}
		}
	} catch (error) {
		outcome = options.onFailure(error);
		throw outcome;
	} finally {
		clearTimeout(timer);
		if (!response.readableEnded) {
			response.destroy();
		}
		gunzip?.destroy();
		if (inflated > uncollected / 8) {
			collectYoung();
		}
		options.onEnd(outcome);
	}
}

function* inGrowingPieces(bytes: Buffer, first: number): Generator<Buffer, void, undefined> {
	let start = 0;
	for (let size = first; start < bytes.length; size *= 2) {
		yield bytes.subarray(start, start + size);
		start += size;
	}
}
