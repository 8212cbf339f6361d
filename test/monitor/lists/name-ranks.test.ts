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
	return { add, slots, ranks: new NameRanks(slots, column) };
}

describe('the ranks of names', () => {
	/** Many begin alike, for longer than what is sorted without comparing. */
	const name = fc.tuple(fc.constantFrom('', 'web-', 'checkout-service-6d5f8-'), fc.stringMatching(/^[ab]{0,3}$/));

	test('are in their order, the same for equal ones', () => {
		fc.assert(
			fc.property(
				fc.array(
					name.map((parts) => parts.join('')),
					{ maxLength: 100 },
				),
				(names) => {
					const ranks = table(names).ranks.ranks();
					for (const [a, left] of names.entries()) {
						for (const [b, right] of names.entries()) {
							assert.equal(Math.sign(ranks(a) - ranks(b)), left === right ? 0 : left < right ? -1 : 1);
						}
					}
				},
			),
		);
	});

	test('follow rows that come and go', () => {
		const { add, ranks, slots } = table(['b', 'd']);
		assert.ok(ranks.ranks()(0) < ranks.ranks()(1));
		slots.release(0);
		add('e');
		add('c');
		const rank = ranks.ranks();
		assert.deepEqual([rank(2), rank(1), rank(0)], [0, 1, 2]);
	});
});
