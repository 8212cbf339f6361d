import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goDuration } from '../../../source/commands/top/go-duration.ts';

test('durations are written as Go writes them', () => {
	const expected: ReadonlyArray<readonly [number, string]> = [
		[0, '0s'],
		[0.4, '0s'],
		[1, '1ms'],
		[999, '999ms'],
		[1000, '1s'],
		[1500, '1.5s'],
		[59_999, '59.999s'],
		[60_000, '1m0s'],
		[754_990, '12m34.99s'],
		[3_600_000, '1h0m0s'],
		[80_991_300, '22h29m51.3s'],
		[-1500, '-1.5s'],
		[-120_000, '-2m0s'],
	];
	for (const [milliseconds, text] of expected) {
		assert.equal(goDuration(milliseconds), text);
	}
});
