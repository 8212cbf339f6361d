import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sortSlots } from '../../../source/monitor/lists/list.ts';

const sorted = (values: readonly number[], descending: boolean) => {
	const slots = Uint32Array.from(values, (_, slot) => slot);
	sortSlots(slots, { numbers: (slot) => values[slot] ?? Number.NaN }, descending);
	return [...slots];
};

describe('sorting a list', () => {
	test('puts rows without a number last, upwards and downwards', () => {
		const values = [Number.NaN, 2, Number.NaN, 1];
		assert.deepEqual(sorted(values, false), [3, 1, 0, 2]);
		assert.deepEqual(sorted(values, true), [1, 3, 0, 2]);
	});

	test('keeps the natural order among equals, both ways', () => {
		assert.deepEqual(sorted([1, 1, 0, 1], false), [2, 0, 1, 3]);
		assert.deepEqual(sorted([1, 1, 0, 1], true), [0, 1, 3, 2]);
	});

	test('orders any numbers, infinite ones as well', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
				const order = sorted(values, false).map((slot) => values[slot] ?? 0);
				assert.ok(order.every((value, index) => index === 0 || (order[index - 1] ?? 0) <= value));
			}),
		);
	});

	test('sorts words by their bytes', () => {
		const words = ['b', 'B', 'a', ''];
		const slots = Uint32Array.from([0, 1, 2, 3]);
		sortSlots(slots, { words: (slot) => words[slot] ?? '' }, false);
		assert.deepEqual([...slots], [3, 1, 2, 0]);
	});
});
