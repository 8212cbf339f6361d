import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rows } from '../../../source/monitor/messages.ts';
import { answerOf, clusterStatus, podRow } from '../fake-host.ts';
import { Player } from './player.ts';

function shownStatus(player: Player): string | undefined {
	const { answer } = player.list;
	return answer?.list === 'pods' ? answer.rows[0]?.status : undefined;
}

describe('a frozen screen', () => {
	test('keeps what it shows, and shows the newest when it goes on', () => {
		const player = new Player();
		player.press('Z');
		assert.equal(player.state.frozenAt, 1_800_000_000_000);
		for (const status of ['Pending', 'Failed']) {
			player.fleet.pods = player.fleet.pods.map((pod) => ({ ...pod, status }));
			player.do({ type: 'host', message: clusterStatus({ version: status }) });
			player.answer();
		}
		assert.equal(shownStatus(player), 'Running');
		assert.equal(player.state.cluster?.version, 'v1.36.0');
		player.press('Z');
		assert.ok(Number.isNaN(player.state.frozenAt));
		assert.equal(shownStatus(player), 'Failed');
		assert.equal(player.state.cluster?.version, 'Failed');
	});

	test('still moves, and brings rows that were not there yet; those that were stay as they were', () => {
		const player = new Player(1000);
		player.press('Z');
		player.fleet.pods = player.fleet.pods.map((pod) => ({ ...pod, status: 'Pending' }));
		player.press('pagedown', 'pagedown');
		player.answer();
		assert.equal(shownStatus(player), 'Running');
		player.press('G');
		player.answer();
		assert.equal(player.list.cursor, 'pod-999');
		assert.ok(player.visible.every((uid) => uid !== undefined));
	});

	test('takes what follows the first rows of a new order, so that a page further is there', () => {
		const player = new Player(1000);
		player.press('Z', 'M');
		const whole = answerOf(player.fleet, player.asked);
		player.rows({ rows: whole.rows.slice(0, 20), following: true } as Partial<Rows>);
		player.fleet.pods = player.fleet.pods.map((pod) => ({ ...pod, status: 'Pending' }));
		player.answer();
		assert.equal(shownStatus(player), 'Running');
		player.press('pagedown', 'pagedown');
		assert.ok(player.visible.every((uid) => uid !== undefined));
	});

	test('lets the detail of another row in', () => {
		const player = new Player();
		player.detail();
		player.press('Z', 'j');
		player.do({ type: 'rest' });
		player.detail();
		assert.equal(player.state.detail?.subject.uid, 'pod-1');
		const shown = player.state.detail;
		player.detail();
		assert.equal(player.state.detail, shown);
	});

	test('says so', () => {
		const player = new Player();
		player.press('Z');
		assert.match(player.state.notice, /frozen/);
		player.fleet.pods = [podRow(1)];
		player.press('j');
		assert.equal(player.state.notice, '');
	});
});
