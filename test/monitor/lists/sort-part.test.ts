import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { NumberColumn } from '../../../source/model/fleet/columns.ts';
import { sortSlots } from '../../../source/monitor/lists/sort.ts';
import { numbersOf } from '../../../source/monitor/lists/sort-key.ts';
import { sortPart } from '../../../source/monitor/lists/sort-part.ts';

function column(values: readonly number[]): NumberColumn {
	const numbers = new NumberColumn();
	numbers.values = Float64Array.from(values);
	return numbers;
}

describe('a part of an order', () => {
	const number = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constant(-0));

	test('is what the whole order has at its places, around the anchor or where it is asked for', () => {
		fc.assert(
			fc.property(
				fc.array(number, { minLength: 1100, maxLength: 1300 }),
				fc.boolean(),
				fc.nat(1099),
				fc.integer({ min: 1, max: 200 }),
				(values, descending, at, count) => {
					const key = numbersOf(column(values));
					const slots = Uint32Array.from(values, (_, slot) => values.length - 1 - slot);
					const order = slots.slice();
					sortSlots(order, key, descending);
					const around = sortPart(slots, key, descending, at, { offset: 0, count });
					const place = order.indexOf(at);
					assert.equal(around?.anchorIndex, place);
					const from = Math.max(0, Math.min(place - Math.floor(count / 2), order.length - count));
					assert.deepEqual([...(around?.slots ?? [])], [...order.subarray(from, from + count)]);
					const there = sortPart(slots, key, descending, -1, { offset: at, count });
					const begin = Math.min(at, order.length - count);
					assert.deepEqual(
						[there?.anchorIndex, ...(there?.slots ?? [])],
						[-1, ...order.subarray(begin, begin + count)],
					);
				},
			),
			{ numRuns: 50 },
		);
	});

	test('is none where there are few rows, or only words', () => {
		const slots = Uint32Array.from([0, 1]);
		const top = { offset: 0, count: 1 };
		assert.equal(sortPart(slots, numbersOf(column([2, 1])), false, -1, top), null);
		const many = Uint32Array.from({ length: 2000 }, (_, slot) => slot);
		assert.equal(sortPart(many, { words: String }, false, -1, top), null);
	});
});
