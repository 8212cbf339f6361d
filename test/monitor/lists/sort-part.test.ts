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

	test('of all rows is read off an order that is kept, the same as by their places in it', () => {
		const places = fc.shuffledSubarray(
			Array.from({ length: 1100 }, (_, place) => place),
			{ minLength: 1100 },
		);
		fc.assert(
			fc.property(
				places,
				fc.boolean(),
				fc.nat(1099),
				fc.integer({ min: 1, max: 200 }),
				(ranks, descending, at, count) => {
					const slots = Uint32Array.from(ranks, (_, slot) => slot);
					const kept = slots.toSorted((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
					const byRanks = { words: String, ranks: () => numbersOf(column(ranks)) };
					const byOrder = { ...byRanks, order: () => kept };
					const [inOrder, byPlaces] = [slots.slice(), slots.slice()];
					sortSlots(inOrder, byOrder, descending);
					sortSlots(byPlaces, byRanks, descending);
					assert.deepEqual(inOrder, byPlaces);
					for (const [anchor, offset] of [
						[at, 0],
						[-1, at],
					] as const) {
						const span = { offset, count };
						const known = sortPart(slots, byOrder, descending, anchor, span);
						assert.deepEqual(known, sortPart(slots, byRanks, descending, anchor, span));
					}
					const some = slots.subarray(0, 1050);
					const top = { offset: 0, count };
					assert.deepEqual(sortPart(some, byOrder, descending, -1, top), sortPart(some, byRanks, descending, -1, top));
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
