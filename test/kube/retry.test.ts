import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { abortable, backoff, longestRetryAfter, retryAfter, wait } from '../../source/kube/retry.ts';

describe('backoff', () => {
	test('doubles from the base to the cap, at least half of it certain', () => {
		assert.deepEqual(
			[0, 1, 2, 3].map((attempt) => backoff(attempt, 100, 500, () => 1)),
			[100, 200, 400, 500],
		);
		assert.equal(
			backoff(2, 100, 500, () => 0),
			200,
		);
	});
	test('is finite and within its bounds for any attempt', () => {
		fc.assert(
			fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
				const delay = backoff(attempt, 250, 30_000, () => random);
				return delay >= 125 && delay <= 30_000;
			}),
		);
	});
});

describe('Retry-After', () => {
	test('reads seconds and dates', () => {
		const now = Date.UTC(2026, 0, 1);
		assert.equal(retryAfter('7', now), 7000);
		assert.equal(retryAfter(new Date(now + 12_000).toUTCString(), now), 12_000);
	});
	test('is never longer than a minute and never negative', () => {
		const now = Date.UTC(2026, 0, 1);
		assert.equal(retryAfter('86400', now), longestRetryAfter);
		assert.equal(retryAfter(new Date(now - 5000).toUTCString(), now), 0);
	});
	test('is NaN where there is none or it says nothing', () => {
		assert.equal(retryAfter(undefined, 0), Number.NaN);
		assert.equal(retryAfter('', 0), Number.NaN);
		assert.equal(retryAfter('soon', 0), Number.NaN);
	});
});

describe('waiting', () => {
	test('ends with the reason of an abort', async () => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const waiting = wait(60_000, controller.signal);
		controller.abort(reason);
		await assert.rejects(waiting, reason);
		await assert.rejects(wait(60_000, controller.signal), reason);
	});
	test('for a promise ends with the reason of an abort, and leaves no unhandled rejection', async () => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const { promise, reject } = Promise.withResolvers<never>();
		const waiting = abortable(promise, controller.signal);
		controller.abort(reason);
		await assert.rejects(waiting, reason);
		reject(new Error('later'));
		await new Promise(setImmediate);
	});
	test('for a promise gives its value', async () => {
		assert.equal(await abortable(Promise.resolve(3), new AbortController().signal), 3);
	});
});
