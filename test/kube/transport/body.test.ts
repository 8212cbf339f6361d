import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '../../../source/kube/transport/body.ts';

const idle = new Error('idle');

/** A body over a stream, with a clock that the test moves; `ended` is what it told at its end. */
function body(t: TestContext): {
	stream: PassThrough;
	chunks: AsyncGenerator<Buffer, void, undefined>;
	told: { bytes: number; ended: unknown[] };
} {
	t.mock.timers.enable({ apis: ['setTimeout'] });
	const stream = new PassThrough();
	const told = { bytes: 0, ended: [] as unknown[] };
	const chunks = bodyOf(Object.assign(stream, { headers: {} }) as unknown as IncomingMessage, {
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
});
