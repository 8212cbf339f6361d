import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Subject, SubjectLedger, ToHost } from '../../../source/monitor/messages.ts';
import { ledgerIndex } from '../../../source/ui/reduce/ledger.ts';
import type { Layout } from '../../../source/ui/reducer.ts';
import { clusterStatus } from '../fake-host.ts';
import { layout, Player } from './player.ts';

/** A ledger of eight blocks: one line each, three where it is unfolded. */
const ids = ['head', 'memory', 'memory/a', 'memory/b', 'cpu', 'cpu/a', 'truths', 'truths/0'];

const ledgerLayout: Layout = {
	...layout,
	ledgerVisible: (state) => state.detailOpen,
	ledgerShape: ({ explained, ledger }) => ({
		height: 5,
		blocks:
			ledger === null
				? [{ id: 'reading', folds: false, lines: 1 }]
				: ids.map((id) => ({
						id,
						folds: id.includes('/') && !id.startsWith('truths'),
						lines: explained?.unfolded.includes(id) === true ? 3 : 1,
					})),
	}),
};

function answer(subject: Subject): SubjectLedger {
	return { type: 'ledger', subject, ledger: null, problems: [], every: 2_000, history: { times: [], slices: [] } };
}

function opened(): Player {
	const player = new Player(100, ledgerLayout);
	player.press('x');
	player.do({ type: 'host', message: answer(view(player).subject) });
	return player;
}

function view({ state }: Player) {
	assert.ok(state.explained);
	return state.explained;
}

function asked(player: Player): (Subject | null)[] {
	return player.sent.flatMap((message: ToHost) => (message.type === 'ledger' ? [message.subject] : []));
}

function index(player: Player): number {
	return ledgerIndex(view(player), ledgerLayout.ledgerShape(player.state));
}

describe('x', () => {
	test('opens the ledger of the row under the cursor and asks the host for it at once; Esc gives it back', () => {
		const player = new Player(100, ledgerLayout);
		player.press('down', 'down', 'x');
		assert.deepEqual(view(player).subject, { kind: 'pod', uid: 'pod-2' });
		assert.equal(view(player).title, 'default/web-0002');
		assert.deepEqual(asked(player), [{ kind: 'pod', uid: 'pod-2' }]);
		player.press('esc');
		assert.equal(player.state.explained, null);
		assert.deepEqual(asked(player).at(-1), null);
		assert.equal(player.state.focus, 'pods');
		assert.equal(player.list.cursor, 'pod-2');
	});

	test('waits for a row that is still on its way', () => {
		const player = new Player(100, ledgerLayout);
		player.press('G', 'x', 'j');
		assert.equal(player.state.explained, null);
		player.answer();
		assert.deepEqual(view(player).subject, { kind: 'pod', uid: 'pod-99' });
	});

	test('is X as well, closes what it opened, and so does q', () => {
		for (const key of ['x', 'X', 'q', 'esc']) {
			const player = opened();
			player.press(key);
			assert.equal(player.state.explained, null, key);
			assert.equal(player.leave, null);
		}
	});

	test('begins at the number that the list is sorted by', () => {
		const byCpu = opened();
		assert.equal(view(byCpu).cursor.block, 'cpu/a');
		assert.equal(view(byCpu).top, 3, 'as far down as the ledger has lines');
		const player = new Player(100, ledgerLayout);
		player.press('M');
		player.answer();
		player.press('x');
		player.do({ type: 'host', message: answer(view(player).subject) });
		assert.equal(view(player).cursor.block, 'memory/a');
		assert.equal(view(player).top, 0);
	});

	test('says so where there is nothing to explain', () => {
		const player = new Player(0, ledgerLayout);
		player.press('x');
		assert.equal(player.state.explained, null);
		assert.match(player.state.notice, /nothing here to explain/);
	});
});

describe('in the ledger', () => {
	test('the cursor goes line by line, and the screen with it', () => {
		const player = opened();
		player.press('g');
		assert.equal(index(player), 0);
		assert.equal(view(player).top, 0);
		player.press('j', 'down', 'j', 'j');
		assert.equal(view(player).cursor.block, 'cpu');
		player.press('k');
		assert.equal(view(player).cursor.block, 'memory/b');
		player.press('G');
		assert.equal(index(player), ids.length - 1);
		assert.equal(view(player).top, 3);
		player.press('pageup');
		assert.equal(index(player), 3);
		player.press('pagedown');
		assert.equal(index(player), 7);
		player.press('down', 'down');
		assert.equal(index(player), 7);
	});

	test('Enter and the arrows unfold and fold what is under the cursor, and leave it there', () => {
		const player = opened();
		player.press('g', 'j', 'j', 'enter');
		assert.deepEqual(view(player).unfolded, ['memory/a']);
		player.press('j');
		assert.deepEqual(view(player).cursor, { block: 'memory/a', line: 1 });
		player.press('left');
		assert.deepEqual(view(player).unfolded, []);
		assert.deepEqual(view(player).cursor, { block: 'memory/a', line: 0 });
		player.press('left');
		assert.deepEqual(view(player).unfolded, []);
		player.press('right');
		assert.deepEqual(view(player).unfolded, ['memory/a']);
		player.press('w');
		assert.deepEqual(view(player).unfolded, []);
		player.press('w');
		assert.deepEqual(view(player).unfolded, ['memory/a', 'memory/b', 'cpu/a']);
	});

	test('what has no way unfolds nothing', () => {
		const player = opened();
		player.press('g', 'enter');
		assert.deepEqual(view(player).unfolded, []);
	});

	test('the cursor stays on its number when new data come', () => {
		const player = opened();
		player.press('k');
		const { block } = view(player).cursor;
		player.do({ type: 'host', message: answer(view(player).subject) });
		assert.equal(view(player).cursor.block, block);
	});

	test('the answer for another subject is not taken for this one', () => {
		const player = opened();
		player.do({ type: 'host', message: answer({ kind: 'pod', uid: 'other' }) });
		assert.notEqual(player.state.ledger?.subject.uid, 'other');
	});

	test('a frozen screen keeps the ledger until it goes on', () => {
		const player = opened();
		const { subject } = view(player);
		player.press('Z');
		player.do({ type: 'host', message: { ...answer(subject), problems: ['new'] } });
		assert.deepEqual(player.state.ledger?.problems, []);
		player.press('Z');
		assert.deepEqual(player.state.ledger?.problems, ['new']);
	});

	test('only ctrl-x starts something in the container, and not in a node', () => {
		const player = opened();
		player.press('ctrl-x');
		assert.deepEqual(player.sent.at(-1), { type: 'inside' });
		assert.match(player.state.notice, /reading inside/);
		const before = player.sent.length;
		player.press('esc', '1');
		player.answer();
		player.press('x', 'ctrl-x');
		assert.equal(view(player).subject.kind, 'node');
		assert.ok(!player.sent.slice(before).some(({ type }) => type === 'inside'));
		assert.match(player.state.notice, /Only containers/);
	});

	test('ctrl-x starts nothing on this machine, whose files are read anyway', () => {
		const player = opened();
		const local = { asked: true, searched: '', root: '/' };
		player.do({ type: 'host', message: clusterStatus({ local }) });
		const before = player.sent.length;
		player.press('ctrl-x');
		assert.equal(player.sent.length, before);
		assert.match(player.state.notice, /without starting anything/);
	});

	test('help opens over it and closes to it; refresh asks again', () => {
		const player = opened();
		player.press('?');
		assert.equal(player.state.help.open, true);
		player.press('esc');
		assert.notEqual(player.state.explained, null);
		player.press('ctrl-r');
		assert.deepEqual(player.sent.at(-1), { type: 'refresh' });
	});
});

describe('the ledger beside the detail', () => {
	test('is asked for when the keys have come to rest, not for what the cursor passes by', () => {
		const player = new Player(100, ledgerLayout);
		player.press('d', 'down', 'down', 'down');
		assert.deepEqual(asked(player), []);
		player.do({ type: 'rest' });
		assert.deepEqual(asked(player), [{ kind: 'pod', uid: 'pod-3' }]);
		player.press('x');
		assert.deepEqual(asked(player).length, 1, 'the same ledger is not asked for again');
		player.press('esc', 'd');
		assert.deepEqual(asked(player).at(-1), null);
	});
});
