import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { ContainerList } from '../../../source/monitor/lists/containers.ts';
import { PodList } from '../../../source/monitor/lists/pods.ts';
import { asOfNothing, type UsageContext } from '../../../source/monitor/usage.ts';
import { containerRecord, podRecord } from '../../model/fleet/records.ts';

const context: UsageContext = {
	serverTime: 0,
	refresh: 15_000,
	podMetrics: 'answering',
	nodeMetrics: 'answering',
	podsAsOf: asOfNothing,
	nodesAsOf: asOfNothing,
	window: 15_000,
};

describe('the list of all containers', () => {
	const pod = fc.constantFrom('web-1', 'web-2', 'web-3');
	const containers = fc.uniqueArray(fc.constantFrom('app', 'proxy', 'init'), { minLength: 0, maxLength: 3 });
	const change = fc.tuple(pod, fc.option(containers), fc.constantFrom('', 'sampled'));

	test('has those of each pod in the order of its spec, whatever comes, goes or changes places', () => {
		fc.assert(
			fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
				const fleet = new Fleet();
				const pods = new PodList(
					fleet,
					() => context,
					() => null,
				);
				const list = new ContainerList(fleet, () => context, pods);
				const expected = new Map<string, readonly string[]>();
				for (const [name, names, how] of changes) {
					const record = podRecord('shop', name, { containers: (names ?? []).map((each) => containerRecord(each)) });
					if (names === null) {
						// Of which only a sample tells has no uid to be removed by.
						fleet.putPod(record, 1);
						fleet.removePod(record);
						expected.delete(name);
					} else if (how === 'sampled' && !expected.has(name)) {
						const usage = names.map((each) => ({ name: each, cpu: 1, memory: 1, swap: Number.NaN }));
						fleet.samplePod({ namespace: 'shop', name, timestamp: 0, window: 15_000, containers: usage }, 1, true);
						expected.set(name, names);
					} else {
						fleet.putPod(record, 1);
						expected.set(name, names);
					}
					const found = Array.from(list.slots({}), (slot) => list.row(slot)).map((row) => `${row.pod}/${row.name}`);
					const wanted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
					assert.deepEqual(
						found,
						wanted.flatMap(([of, each]) => each.map((container) => `${of}/${container}`)),
					);
				}
			}),
		);
	});
});
