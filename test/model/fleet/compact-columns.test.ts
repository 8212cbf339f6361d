import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AddressColumn } from '../../../source/model/fleet/address-column.ts';
import { MomentColumn } from '../../../source/model/fleet/columns.ts';
import { NameColumn } from '../../../source/model/fleet/name-column.ts';
import { SharedNumberColumn } from '../../../source/model/fleet/shared-number-column.ts';
import { UidColumn } from '../../../source/model/fleet/uid-column.ts';

const slots = 8;

interface Column<Value> {
	grow(capacity: number): void;
	get(slot: number): Value;
	set(slot: number, value: Value): void;
	clear(slot: number): void;
}

/** Whatever is written in which order, and however the column grows: each slot gives back what was last put there. */
function givesBack<Value>(make: () => Column<Value>, values: fc.Arbitrary<Value>, empty: Value): void {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(slots - 1), fc.option(values, { freq: 5 })), { maxLength: 60 }), (writes) => {
			const column = make();
			const expected = new Array<Value>(slots).fill(empty);
			column.grow(slots);
			for (const [index, [slot, value]] of writes.entries()) {
				if (value === null) {
					column.clear(slot);
				} else {
					column.set(slot, value);
				}
				expected[slot] = value ?? empty;
				if (index === 20) {
					column.grow(slots * 2);
				}
			}
			assert.deepEqual(
				expected.map((_, slot) => column.get(slot)),
				expected,
			);
		}),
	);
}

const plainName = fc.stringMatching(/^[a-z0-9.-]{0,12}$/);
const anyName = fc.oneof(plainName, fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constant('Web_1'));

describe('names in one buffer', () => {
	test('are given back as they were, also others than those of Kubernetes', () => {
		givesBack(() => new NameColumn(), plainName, '');
		givesBack(() => new NameColumn(), anyName, '');
	});

	test('are compared byte by byte, and recognised', () => {
		fc.assert(
			fc.property(fc.oneof(fc.tuple(plainName, plainName), fc.tuple(anyName, anyName)), ([a, b]) => {
				const column = new NameColumn();
				column.grow(2);
				column.set(0, a);
				column.set(1, b);
				assert.equal(Math.sign(column.compare(0, 1)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
				assert.equal(column.is(0, b), a === b);
			}),
		);
	});

	test('are found by a part of them, those of slots that were used again as well, and nothing else is', () => {
		const part = fc.stringMatching(/^[a-c]{1,3}$/);
		const names = fc.array(fc.tuple(fc.nat(slots - 1), fc.stringMatching(/^[a-c]{0,6}$/)), { maxLength: 40 });
		fc.assert(
			fc.property(part, names, (word, writes) => {
				const column = new NameColumn();
				column.grow(slots);
				for (const [slot, name] of writes) {
					column.set(slot, name);
				}
				const found = new Uint8Array(slots);
				assert.equal(column.search(word, found), true);
				assert.deepEqual(
					[...found],
					[...found].map((_, slot) => Number(column.get(slot).includes(word))),
				);
				assert.deepEqual(
					[...found],
					[...found].map((_, slot) => Number(column.contains(slot, word))),
				);
			}),
		);
	});

	test('are found in slots of any number', () => {
		const column = new NameColumn();
		const last = 2_100_000;
		column.grow(last + 1);
		for (const slot of [127, 128, 16_384, last]) {
			column.set(slot, `web-${slot}`);
			const found = new Uint8Array(last + 1);
			column.search(`b-${slot}`, found);
			assert.equal(found.indexOf(1), slot);
		}
	});

	test('are not searched where capitals or other letters could be missed', () => {
		const column = new NameColumn();
		column.grow(2);
		column.set(0, 'Web');
		const found = new Uint8Array(2);
		assert.equal(column.search('web', found), false);
		assert.equal(column.isPlain, false);
		assert.deepEqual([...found], [0, 0]);
	});

	test('that come and go by the ten thousand leave those that stay', () => {
		const column = new NameColumn();
		column.grow(slots);
		column.set(7, 'stays-here');
		for (let round = 0; round < 20_000; round++) {
			column.set(round % 7, `job-${round}`);
		}
		assert.equal(column.get(7), 'stays-here');
		assert.equal(column.get(19_999 % 7), 'job-19999');
		const found = new Uint8Array(slots);
		column.search('s-h', found);
		assert.deepEqual([...found], [0, 0, 0, 0, 0, 0, 0, 1]);
	});
});

describe('uids in sixteen bytes', () => {
	const uids = fc.oneof(
		fc.uuid(),
		fc.uuid().map((uid) => uid.toUpperCase()),
		fc.constantFrom(
			'',
			'kube-system/web',
			'00000000-0000-0000-0000-000000000000',
			'00000000-0000-4000-0000-000000000000',
		),
		fc.string(),
	);

	test('are given back as they were, those that are no UUID too', () => {
		givesBack(() => new UidColumn(), uids, '');
	});

	test('are found, and only those', () => {
		fc.assert(
			fc.property(fc.uniqueArray(uids, { minLength: 2, maxLength: slots }), ([absent = '', ...present]) => {
				const column = new UidColumn();
				column.grow(slots);
				for (const [slot, uid] of present.entries()) {
					column.set(slot, uid);
				}
				assert.equal(column.find(absent), -1);
				for (const [slot, uid] of present.entries()) {
					assert.equal(column.find(uid), uid === '' ? -1 : slot);
					assert.ok(column.is(slot, uid));
					assert.ok(!column.is(slot, absent));
				}
			}),
		);
	});
});

test('addresses are given back as they were written', () => {
	const odd = fc.constantFrom('', '0.0.0.0', '010.1.1.1', '256.1.1.1', '1.2.3', '999.999.999.999');
	givesBack(() => new AddressColumn(), fc.oneof(fc.ipV4(), fc.ipV6(), odd), '');
});

test('moments are given back to the second', () => {
	const seconds = fc.oneof(fc.nat(2 ** 31), fc.constantFrom(0, Number.NaN)).map((second) => second * 1000);
	givesBack(() => new MomentColumn(), seconds, Number.NaN);
	const column = new MomentColumn();
	column.grow(1);
	for (const outside of [-1, -1e12, Number.POSITIVE_INFINITY, 1e300]) {
		column.set(0, outside);
		assert.ok(Number.isNaN(column.get(0)));
	}
});

describe('numbers that many rows share', () => {
	test('are given back as they were', () => {
		// −0 is 0.
		const numbers = fc.oneof(fc.double(), fc.constantFrom(0, 1e9, Number.NaN)).map((value) => value + 0);
		givesBack(() => new SharedNumberColumn(), numbers, Number.NaN);
	});

	test('are given back also where there are more different ones than two bytes can tell', () => {
		const column = new SharedNumberColumn();
		const rows = 200_000;
		column.grow(rows);
		for (let slot = 0; slot < rows; slot++) {
			column.set(slot, slot * 3);
		}
		for (let slot = 0; slot < rows; slot++) {
			assert.equal(column.get(slot), slot * 3);
		}
	});

	test('are forgotten once no row has them', () => {
		const column = new SharedNumberColumn();
		column.grow(2);
		column.set(1, -5);
		for (let round = 0; round < 300_000; round++) {
			column.set(0, round);
		}
		assert.deepEqual([column.get(0), column.get(1)], [299_999, -5]);
	});
});
