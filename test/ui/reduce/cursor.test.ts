import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { topFor } from '../../../source/ui/reduce/cursor.ts';
import { podRow } from '../fake-host.ts';
import { layout, Player } from './player.ts';

const motions = [
	'j',
	'k',
	'g',
	'G',
	'ctrl-d',
	'ctrl-u',
	'ctrl-f',
	'ctrl-b',
	'pagedown',
	'pageup',
	'home',
	'end',
	'up',
	'down',
];

describe('the cursor', () => {
	test('moves by rows, pages and to both ends', () => {
		const player = new Player();
		const index = (...keys: string[]) => {
			player.press(...keys);
			player.answer();
			return player.list.cursorIndex;
		};
		assert.equal(index('j', 'down'), 2);
		assert.equal(index('k'), 1);
		assert.equal(index('ctrl-d'), 6);
		assert.equal(index('pagedown'), 15);
		assert.equal(index('G'), 99);
		assert.equal(index('j'), 99);
		assert.equal(index('ctrl-b'), 90);
		assert.equal(index('ctrl-u'), 85);
		assert.equal(index('g'), 0);
		assert.equal(index('k'), 0);
	});

	test('keeps two rows in sight beyond it', () => {
		const player = new Player();
		player.press(...'jjjjjjj');
		assert.equal(player.list.top, 0);
		player.press('j');
		assert.deepEqual([player.list.cursorIndex, player.list.top], [8, 1]);
		player.press('j');
		assert.equal(player.list.top, 2);
	});

	test('stays on its row when rows change places', () => {
		const player = new Player();
		player.press(...'jjjjj');
		assert.equal(player.list.cursor, 'pod-5');
		player.fleet.pods.reverse();
		player.answer();
		player.answer();
		assert.equal(player.list.cursor, 'pod-5');
		assert.equal(player.list.cursorIndex, 94);
		assert.ok(player.visible.includes('pod-5'));
	});

	test('stays on its line of the screen when rows come in above a list that was scrolled', () => {
		const player = new Player();
		player.press('ctrl-d', 'ctrl-d', 'ctrl-d', 'ctrl-d');
		const line = player.list.cursorIndex - player.list.top;
		player.fleet.pods.unshift(podRow(500), podRow(501));
		player.answer();
		assert.equal(player.list.cursor, 'pod-20');
		assert.equal(player.list.cursorIndex - player.list.top, line);
	});

	test('goes to the next row when its own disappears', () => {
		const player = new Player();
		player.press(...'jjjjj');
		player.do({ type: 'rest' });
		player.answer();
		player.fleet.pods = player.fleet.pods.filter(({ uid }) => uid !== 'pod-5');
		player.answer();
		assert.equal(player.list.cursor, 'pod-6');
		assert.equal(player.list.cursorIndex, 5);
	});

	test('that was never moved stays on the first page, and follows its row within it', () => {
		const player = new Player();
		const [first, second, ...others] = player.fleet.pods;
		player.fleet.pods = [second, first, ...others].filter((pod) => pod !== undefined);
		player.answer();
		assert.equal(player.list.cursor, 'pod-0');
		assert.equal(player.list.cursorIndex, 1);
		player.fleet.pods.reverse();
		player.answer();
		assert.equal(player.list.cursor, 'pod-99');
		assert.deepEqual([player.list.cursorIndex, player.list.top], [0, 0]);
	});

	test('runs ahead of rows that have not arrived, and finds its row when they do', () => {
		const player = new Player(10_000);
		player.press('G');
		assert.equal(player.list.cursorIndex, 9999);
		assert.equal(player.list.cursor, null);
		player.press('k', 'k');
		player.answer();
		assert.equal(player.list.cursor, 'pod-9997');
		assert.ok(player.visible.every((uid) => uid !== undefined));
	});

	test('clamps to what there is when a list turns out to be shorter', () => {
		const player = new Player();
		player.press('G');
		player.answer();
		player.fleet.pods = player.fleet.pods.slice(0, 3);
		player.answer();
		player.answer();
		assert.equal(player.list.cursor, 'pod-2');
		assert.equal(player.list.top, 0);
	});

	test('is always in sight and, once answered, always on a row, whatever keys and answers come', () => {
		const step = fc.oneof(
			fc.constantFrom(...motions).map((key) => ({ key })),
			fc.constant('answer' as const),
			fc.constant('rest' as const),
			fc.constant('shuffle' as const),
			fc.integer({ min: 0, max: 60 }).map((count) => ({ count })),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const player = new Player(60);
				const all = player.fleet.pods;
				for (const now of steps) {
					if (now === 'answer') {
						player.answer();
					} else if (now === 'rest') {
						player.do({ type: 'rest' });
					} else if (now === 'shuffle') {
						player.fleet.pods = [...player.fleet.pods.slice(20), ...player.fleet.pods.slice(0, 20)];
					} else if ('key' in now) {
						player.press(now.key);
					} else {
						player.fleet.pods = all.slice(0, now.count);
					}
					const { cursorIndex, top } = player.list;
					assert.ok(cursorIndex >= top && cursorIndex < top + 10, `${cursorIndex} from ${top}`);
				}
				for (let round = 0; round < 4; round++) {
					player.answer();
				}
				const { cursor, cursorIndex, answer } = player.list;
				const row = answer?.list === 'pods' ? answer.rows[cursorIndex - answer.offset] : undefined;
				assert.equal(cursor, row?.uid ?? null);
				assert.equal(row === undefined, player.fleet.pods.length === 0);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('topFor', () => {
	test('keeps the cursor in sight on lists and screens of any size', () => {
		fc.assert(
			fc.property(
				fc.record({ top: fc.nat(50), index: fc.nat(49), height: fc.integer({ min: 1, max: 60 }) }),
				({ top, index, height }) => {
					const result = topFor(top, index, height, 50);
					assert.ok(result >= 0 && result <= Math.max(0, 50 - height));
					assert.ok(index >= result && index < result + height);
				},
			),
		);
	});
});

describe('a list that stands beside others', () => {
	const beside = () => new Player(1000, { ...layout, sharesLines: () => true });

	test('goes on by a third of a page where the cursor leads out of it, and stands still between', () => {
		const player = beside();
		const tops = [...'jjjjjjjjjjjjj'].map((key) => {
			player.press(key);
			return player.list.top;
		});
		assert.deepEqual(tops, [0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 6, 6, 6]);
		assert.equal(player.list.cursorIndex, 13);
		const back = [...'kkkkkkkk'].map((key) => {
			player.press(key);
			return player.list.top;
		});
		assert.deepEqual(back, [6, 6, 6, 6, 6, 3, 3, 3]);
	});

	test('keeps two rows beyond the cursor in sight, and ends with the last row', () => {
		const player = beside();
		for (let step = 0; step < 60; step++) {
			player.press('j');
			const { cursorIndex, top } = player.list;
			assert.ok(cursorIndex - top <= 7 && (top === 0 || cursorIndex - top >= 2), `${cursorIndex} of ${top}`);
		}
		player.press('G');
		player.answer();
		player.press('k', 'j', 'j');
		assert.deepEqual([player.list.cursorIndex, player.list.top], [999, 990]);
	});
});
