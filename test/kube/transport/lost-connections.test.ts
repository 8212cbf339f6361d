import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LossReason, LostConnections } from '../../../source/kube/transport/lost-connections.ts';

function watched(): {
	lost: LossReason[];
	look: () => void;
	set: (change: { now?: number; used?: string[]; present?: string[] }) => void;
	close: () => void;
} {
	const lost: LossReason[] = [];
	let now = 1_000_000;
	let used: string[] = [];
	let present: string[] = [];
	const watch = new LostConnections({
		localAddresses: () => used,
		onLoss: (reason) => lost.push(reason),
		now: () => now,
		interfaceAddresses: () => new Set(present),
	});
	return {
		lost,
		look: () => watch.look(),
		set: (change) => {
			now = change.now ?? now;
			used = change.used ?? used;
			present = change.present ?? present;
		},
		close: () => watch.close(),
	};
}

describe('lost connections are noticed', () => {
	test('when the clock jumped, as it does when the machine slept', () => {
		const { lost, look, set, close } = watched();
		set({ now: 1_005_000 });
		look();
		set({ now: 1_019_000 });
		look();
		assert.deepEqual(lost, []);
		set({ now: 1_019_000 + 16_000 });
		look();
		assert.deepEqual(lost, ['slept']);
		look();
		assert.deepEqual(lost, ['slept']);
		close();
	});
	test('when the address that they went out from is gone', () => {
		const { lost, look, set, close } = watched();
		set({ used: ['::ffff:10.8.0.2', '192.168.1.5'], present: ['10.8.0.2', '192.168.1.5', '127.0.0.1'] });
		look();
		assert.deepEqual(lost, []);
		set({ present: ['192.168.1.5', '127.0.0.1'] });
		look();
		assert.deepEqual(lost, ['address-gone']);
		close();
	});
	test('not for an address that no interface ever had', () => {
		const { lost, look, set, close } = watched();
		set({ used: ['127.0.0.9'], present: ['127.0.0.1'] });
		look();
		look();
		assert.deepEqual(lost, []);
		close();
	});
});
