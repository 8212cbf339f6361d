import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../source/model/fleet/fleet.ts';
import type { FleetFollower } from '../../source/monitor/follow/fleet-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';
import type { ClusterStatus, FromHost } from '../../source/monitor/messages.ts';
import type { HostOptions } from '../../source/monitor/options.ts';
import type { UsageContext } from '../../source/monitor/usage.ts';

/** A host on a fleet that the test fills, what it said, and how to tell it of a change. */
function start({ requestsNow = (): number => 0 } = {}) {
	const fleet = new Fleet();
	const follower: Partial<FleetFollower> = {
		fleet,
		polls: 0,
		scope: { namespace: null, labelSelector: '', fieldSelector: '' },
		namespaceOnly: false,
		processes: null,
		context: () => ({ serverTime: Date.now() }) as UsageContext,
		judge: () => [],
		status: ({ context: { serverTime } }) =>
			({ type: 'cluster', serverTime, cost: { requestsNow: requestsNow() } }) as ClusterStatus,
		progress: () => ({ loaded: false, error: null }),
	};
	let changed = () => {};
	const said: FromHost[] = [];
	const host = new DataHost(
		(onChange) => {
			changed = onChange;
			return follower as FleetFollower;
		},
		{ labelSelector: '', demo: false } as HostOptions,
		(message) => said.push(message),
	);
	return { fleet, host, said, changed: () => changed() };
}

describe('news', () => {
	test('tell once when nothing more is asked, and no age steps with it', ({ mock }) => {
		mock.timers.enable({ apis: ['setTimeout', 'setImmediate', 'Date'] });
		let asked = 9;
		const { changed, said } = start({ requestsNow: () => asked });
		const told = () => said.map((message) => (message as ClusterStatus).cost.requestsNow);
		changed();
		mock.timers.tick(250);
		assert.deepEqual(told(), [9]);
		asked = 0;
		changed();
		mock.timers.tick(4999);
		assert.deepEqual(told(), [9]);
		mock.timers.tick(1);
		assert.deepEqual(told(), [9, 0]);
		const times = said.map((message) => (message as ClusterStatus).serverTime);
		assert.deepEqual(times, [250, 250]);
		mock.timers.tick(600_000);
		assert.deepEqual(told(), [9, 0]);
	});

	test('tell the first rows at once, however little time ago there were others', ({ mock }) => {
		mock.timers.enable({ apis: ['setTimeout', 'setImmediate', 'Date'] });
		const { changed, fleet, host, said } = start();
		const rows = () => said.filter(({ type }) => type === 'rows').length;
		const sort = { column: 'cpu', descending: true };
		const window = { anchor: null, offset: 0, count: 10 };
		host.receive({ type: 'list', query: { list: 'pods', sequence: 1, scope: {}, filter: '', sort, ...window } });
		changed();
		mock.timers.tick(0);
		const before = rows();

		const sample = (name: string) => {
			const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
			fleet.samplePod({ namespace: 'a', name, timestamp: 1, window: 1, containers }, 1, true);
			changed();
			mock.timers.tick(0);
		};
		sample('web-0');
		assert.equal(rows(), before + 1);
		sample('web-1');
		assert.equal(rows(), before + 1, 'and the next ones not as often');
	});
});
