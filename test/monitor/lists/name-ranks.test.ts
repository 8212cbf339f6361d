import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Slots } from '../../../source/model/fleet/columns.ts';
import { NameColumn } from '../../../source/model/fleet/name-column.ts';
import { NameRanks } from '../../../source/monitor/lists/name-ranks.ts';

/** A table of rows with these names. */
function table(names: readonly string[]) {
	const slots = new Slots();
	const column = new NameColumn();
	slots.grows([column]);
	const add = (name: string) => column.set(slots.take(), name);
	names.forEach(add);
	return { add, column, slots, ranks: new NameRanks(slots, column, (a, b) => a - b) };
}

describe('the ranks of names', () => {
	/** Many begin alike, for longer than what is sorted without comparing. */
	const name = fc.tuple(fc.constantFrom('', 'web-', 'checkout-service-6d5f8-'), fc.stringMatching(/^[ab]{0,3}$/));

	test('are in their order, and equal ones in that of what they are told apart by', () => {
		fc.assert(
			fc.property(
				fc.array(
					name.map((parts) => parts.join('')),
					{ maxLength: 100 },
				),
				(names) => {
					const { numbers: ranks } = table(names).ranks.ranks();
					for (const [a, left] of names.entries()) {
						for (const [b, right] of names.entries()) {
							assert.equal(Math.sign(ranks(a) - ranks(b)), left === right ? Math.sign(a - b) : left < right ? -1 : 1);
						}
					}
				},
			),
		);
	});

	test('follow rows that come and go', () => {
		const { add, ranks, slots } = table(['b', 'd']);
		const { numbers } = ranks.ranks();
		assert.ok(numbers(0) < numbers(1));
		slots.release(0);
		add('e');
		add('c');
		const { numbers: rank } = ranks.ranks();
		assert.deepEqual([rank(2), rank(1), rank(0)], [0, 1, 2]);
	});

	test('of many rows are made in steps, whatever comes and goes between them', () => {
		const names = Array.from({ length: 6000 }, (_, index) => `checkout-service-${(index * 7919) % 6000}`);
		const { add, column, ranks, slots } = table(names);
		let steps = 0;
		for (const _ of ranks.prepare()) {
			slots.release(steps);
			add(`checkout-${steps++}`);
		}
		assert.ok(steps > 2);
		const { numbers } = ranks.ranks();
		const inOrder = [...slots.all()].sort((a, b) => numbers(a) - numbers(b)).map((slot) => column.get(slot));
		assert.deepEqual(inOrder, inOrder.toSorted());
		assert.equal(inOrder.length, 6000);
	});
});
