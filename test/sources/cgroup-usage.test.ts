import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	cpuLimitV1,
	cpuLimitV2,
	cpuTimeV1,
	cpuTimeV2,
	memoryLimit,
	workingSetV1,
	workingSetV2,
} from '../../source/sources/cgroup-usage.ts';
import { keyedValue } from '../../source/sources/kernel-text.ts';

describe('what a list shows of a cgroup', () => {
	test('is usage less inactive file pages, never below zero', () => {
		const stat = 'inactive_file 1\ntotal_inactive_file 30\n';
		assert.equal(workingSetV1({ usage: '100\n', stat }), 70);
		assert.equal(workingSetV1({ usage: '20\n', stat }), 0);
		assert.equal(workingSetV2({ current: '100\n', stat: 'anon 5\ninactive_file 30\n' }), 70);
	});

	test('is unknown without usage, and usage alone where inactive pages are not told', () => {
		assert.ok(Number.isNaN(workingSetV2({ current: '', stat: 'inactive_file 30\n' })));
		assert.ok(Number.isNaN(workingSetV2({ current: '10', stat: '' })), 'cut off');
		assert.equal(workingSetV2({ current: '100\n', stat: '' }), 100);
	});

	test('is CPU time in nanoseconds', () => {
		assert.equal(cpuTimeV1('123\n'), 123);
		assert.equal(cpuTimeV2('usage_usec 123\nuser_usec 1\n'), 123_000);
		assert.ok(Number.isNaN(cpuTimeV2('user_usec 1\n')));
	});

	test('is a limit only where one is set', () => {
		assert.equal(memoryLimit('1048576\n'), 1_048_576);
		assert.ok(Number.isNaN(memoryLimit('max\n')));
		assert.ok(Number.isNaN(memoryLimit('9223372036854771712\n')));
		assert.equal(cpuLimitV1('50000\n', '100000\n'), 0.5e9);
		assert.ok(Number.isNaN(cpuLimitV1('-1\n', '100000\n')));
		assert.equal(cpuLimitV2('150000 100000\n'), 1.5e9);
		assert.ok(Number.isNaN(cpuLimitV2('max 100000\n')));
		assert.ok(Number.isNaN(cpuLimitV2('')));
	});

	test('is read without taking the whole file apart', () => {
		const text = 'a 1\nab 2\nb 3\nlast 4';
		assert.deepEqual(
			['a', 'ab', 'b'].map((key) => keyedValue(text, key)),
			[1, 2, 3],
		);
		assert.ok(Number.isNaN(keyedValue(text, 'last')), 'cut off');
		assert.ok(Number.isNaN(keyedValue(text, 'c')));
		assert.ok(Number.isNaN(keyedValue('a 1 2\n', 'a')));
		assert.ok(Number.isNaN(keyedValue(undefined, 'a')));
	});
});
