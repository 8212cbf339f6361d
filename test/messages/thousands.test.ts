import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { thousands } from '../../source/messages/en/thousands.ts';

test('numbers are grouped as by English', () => {
	assert.equal(thousands(1_052_672), '1,052,672');
	assert.equal(thousands(Number.NaN), 'NaN');
	assert.equal(thousands(5_823_241_786_585_877), '5,823,241,786,585,877');
	fc.assert(
		fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -1e7, max: 1e7 })), (value) => {
			assert.equal(thousands(value), value.toLocaleString('en-US'));
		}),
	);
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 1e9 }), (tenths) => {
			assert.equal(thousands(tenths / 10), (tenths / 10).toLocaleString('en-US'));
		}),
	);
});
