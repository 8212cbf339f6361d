import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clusterStatus } from '../fake-host.ts';
import { Player } from './player.ts';

const local = clusterStatus({ local: { asked: true, searched: '', root: '/' } });

function onThisMachine(): Player {
	const player = new Player();
	player.do({ type: 'host', message: local });
	return player;
}

/** All pods with that many containers. */
function withContainers(player: Player, totalContainers: number): void {
	player.fleet = { ...player.fleet, pods: player.fleet.pods.map((row) => ({ ...row, totalContainers })) };
	player.answer();
}

describe('processes', () => {
	test('lie below a container of this machine, and Esc comes back', () => {
		const player = onThisMachine();
		withContainers(player, 2);
		player.press('2', 'enter');
		player.answer();
		assert.equal(player.state.focus, 'containers');
		player.press('j', 'enter');
		player.answer();
		assert.equal(player.state.focus, 'processes');
		assert.deepEqual(player.list.scope, { pod: 'pod-0', container: 'pod-0/proxy' });
		player.press('esc');
		player.answer();
		assert.deepEqual([player.state.focus, player.list.cursor], ['containers', 'pod-0/proxy']);
	});

	test('lie below a group that has no other member than itself', () => {
		const player = onThisMachine();
		withContainers(player, 1);
		player.press('2', 'enter');
		assert.deepEqual([player.state.focus, player.list.scope], ['processes', { pod: 'pod-0' }]);
	});

	test('are all of the machine by their key and their command', () => {
		for (const keys of [['5'], [':', ...'ps', 'enter']]) {
			const player = onThisMachine();
			player.press(...keys);
			assert.deepEqual([player.state.focus, player.list.scope], ['processes', {}]);
			player.press('esc');
			assert.equal(player.state.focus, 'pods');
		}
	});

	test('are sorted by the keys that sort the others', () => {
		const player = onThisMachine();
		player.press('5', 'M');
		assert.deepEqual(player.list.sort, { column: 'memory', descending: true });
		player.press('N');
		assert.deepEqual(player.list.sort, { column: 'name', descending: false });
	});

	test('cannot be seen of a cluster: the key says so, and a container opens in detail', () => {
		const player = new Player();
		player.press('5');
		assert.equal(player.state.focus, 'pods');
		assert.match(player.state.notice, /this machine/);
		player.press('enter');
		player.answer();
		player.press('enter');
		assert.deepEqual([player.state.focus, player.state.detailOpen], ['containers', true]);
	});

	test('are none of the panes that Tab goes through', () => {
		const player = onThisMachine();
		const seen = new Set<string>();
		for (let count = 0; count < 10; count++) {
			player.press('tab');
			player.answer();
			seen.add(player.state.focus);
		}
		assert.equal(seen.has('processes'), false);
	});
});
