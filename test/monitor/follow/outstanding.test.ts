import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outstanding, remarkablyLong } from '../../../source/monitor/follow/outstanding.ts';

test('a question is remarkable only while it waits longer than ten seconds for the next part of its answer', async (t) => {
	t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
	let told = 0;
	const outstanding = new Outstanding(() => told++);
	const { promise, resolve } = Promise.withResolvers<void>();
	const asked = outstanding.during(() => promise);
	t.mock.timers.tick(remarkablyLong - 1);
	assert.ok(Number.isNaN(outstanding.waiting));
	outstanding.goesOn();
	t.mock.timers.tick(remarkablyLong - 1);
	assert.equal(told, 0);
	t.mock.timers.tick(1);
	assert.equal(told, 1);
	assert.equal(outstanding.waiting, remarkablyLong);
	resolve();
	await asked;
	t.mock.timers.tick(remarkablyLong);
	assert.ok(Number.isNaN(outstanding.waiting));
	assert.equal(told, 1);
});
