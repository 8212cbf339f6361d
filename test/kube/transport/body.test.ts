import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bodyOf } from '../../../source/kube/transport/body.ts';

const idle = new Error('idle');

/** A body over a stream, with a clock that the test moves; `ended` is what it told at its end. */
function body(
	t: TestContext,
	headers: IncomingMessage['headers'] = {},
): {
	stream: PassThrough;
	chunks: AsyncGenerator<Buffer, void, undefined>;
	told: { bytes: number; ended: unknown[] };
} {
	t.mock.timers.enable({ apis: ['setTimeout'] });
	const stream = new PassThrough();
	const told = { bytes: 0, ended: [] as unknown[] };
	const chunks = bodyOf(Object.assign(stream, { headers }) as unknown as IncomingMessage, {
		idleTimeout: 1000,
		onIdle: () => idle,
		onFailure: (error) => error,
		onBytes: (count) => {
			told.bytes += count;
		},
		onEnd: (error) => told.ended.push(error),
	});
	return { stream, chunks, told };
}

describe('a body', () => {
	test('may take as long as it wants while it moves', async (t) => {
		const { stream, chunks, told } = body(t);
		for (let count = 0; count < 5; count++) {
			const next = chunks.next();
			t.mock.timers.tick(900);
			stream.write('12');
			assert.equal(String((await next).value), '12');
		}
		stream.end();
		assert.equal((await chunks.next()).done, true);
		assert.deepEqual(told, { bytes: 10, ended: [undefined] });
	});
	test('whose reader is slow does not time out', async (t) => {
		const { stream, chunks } = body(t);
		stream.write('1');
		await chunks.next();
		t.mock.timers.tick(100_000);
		stream.write('2');
		assert.equal(String((await chunks.next()).value), '2');
		await chunks.return();
	});
	test('that stands still while it is waited for times out', async (t) => {
		const { stream, chunks, told } = body(t);
		stream.write('1');
		await chunks.next();
		t.mock.timers.tick(100_000);
		const next = chunks.next();
		t.mock.timers.tick(999);
		stream.write('2');
		await next;
		const last = chunks.next();
		t.mock.timers.tick(1000);
		await assert.rejects(last, idle);
		assert.deepEqual(told.ended, [idle]);
		assert.ok(stream.destroyed);
	});
	test('that is long and packed is handed on in few pieces, the first of them small', async (t) => {
		const { stream, chunks, told } = body(t, { 'content-encoding': 'gzip' });
		const plain = Buffer.alloc(4 * 2 ** 20, 'kind: Pod\n');
		const packed = gzipSync(plain);
		stream.end(packed);
		const pieces: Buffer[] = [];
		for await (const piece of chunks) {
			pieces.push(piece);
		}
		assert.ok(Buffer.concat(pieces).equals(plain));
		assert.ok((pieces[0]?.length ?? 0) <= 32 * 1024);
		assert.ok(pieces.length <= 12, `${pieces.length} pieces`);
		assert.deepEqual(told, { bytes: packed.length, ended: [undefined] });
	});
	test('that is packed gives the same bytes however it comes', async (t) => {
		const plain = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `${(index * 7919) % 65_537}\n`).join(''));
		const packed = gzipSync(plain);
		for (const size of [1009, 65_536, packed.length]) {
			const { stream, chunks, told } = body(t, { 'content-encoding': 'gzip' });
			for (let start = 0; start < packed.length; start += size) {
				stream.write(packed.subarray(start, start + size));
			}
			stream.end();
			const pieces: Buffer[] = [];
			for await (const piece of chunks) {
				pieces.push(piece);
			}
			assert.ok(Buffer.concat(pieces).equals(plain), `in pieces of ${size}`);
			assert.equal(told.bytes, packed.length);
			t.mock.timers.reset();
		}
	});
	test('that is packed and stands still hands on what came before', async (t) => {
		const { stream, chunks, told } = body(t, { 'content-encoding': 'gzip' });
		const packed = gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, index) => `${index}\n`).join('')));
		stream.write(packed.subarray(0, packed.length / 2));
		const { value } = await chunks.next();
		assert.match(String(value), /^0\n1\n/);
		// What is left of the beginning goes first; then it waits.
		const rest = (async () => {
			for await (const _ of chunks) {
				// Only its end is looked at.
			}
		})();
		const refused = assert.rejects(rest, idle);
		while (told.ended.length === 0) {
			t.mock.timers.tick(1000);
			await new Promise(setImmediate);
		}
		await refused;
		assert.ok(stream.destroyed);
	});
});
