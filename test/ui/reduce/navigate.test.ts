import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Player } from './player.ts';

describe('Enter and Esc', () => {
	test('lead from a node to its pods, their containers and one in detail, and back with all cursors', () => {
		const player = new Player();
		const steps = [
			{ keys: ['1', 'j'], focus: 'nodes', cursor: 'node-2' },
			{ keys: ['k', 'enter', 'j', 'j'], focus: 'pods', cursor: 'pod-2' },
			{ keys: ['enter', 'j'], focus: 'containers', cursor: 'pod-2/proxy' },
		];
		for (const { keys, focus, cursor } of steps) {
			for (const key of keys) {
				player.press(key);
				player.answer();
			}
			assert.equal(player.state.focus, focus);
			assert.equal(player.list.cursor, cursor);
		}
		player.press('enter');
		assert.equal(player.state.detailOpen, true);
		player.press('esc');
		assert.equal(player.state.detailOpen, false);
		player.press('esc');
		player.answer();
		assert.deepEqual([player.state.focus, player.list.cursor], ['pods', 'pod-2']);
		assert.deepEqual(player.list.scope, { node: 'n01' });
		player.press('esc');
		player.answer();
		assert.deepEqual([player.state.focus, player.list.cursor], ['nodes', 'node-1']);
		assert.deepEqual(player.state.lists.pods.scope, {});
		assert.deepEqual(player.state.trail, []);
	});

	test('do not lose keys that are typed before the rows they mean have arrived', () => {
		const player = new Player();
		player.press('1', 'enter', 'j', 'j', 'enter', 'j', 'enter');
		for (let round = 0; round < 5; round++) {
			player.answer();
		}
		assert.equal(player.state.focus, 'containers');
		assert.equal(player.list.cursor, 'pod-2/proxy');
		assert.equal(player.state.detailOpen, true);
		assert.equal(player.state.typedAhead, null);
	});

	test('Esc gives up waiting for a row', () => {
		const player = new Player();
		player.press('1', 'enter', 'j');
		assert.deepEqual(player.state.typedAhead, ['enter', 'j']);
		player.press('esc');
		player.answer();
		assert.deepEqual([player.state.focus, player.list.cursor], ['nodes', 'node-1']);
	});

	test('a row that does not come within a moment is given up, and the keys after Enter count', () => {
		const player = new Player();
		player.press('1', 'enter', 'enter', '?');
		assert.equal(player.state.help.open, false);
		player.do({ type: 'overdue' });
		player.do({ type: 'overdue' });
		assert.equal(player.state.help.open, true);
		assert.equal(player.state.typedAhead, null);
		assert.equal(player.state.focus, 'nodes');
		player.press('esc', '2', 'enter', 'q');
		player.do({ type: 'overdue' });
		assert.equal(player.leave, 'quit');
	});

	test('Enter on an empty list says that there is nothing', () => {
		const player = new Player(0);
		player.press('enter');
		assert.notEqual(player.state.notice, '');
		assert.equal(player.state.typedAhead, null);
	});

	test('Enter on a finding leads to what it is about, and Esc back', () => {
		const player = new Player();
		player.press('4');
		const finding = {
			id: 'node-without-samples',
			severity: 'error',
			subject: 'node/n02',
			facts: {},
			since: 0,
		} as const;
		player.rows({ list: 'diagnostics', total: 1, matched: 1, offset: 0, rows: [finding] });
		player.press('enter');
		player.answer();
		assert.equal(player.state.focus, 'nodes');
		assert.equal(player.list.filter, 'n02');
		player.press('esc');
		assert.equal(player.state.focus, 'diagnostics');
		assert.equal(player.state.lists.nodes.filter, '');
	});

	test('Esc clears a filter before it goes back', () => {
		const player = new Player();
		player.press('1', 'enter');
		for (let round = 0; round < 3; round++) {
			player.answer();
		}
		player.press('/', '7', 'enter');
		assert.equal(player.list.filter, '7');
		player.press('esc');
		assert.deepEqual([player.state.focus, player.list.filter], ['pods', '']);
		player.press('esc');
		assert.equal(player.state.focus, 'nodes');
	});
});

describe('panes', () => {
	test('are chosen by number, and with Tab in both directions', () => {
		const player = new Player();
		const focusAfter = (key: string) => {
			player.press(key);
			return player.state.focus;
		};
		assert.deepEqual(['1', '2', '3', '4'].map(focusAfter), ['nodes', 'pods', 'containers', 'diagnostics']);
		assert.deepEqual(['tab', 'tab', 'shift-tab'].map(focusAfter), ['nodes', 'pods', 'nodes']);
	});

	test('fill the screen, widen and open the detail by keys', () => {
		const player = new Player();
		player.press('F', 'w', 'd');
		assert.deepEqual([player.state.fullscreen, player.state.wide, player.state.detailOpen], [true, true, true]);
		player.press('esc', 'esc', 'ctrl-w');
		assert.deepEqual([player.state.fullscreen, player.state.wide, player.state.detailOpen], [false, false, false]);
	});
});

describe('the help sheet', () => {
	test('scrolls as far as it goes, and leaves the list alone', () => {
		const player = new Player();
		player.press('?', 'G', 'k', 'j', 'j');
		assert.deepEqual(player.state.help, { open: true, top: 5 });
		player.press('g', 'ctrl-d', 'esc');
		assert.deepEqual(player.state.help, { open: false, top: 0 });
		assert.equal(player.list.cursorIndex, 0);
	});
});

describe('leaving', () => {
	test('q goes back as far as there is a way, then quits', () => {
		const player = new Player();
		player.press('enter', 'q');
		assert.deepEqual([player.state.focus, player.leave], ['pods', null]);
		player.press('q');
		assert.equal(player.leave, 'quit');
	});

	test('ctrl-c quits from everywhere, q does not from a prompt', () => {
		for (const keys of [[], ['?'], ['/'], ['d'], ['1', 'enter', 'j']]) {
			const player = new Player();
			player.press(...keys);
			player.press('ctrl-c');
			assert.equal(player.leave, 'quit', keys.join(' '));
		}
		const player = new Player();
		player.press('/', 'q');
		assert.deepEqual([player.leave, player.state.prompt?.text], [null, 'q']);
	});

	test('ctrl-z suspends', () => {
		const player = new Player();
		player.press('ctrl-z');
		assert.equal(player.leave, 'suspend');
	});
});
