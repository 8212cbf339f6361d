import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../source/model/fleet/fleet.ts';
import type { FleetFollower } from '../../source/monitor/follow/fleet-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';
import type { ClusterStatus, FromHost } from '../../source/monitor/messages.ts';
import type { HostOptions } from '../../source/monitor/options.ts';
import type { UsageContext } from '../../source/monitor/usage.ts';

describe('news while a cluster is loaded', () => {
	test('tell the first rows at once, however little time ago there were others', ({ mock }) => {
		mock.timers.enable({ apis: ['setTimeout', 'Date'] });
		const fleet = new Fleet();
		const follower: Partial<FleetFollower> = {
			fleet,
			polls: 0,
			scope: { namespace: null, labelSelector: '', fieldSelector: '' },
			namespaceOnly: false,
			processes: null,
			context: () => ({ serverTime: 2 }) as UsageContext,
			judge: () => [],
			status: () => ({ type: 'status' }) as unknown as ClusterStatus,
			progress: () => ({ loaded: false, error: null }),
		};
		let changed = () => {};
		const said: FromHost[] = [];
		const rows = () => said.filter(({ type }) => type === 'rows').length;
		const host = new DataHost(
			(onChange) => {
				changed = onChange;
				return follower as FleetFollower;
			},
			{ labelSelector: '', demo: false } as HostOptions,
			(message) => said.push(message),
		);
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
