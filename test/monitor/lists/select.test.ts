import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WordColumn } from '../../../source/model/fleet/columns.ts';
import { common, keepMarked, select, selectMarked, selectWord } from '../../../source/monitor/lists/select.ts';

const order = Uint32Array.of(3, 0, 2, 1);

describe('some slots of a list', () => {
	test('keep their order, whichever way they are told apart', () => {
		const room = () => new Uint32Array(order.length);
		assert.deepEqual([...select(order, (slot) => slot > 0, room())], [3, 2, 1]);
		assert.deepEqual([...selectMarked(order, Uint8Array.of(0, 1, 1, 1), room())], [3, 2, 1]);
		assert.deepEqual([...common(order, Uint32Array.of(1, 2, 3))], [3, 2, 1]);
	});

	test('are those that have a word, none where no row has it', () => {
		const column = new WordColumn();
		column.grow(4);
		for (const [slot, word] of ['web', 'db', 'web', 'web'].entries()) {
			column.set(slot, word);
		}
		assert.deepEqual([...selectWord(order, column, 'web')], [3, 0, 2]);
		assert.deepEqual([...selectWord(order, column, 'cache')], []);
	});

	test('lose their mark where another word says otherwise', () => {
		const marks = Uint8Array.of(1, 1, 0, 0);
		keepMarked(marks, Uint8Array.of(1, 0, 1, 0), 0);
		assert.deepEqual([...marks], [0, 1, 0, 0]);
	});
});
