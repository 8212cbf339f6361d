import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { goSort } from '../../../source/commands/top/go-sort.ts';

/** Written by fixtures/go-sort.go. */
const cases = JSON.parse(readFileSync(new URL('fixtures/go-sort.json', import.meta.url), 'utf8')) as Array<{
	keys: number[];
	order: number[];
}>;

function orderOf(keys: readonly number[]): number[] {
	const items = keys.map((key, index) => ({ key, index }));
	goSort(items, (first, second) => first.key > second.key);
	return items.map(({ index }) => index);
}

describe('goSort', () => {
	test('leaves equal elements where Go leaves them', () => {
		for (const { keys, order } of cases) {
			assert.deepEqual(orderOf(keys), order, `${keys.length} keys: ${keys.slice(0, 10)} …`);
		}
	});

	test('sorts whatever comes, and loses nothing', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 500 }), (keys) => {
				const order = orderOf(keys);
				assert.deepEqual(
					order.map((index) => keys[index]),
					[...keys].sort((first, second) => second - first),
				);
				assert.equal(new Set(order).size, keys.length);
			}),
		);
	});

	test('sorts in time what makes quicksort slow', () => {
		const length = 20_000;
		for (const keys of [
			Array.from({ length }, () => 1),
			Array.from({ length }, (_, index) => index),
			Array.from({ length }, (_, index) => -index),
			Array.from({ length }, (_, index) => Math.min(index, length - index)),
			Array.from({ length }, (_, index) => index % 2),
		]) {
			let comparisons = 0;
			goSort(
				keys.map((key) => key),
				(first, second) => {
					comparisons++;
					return first > second;
				},
			);
			assert.ok(comparisons < 3 * length * Math.log2(length), `${comparisons} comparisons`);
		}
	});
});
