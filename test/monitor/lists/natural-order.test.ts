import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Slots, TextColumn } from '../../../source/model/fleet/columns.ts';
import { compareWords } from '../../../source/model/fleet/dictionary.ts';
import { NaturalOrder } from '../../../source/monitor/lists/natural-order.ts';

describe('the natural order', () => {
	test('is that of the names, whatever comes and goes', () => {
		const steps = fc.array(fc.tuple(fc.boolean(), fc.string({ maxLength: 2 }), fc.boolean()), { maxLength: 40 });
		fc.assert(
			fc.property(steps, (taken) => {
				const slots = new Slots();
				const names = new TextColumn();
				slots.grows([names]);
				const order = new NaturalOrder(slots, (a, b) => compareWords(names.get(a), names.get(b)));
				for (const [comes, name, isAsked] of taken) {
					if (comes || slots.count === 0) {
						names.set(slots.take(), name);
					} else {
						slots.release([...slots.all()][name.length % slots.count] as number);
					}
					if (isAsked) {
						order.get();
					}
				}
				const sorted = [...order.get()].map((slot) => names.get(slot));
				assert.deepEqual(sorted, [...slots.all()].map((slot) => names.get(slot)).sort(compareWords));
			}),
		);
	});
});
