import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../source/model/fleet/fleet.ts';
import type { FleetFollower } from '../../source/monitor/follow/fleet-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';
import type { FromHost, ListQuery } from '../../source/monitor/messages.ts';
import type { HostOptions } from '../../source/monitor/options.ts';
import type { UsageContext } from '../../source/monitor/usage.ts';

const query: ListQuery = {
	list: 'pods',
	sequence: 1,
	scope: {},
	filter: '',
	sort: { column: 'cpu', descending: true },
	anchor: null,
	offset: 0,
	count: 10,
};

const context: UsageContext = {
	serverTime: 2,
	refresh: 1,
	podMetrics: 'answering',
	nodeMetrics: 'answering',
	podsAsOf: { time: 2, rows: 1_000 },
	nodesAsOf: { time: 2, rows: 1_000 },
	window: 1,
};

/** A host over a fleet that the test fills: one pod is sampled, of a first answer that has not come to its end. */
function hostWithSample() {
	const fleet = new Fleet();
	const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
	fleet.samplePod({ namespace: 'a', name: 'web-0', timestamp: 1, window: 1, containers }, 1, true);
	const follower: Partial<FleetFollower> = {
		fleet,
		polls: 0,
		scope: { namespace: null, labelSelector: '', fieldSelector: '' },
		processes: null,
		context: () => context,
		progress: () => ({ loaded: false, error: null }),
	};
	const said: FromHost[] = [];
	const options: Partial<HostOptions> = { labelSelector: '', demo: false };
	const host = new DataHost(
		() => follower as FleetFollower,
		options as HostOptions,
		(message) => said.push(message),
	);
	const isPartial = (sort: string) => {
		host.receive({
			type: 'list',
			query: { ...query, sequence: ++query.sequence, sort: { column: sort, descending: true } },
		});
		const rows = said.at(-1);
		assert.ok(rows?.type === 'rows' && rows.rows.length === 1);
		return rows.partial;
	};
	return { fleet, isPartial };
}

describe('an order by samples', () => {
	test('is called partial while the first of them are still coming', () => {
		const { isPartial } = hostWithSample();
		for (const column of ['cpu', 'memory', 'cpuRequest%', 'memoryAllocatable%']) {
			assert.equal(isPartial(column), true, column);
		}
		for (const column of ['name', 'cpuRequest', 'memoryLimit', 'age']) {
			assert.equal(isPartial(column), false, column);
		}
	});

	test('is that of all once an answer was read to its end, until other pods are followed', () => {
		const { fleet, isPartial } = hostWithSample();
		fleet.endPodPoll(1, 1);
		assert.equal(isPartial('cpu'), false);
		fleet.clearPods();
		const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
		fleet.samplePod({ namespace: 'a', name: 'web-1', timestamp: 1, window: 1, containers }, 2, true);
		assert.equal(isPartial('cpu'), true);
	});
});
