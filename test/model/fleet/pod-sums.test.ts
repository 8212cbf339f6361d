import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import type { PodCounts } from '../../../source/model/fleet/pod-sums.ts';
import { podRecord } from './records.ts';

const namespaces = ['shop', 'web'];
const nodes = ['', 'n1', 'n2'];
const quantities = ['cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit'] as const;

const which = {
	name: fc.nat(2),
	namespace: fc.constantFrom(...namespaces),
	uid: fc.constantFrom('first', 'second'),
};

/** What can happen to the pods of a cluster; a poll and a pod are rarely lost, as they are in life. */
const happening = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			...which,
			what: fc.constant('put' as const),
			node: fc.constantFrom(...nodes),
			phase: fc.constantFrom('Pending', 'Running', 'Succeeded'),
			amount: fc.oneof(fc.nat(4e9), fc.constant(Number.NaN)),
		}),
	},
	{
		weight: 6,
		arbitrary: fc.record({ ...which, what: fc.constantFrom('sample' as const, 'sketch' as const) }),
	},
	{ weight: 2, arbitrary: fc.record({ ...which, what: fc.constant('remove' as const) }) },
	{
		weight: 2,
		arbitrary: fc.record({ what: fc.constantFrom('end of poll' as const, 'same poll' as const, 'lost poll' as const) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({ what: fc.constantFrom('list' as const, 'forget' as const, 'clear' as const) }),
	},
);

type Happening = typeof happening extends fc.Arbitrary<infer Kind> ? Kind : never;

/** A fleet to which all of that happens, with polls and lists that have numbers of their own. */
class Life {
	readonly fleet = new Fleet();
	#poll = 1;
	#list = 1;

	live(happens: Happening): void {
		const { fleet } = this;
		switch (happens.what) {
			case 'put': {
				const { amount, name, namespace, node, phase, uid } = happens;
				const allotted = Object.fromEntries(quantities.map((quantity, index) => [quantity, amount + index]));
				fleet.putPod(
					podRecord(namespace, `pod-${name}`, { uid: `${uid}-${name}`, node, phase, ...allotted }),
					this.#list,
				);
				break;
			}
			case 'remove':
				fleet.removePod(podRecord(happens.namespace, `pod-${happens.name}`, { uid: `${happens.uid}-${happens.name}` }));
				break;
			case 'sample':
			case 'sketch': {
				const containers = [{ name: 'app', cpu: 1, memory: 1, swap: Number.NaN }];
				const { name, namespace, what } = happens;
				const usage = { namespace, name: `pod-${name}`, timestamp: 15_000, window: 15_000, containers };
				fleet.samplePod(usage, this.#poll, what === 'sketch');
				break;
			}
			case 'end of poll':
				fleet.endPodPoll(this.#poll++, 15_000);
				break;
			case 'same poll':
				fleet.keepPodPoll(this.#poll++);
				break;
			case 'lost poll':
				this.#poll++;
				break;
			case 'list':
				fleet.pods.sweep(this.#list++);
				break;
			case 'forget':
				fleet.pods.forgetUnlisted(this.#poll);
				break;
			case 'clear':
				fleet.clearPods();
				break;
		}
	}
}

/** The slow way: all pods are looked at. */
function countAll({ podPoll, pods }: Fleet, namespace?: string): PodCounts {
	const counts = { total: 0, running: 0, sampled: 0 };
	for (const slot of pods.slots.all()) {
		if (namespace === undefined || pods.namespace.get(slot) === namespace) {
			counts.total++;
			counts.running += Number(pods.phase.get(slot) === 'Running');
			counts.sampled += Number(podPoll > 0 && pods.sampledIn.get(slot) >= podPoll);
		}
	}
	return counts;
}

function sumAll({ pods }: Fleet, node: string): Record<(typeof quantities)[number] | 'pods', number> {
	const sums = { pods: 0, cpuRequest: 0, cpuLimit: 0, memoryRequest: 0, memoryLimit: 0 };
	for (const slot of pods.slots.all()) {
		if (pods.node.get(slot) === node && !pods.isFinished(slot)) {
			sums.pods++;
			for (const quantity of quantities) {
				sums[quantity] += pods[quantity].get(slot) || 0;
			}
		}
	}
	return sums;
}

function assertSums(fleet: Fleet): void {
	const { sums } = fleet.pods;
	assert.deepEqual(sums.count(), countAll(fleet));
	for (const namespace of namespaces) {
		assert.deepEqual(sums.count(fleet.namespaces.find(namespace)), countAll(fleet, namespace), namespace);
	}
	for (const node of nodes) {
		const id = fleet.nodeNames.find(node);
		const { onNode } = sums;
		const kept = {
			pods: onNode.pods.get(id),
			cpuRequest: onNode.cpuRequest.get(id),
			cpuLimit: onNode.cpuLimit.get(id),
			memoryRequest: onNode.memoryRequest.get(id),
			memoryLimit: onNode.memoryLimit.get(id),
		};
		assert.deepEqual(kept, sumAll(fleet, node), `node ${node}`);
	}
}

describe('sums over pods', () => {
	test('are at every moment what going over all pods would give', () => {
		fc.assert(
			fc.property(fc.array(happening, { minLength: 60, maxLength: 200, size: 'max' }), (happenings) => {
				const life = new Life();
				for (const happens of happenings) {
					life.live(happens);
					assertSums(life.fleet);
				}
			}),
			{ numRuns: 100 },
		);
	});

	test('leave no rest of fractions behind when the last pod of a node goes', () => {
		const fleet = new Fleet();
		for (const [index, cpuRequest] of [0.1, 0.2, 0.3].entries()) {
			fleet.putPod(podRecord('shop', `pod-${index}`, { cpuRequest }), 1);
		}
		for (const index of [1, 0, 2]) {
			fleet.removePod(podRecord('shop', `pod-${index}`));
		}
		assert.equal(fleet.pods.sums.onNode.cpuRequest.get(fleet.nodeNames.find('n1')), 0);
	});

	test('count nothing in a namespace that nobody has heard of', () => {
		const fleet = new Fleet();
		fleet.putPod(podRecord('shop', 'pod-0'), 1);
		assert.deepEqual(fleet.pods.sums.count(fleet.namespaces.find('elsewhere')), { total: 0, running: 0, sampled: 0 });
	});
});
