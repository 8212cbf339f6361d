import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ListEngine } from '../../../source/monitor/lists/list.ts';
import { Search } from '../../../source/monitor/lists/search.ts';
import type { ListTable } from '../../../source/monitor/lists/table.ts';
import type { ListQuery } from '../../../source/monitor/messages.ts';

/** Rows `row-0` … `row-999`; those with a 7 in their number are few. Counts what is asked of it. */
function table(rows = 1000) {
	const asked = { slots: 0, texts: 0 };
	const made: ListTable<string, 'number'> = {
		hasLabels: false,
		slots: () => {
			asked.slots++;
			return Uint32Array.from({ length: rows }, (_, slot) => slot);
		},
		text: (slot) => {
			asked.texts++;
			return `row-${slot}`;
		},
		keys: () => ({ number: { numbers: (slot) => slot } }),
		versionOf: () => '',
		uid: (slot) => `row-${slot}`,
		find: (uid) => Number(uid.slice(4)),
		row: (slot) => `row-${slot}`,
	};
	return { asked, engine: new ListEngine(made), made };
}

const query = (more: Partial<ListQuery> = {}): ListQuery => ({
	list: 'pods',
	sequence: 1,
	scope: {},
	filter: '',
	sort: { column: 'number', descending: true },
	anchor: null,
	offset: 0,
	count: 10,
	...more,
});

describe('a window of a list', () => {
	test('of a new filter looks at no more rows than are on the screen, and is counted after', () => {
		const { asked, engine } = table();
		const first = engine.window(query({ filter: 'row' }), 1, true);
		assert.deepEqual([first.counting, first.following], [true, true]);
		assert.deepEqual([first.rows[0], first.rows.length, first.total], ['row-999', 5, 1000]);
		assert.equal(asked.texts, 5);
		const whole = engine.window(query({ filter: 'row' }), 1);
		assert.deepEqual([whole.counting, whole.following, whole.matched, whole.rows.length], [false, false, 1000, 10]);
		assert.deepEqual(whole.rows.slice(0, 5), first.rows);
	});

	test('of a filter that was typed on looks only at what was found before', () => {
		const { asked, engine } = table();
		engine.window(query({ filter: 'row-7' }), 1);
		for (const [filter, matched] of [
			['row-77', 11],
			['row-77 9', 1],
		] as const) {
			asked.texts = 0;
			assert.equal(engine.window(query({ filter }), 1).matched, matched);
			assert.ok(asked.texts <= 111, `${asked.texts} rows were looked at for ${filter}`);
		}
		assert.equal(engine.window(query({ filter: 'row-7' }), 1).matched, 111);
		assert.equal(engine.window(query({ filter: '!row-77' }), 1).matched, 989);
		// Of other rows nothing was found before.
		asked.texts = 0;
		engine.window(query({ filter: 'row-7' }), 1);
		assert.equal(engine.window(query({ filter: 'row-77' }), 2).matched, 11);
		assert.equal(asked.texts, 2000);
	});

	test('of a new filter is whole at once where few rows match', () => {
		const { engine } = table();
		const first = engine.window(query({ filter: 'row-77', count: 24 }), 1, true);
		assert.deepEqual([first.counting, first.following, first.matched], [false, false, 11]);
	});

	test('is laid around the anchor, also when it is counted after', () => {
		const { engine } = table();
		const asked = query({ filter: 'row', anchor: 'row-500', count: 4 });
		const first = engine.window(asked, 1, true);
		const whole = engine.window(asked, 1);
		assert.equal(first.anchorIndex, 499);
		assert.deepEqual([whole.anchorIndex, whole.offset], [499, 497]);
		assert.ok(first.rows.includes('row-500'));
	});

	test('of a new filter begins with the first matches if the anchor is none, and looks at no more of them', () => {
		const { asked, engine } = table();
		const first = engine.window(query({ filter: '7', anchor: 'row-500' }), 1, true);
		assert.deepEqual([first.rows[0], first.rows.length, first.offset], ['row-997', 5, 0]);
		assert.deepEqual([first.anchorIndex, first.counting], [-1, true]);
		// From 999 to 977, and the anchor itself.
		assert.equal(asked.texts, 24);
	});

	test('of a new filter that lets the anchor through looks at the rows up to it, and at as many more as are on the screen', () => {
		const { asked, engine } = table();
		const first = engine.window(query({ filter: 'row', anchor: 'row-500' }), 1, true);
		assert.deepEqual(first.rows, ['row-502', 'row-501', 'row-500', 'row-499', 'row-498']);
		assert.deepEqual([first.offset, first.anchorIndex, first.counting], [497, 499, true]);
		assert.equal(asked.texts, 506);
	});

	test('sorts again only when the order may be another', () => {
		const { asked, engine } = table();
		engine.window(query(), 1);
		engine.window(query({ offset: 20 }), 2);
		engine.window(query({ filter: 'row-1' }), 3);
		assert.equal(asked.slots, 1);
		engine.window(query({ sort: { column: 'number', descending: false } }), 4);
		assert.equal(asked.slots, 2);
	});

	describe('in an order that was not made before', () => {
		/** 5,000 rows, of which `down` is the order the other way round. */
		const many = () => {
			const made = table(5000);
			made.engine.window(query(), 1);
			return made;
		};
		const up = query({ sort: { column: 'number', descending: false }, offset: 40 });
		const up40 = Array.from({ length: 10 }, (_, index) => `row-${40 + index}`);

		test('tells what is on the screen before the order is made, and then the rest', () => {
			const { engine } = many();
			const first = engine.window(up, 1, true);
			assert.equal(first.following, true);
			assert.deepEqual([first.rows, first.offset, first.matched], [up40.slice(3, 8), 43, 5000]);
			const whole = engine.window(up, 1);
			assert.deepEqual([whole.rows, whole.offset, whole.following], [up40, 40, false]);
			assert.deepEqual(engine.window(up, 1, true), whole);
		});

		test('begins where the list begins, and lies around the anchor, also near the ends', () => {
			const { engine } = many();
			assert.deepEqual(engine.window({ ...up, offset: 0 }, 1, true).rows[0], 'row-0');
			for (const anchor of ['row-3', 'row-2500', 'row-4998']) {
				const { anchorIndex, offset, rows } = many().engine.window({ ...up, anchor, offset: 0 }, 1, true);
				assert.equal(rows[anchorIndex - offset], anchor);
			}
		});

		test('holds what the filter lets through, once that is known', () => {
			const { engine } = many();
			const filtered = { ...up, filter: 'row-1', offset: 0 };
			engine.window({ ...query(), filter: 'row-1' }, 1);
			const first = engine.window(filtered, 1, true);
			assert.equal(first.following, true);
			assert.deepEqual([first.matched, first.total, first.counting], [1111, 5000, false]);
			assert.deepEqual(engine.window(filtered, 1).rows.slice(0, 5), first.rows);
		});
	});

	test('is the same after orders were rehearsed, in steps that a question can come between', () => {
		const { engine } = table(5000);
		const before = engine.window(query({ offset: 40 }), 1);
		const steps = [...engine.prepare(['number'])];
		// 1,024, 2,048, 4,096 rows: an order, and two filters.
		assert.equal(steps.length, 3 * (1 + 3));
		assert.deepEqual(engine.window(query({ offset: 40 }), 1), before);
	});

	test('goes back to an order from before without sorting again', () => {
		const { asked, engine } = table();
		const up = query({ sort: { column: 'number', descending: false } });
		const [first] = [engine.window(query(), 1), engine.window(up, 1)];
		assert.deepEqual(engine.window(query(), 1).rows, first.rows);
		assert.equal(engine.window(up, 1).rows[0], 'row-0');
		assert.equal(asked.slots, 2);
	});

	describe('of a new filter that can be searched', () => {
		/** 20,000 rows; counts how many are asked alone, and how often all of them together. */
		const searched = () => {
			const { asked, engine, made } = table(20_000);
			const looked = { one: 0, all: 0 };
			made.searcher = (pattern) => {
				const holds = (slot: number) => pattern.test(`row-${slot}`);
				return new Search(
					(slot) => {
						looked.one++;
						return holds(slot);
					},
					() => {
						looked.all++;
						return Uint8Array.from({ length: 20_000 }, (_, slot) => Number(holds(slot)));
					},
				);
			};
			return { asked, engine, looked };
		};

		test('asks some thousand rows, and where too few of them match, looks at all together and counts them', () => {
			const { asked, engine, looked } = searched();
			const window = engine.window(query({ filter: 'row-77' }), 1, true);
			assert.deepEqual([window.matched, window.counting, window.following], [111, false, false]);
			assert.equal(window.rows[0], 'row-7799');
			assert.ok(looked.one <= 4096, `${looked.one} rows were asked alone`);
			assert.deepEqual([looked.all, asked.texts], [1, 0]);
		});

		test('holds what all terms let through, also where each is looked for in all rows', () => {
			const { engine, looked } = searched();
			const of = (filter: string, isFirst = true) => engine.window(query({ filter }), 1, isFirst);
			// And 7799.
			assert.deepEqual(of('row-77 99').rows, ['row-7799']);
			assert.equal(of('!row-1', false).matched, 20_000 - 11_111);
			assert.equal(of('9 !row-1', false).rows[0], 'row-9999');
			assert.ok(looked.all > 0);
		});

		test('lies around the anchor, however far down that is', () => {
			const { engine } = searched();
			const window = engine.window(query({ filter: 'row', anchor: 'row-500' }), 1, true);
			assert.deepEqual([window.anchorIndex, window.following], [19_499, false]);
			assert.equal(window.rows[window.anchorIndex - window.offset], 'row-500');
		});
	});

	test('asks only rows for a regular expression that have the word in them that it needs', () => {
		const { asked, engine, made } = table();
		made.searcher = (pattern) => {
			const holds = (slot: number) => pattern.test(`row-${slot}`);
			return new Search(holds, () => Uint8Array.from({ length: 1000 }, (_, slot) => Number(holds(slot))));
		};
		assert.equal(engine.window(query({ filter: '-77.*$' }), 1).matched, 11);
		assert.equal(asked.texts, 11);
	});

	test('applies the terms that are understood beside one that is not', () => {
		const { engine } = table();
		const window = engine.window(query({ filter: 'row-77 cpux>1' }), 1);
		assert.notEqual(window.filterError, '');
		assert.equal(window.matched, 11);
	});
});
