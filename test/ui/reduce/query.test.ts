import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rows } from '../../../source/monitor/messages.ts';
import { isAnswered, isAwaiting } from '../../../source/ui/reduce/awaiting.ts';
import { queriesOf } from '../../../source/ui/reducer.ts';
import { answerOf } from '../fake-host.ts';
import { layout, Player, wideLayout } from './player.ts';

/** At rest twenty pages down a long list. */
function furtherDown(): Player {
	const player = new Player(1000);
	for (let page = 0; page < 20; page++) {
		player.press('pagedown');
		player.answer();
	}
	player.do({ type: 'rest' });
	player.answer();
	return player;
}

describe('queries', () => {
	test('ask for a window of the visible lists with rows to spare, and for the detail of what the cursor is on', () => {
		const player = new Player();
		assert.deepEqual(
			queriesOf(player.state).map(({ list, anchor, offset, count }) => ({ list, anchor, offset, count })),
			[{ list: 'pods', anchor: null, offset: 0, count: 40 }],
		);
		assert.deepEqual(player.sent.at(-1), { type: 'detail', subject: { kind: 'pod', uid: 'pod-0' } });
	});

	test('are not repeated by keys that stay within the rows at hand', () => {
		const player = new Player();
		player.sentSince();
		player.press(...'jjjjkj');
		assert.deepEqual(
			player.sentSince().filter(({ type }) => type === 'list'),
			[],
		);
	});

	test('go out before the rows at hand run out, so that a page down is always there', () => {
		const player = new Player(1000);
		for (let page = 0; page < 50; page++) {
			player.press('pagedown');
			assert.ok(
				player.visible.every((uid) => uid !== undefined),
				`page ${page}`,
			);
			player.answer();
		}
		for (let page = 0; page < 50; page++) {
			player.press('pageup');
			assert.ok(
				player.visible.every((uid) => uid !== undefined),
				`page ${page}`,
			);
			player.answer();
		}
	});

	test('tell the host where the cursor is once keys come to rest', () => {
		const player = new Player();
		player.press(...'jjjj');
		assert.equal(player.asked.anchor, null);
		player.do({ type: 'rest' });
		assert.equal(player.asked.anchor, 'pod-4');
		player.sentSince();
		player.do({ type: 'rest' });
		assert.deepEqual(player.sentSince(), []);
	});

	test('ask where a row went that is no longer near', () => {
		const player = new Player(1000);
		player.press(...'jjj');
		player.fleet.pods.reverse();
		player.answer();
		assert.equal(player.asked.anchor, 'pod-3');
		player.answer();
		assert.equal(player.list.cursorIndex, 996);
	});

	test('bring the first matches of a filter that takes the row under the cursor away, and are not asked again', () => {
		const player = furtherDown();
		player.press('/');
		player.sentSince();
		player.press('3');
		player.answer();
		assert.deepEqual(player.visible.slice(0, 2), ['pod-3', 'pod-13']);
		assert.equal(player.sentSince().filter((message) => message.type === 'list').length, 1);
	});

	test('are not repeated while the rest of their window follows, which is awaited once the screen lacks it', () => {
		const player = furtherDown();
		player.sentSince();
		player.press('M');
		const whole = answerOf(player.fleet, player.asked);
		// The middle of the window, as many rows as half of it has.
		const first = { ...whole, offset: whole.offset + 10, rows: whole.rows.slice(10, 30), following: true } as Rows;
		player.rows(first);
		assert.ok(player.visible.every((uid) => uid !== undefined));
		assert.equal(player.sentSince().filter((message) => message.type === 'list').length, 1);
		assert.equal(isAwaiting(player.state, layout), false);
		player.press('pagedown');
		assert.equal(isAwaiting(player.state, layout), true);
		assert.equal(isAnswered(player.state, whole, layout), true);
		player.rows(whole);
		assert.ok(player.visible.every((uid) => uid !== undefined));
		assert.equal(isAwaiting(player.state, layout), false);
	});

	test('have a growing sequence, and answers to an older scope are dropped', () => {
		const player = new Player();
		player.press('1');
		player.answer();
		const before = player.list.sequence;
		player.press('enter');
		assert.equal(player.state.focus, 'pods');
		assert.equal(player.asked.scope.node, 'n01');
		const old = { sequence: player.asked.sequence - 1, matched: 7, total: 7 };
		player.rows(old);
		assert.equal(player.list.answer, null);
		assert.ok(before > 0);
	});

	test('are taken back when a list is no longer on screen', () => {
		const player = new Player();
		player.sentSince();
		player.press('1');
		assert.ok(player.sentSince().some((message) => message.type === 'unlist' && message.list === 'pods'));
		player.press('2');
		assert.ok(player.sentSince().some((message) => message.type === 'list' && message.query.list === 'pods'));
	});

	test('of what stands beside a list are not asked for rows that the cursor only passes by', () => {
		const player = new Player(100, wideLayout);
		player.answer();
		player.sentSince();
		player.press('j', 'j', 'pagedown', 'G');
		player.answer();
		assert.deepEqual(player.state.subject, { kind: 'pod', uid: 'pod-0' });
		assert.deepEqual(player.state.lists.containers.scope, { pod: 'pod-0' });
		assert.deepEqual(
			player.sentSince().filter((message) => message.type !== 'list' || message.query.list !== 'pods'),
			[],
		);
		player.do({ type: 'rest' });
		assert.deepEqual(player.state.subject, { kind: 'pod', uid: 'pod-99' });
		assert.deepEqual(player.state.lists.containers.asked?.scope, { pod: 'pod-99' });
	});

	test('are those of the row under the cursor for any other key, however soon it comes', () => {
		const player = new Player(100, wideLayout);
		player.answer();
		player.press('j', 'j', 'tab');
		assert.deepEqual(player.state.lists.containers.asked?.scope, { pod: 'pod-2' });
		player.press('2', 'j', 'd');
		assert.deepEqual(player.state.subject, { kind: 'pod', uid: 'pod-3' });
		player.press('j');
		assert.deepEqual(player.state.subject, { kind: 'pod', uid: 'pod-4' }, 'an open detail follows at once');
	});

	test('of the containers follow the cursor of the pods', () => {
		const player = new Player(100, wideLayout);
		player.answer();
		assert.deepEqual(player.state.lists.containers.scope, { pod: 'pod-0' });
		player.press('j');
		player.do({ type: 'rest' });
		assert.deepEqual(player.state.lists.containers.asked?.scope, { pod: 'pod-1' });
		// Until the new ones arrive, the old ones stay; when nothing comes, they must not pass for the new ones.
		assert.equal(player.state.lists.containers.answer?.rows.length, 2);
		player.do({ type: 'overdue' });
		assert.equal(player.state.lists.containers.answer, null);
		player.answer();
		assert.equal(player.state.lists.containers.cursor, 'pod-1/app');
	});

	test('of the detail follow the cursor; an old detail is dropped if the new one does not come', () => {
		const player = new Player();
		const shown = () => player.state.detail?.subject.uid;
		player.detail();
		player.press('j');
		player.do({ type: 'rest' });
		assert.equal(player.state.subject?.uid, 'pod-1');
		assert.equal(shown(), 'pod-0');
		player.do({ type: 'overdue' });
		assert.equal(shown(), undefined);
		player.detail();
		assert.equal(shown(), 'pod-1');
	});
});
