import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sortSlots } from '../../../source/monitor/lists/sort.ts';

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

	test('orders many numbers as it orders few, upwards and downwards', () => {
		const number = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constant(1_795_878_120_000));
		fc.assert(
			fc.property(fc.array(number, { minLength: 1100, maxLength: 1300 }), fc.boolean(), (values, descending) => {
				const order = sorted(values, descending);
				const sign = descending ? -1 : 1;
				const expected = values
					.map((_, slot) => slot)
					.sort((a, b) => {
						const [left = 0, right = 0] = [values[a], values[b]];
						if (Number.isNaN(left) || Number.isNaN(right)) {
							return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
						}
						return (left < right ? -sign : left > right ? sign : 0) || a - b;
					});
				assert.deepEqual(order, expected);
			}),
			{ numRuns: 20 },
		);
	});

	test('sorts words by their bytes', () => {
		const words = ['b', 'B', 'a', ''];
		const slots = Uint32Array.from([0, 1, 2, 3]);
		sortSlots(slots, { words: (slot) => words[slot] ?? '' }, false);
		assert.deepEqual([...slots], [3, 1, 2, 0]);
	});
});
