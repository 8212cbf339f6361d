import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lifeAt, podUid } from '../../../source/demo/model/life.ts';
import { runtimeId } from '../../../source/demo/model/names.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);

function podNames(seed: number, nodes: number, pods: number): string[] {
	const world = makeWorld({ seed, nodes, pods, origin });
	return world.slots
		.flatMap((slot) => lifeAt(world, slot, origin).pod ?? [])
		.map((pod) => `${pod.slot.workload.namespace}/${pod.name}`);
}

describe('a world', () => {
	test('is the same for the same seed, and another for another', () => {
		assert.deepEqual(podNames(1, 12, 140), podNames(1, 12, 140));
		assert.notDeepEqual(podNames(1, 12, 140), podNames(2, 12, 140));
	});

	for (const [nodes, pods] of [
		[12, 140],
		[3, 40],
		[1, 5],
		[40, 900],
	] as const) {
		test(`of ${nodes} nodes and ${pods} pods has about that many`, () => {
			assert.equal(makeWorld({ seed: 1, nodes, pods, origin }).nodes.length, nodes);
			const { length } = podNames(1, nodes, pods);
			// Autoscaled and scheduled pods come and go around the number that was asked for.
			assert.ok(Math.abs(length - pods) <= 5, `${length} pods`);
		});
	}

	test('has no two pods of one name', () => {
		const names = podNames(1, 40, 3000);
		assert.equal(new Set(names).size, names.length);
	});

	test('tells each of 150,000 pods and their containers from all others', () => {
		const world = makeWorld({ seed: 1, nodes: 5000, pods: 150_000, origin });
		const names = new Set<string>();
		const uids = new Set<string>();
		const containers = new Set<string>();
		let pods = 0;
		let running = 0;
		for (const slot of world.slots) {
			const { pod } = lifeAt(world, slot, origin);
			if (pod === undefined) continue;
			pods++;
			names.add(`${slot.workload.namespace}/${pod.name}`);
			uids.add(podUid(pod));
			for (const { key, run, template } of pod.containers) {
				if (run < 0) continue;
				running++;
				containers.add(runtimeId(key, template.name, run));
			}
		}
		assert.ok(pods > 149_900, `${pods} pods`);
		assert.deepEqual([names.size, uids.size, containers.size], [pods, pods, running]);
		for (const uid of uids) assert.match(uid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		assert.equal(new Set(world.nodes.map((node) => node.uid)).size, 5000);
	});

	test('puts no more on a node than it can hold', () => {
		const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });
		for (const node of world.nodes) {
			const slots = world.slots.filter((slot) => slot.node === node);
			const requested = slots.reduce(
				(sum, { workload: { containers, podRequests } }) =>
					sum +
					(podRequests?.memory ??
						containers.reduce(
							(total, { kind, requests }) => total + (kind === 'init' ? 0 : (requests?.memory ?? 0)),
							0,
						)),
				0,
			);
			assert.ok(
				slots.length <= node.podCapacity && requested <= node.memory,
				`${node.name}: ${requested} of ${node.memory} MiB`,
			);
		}
	});

	test('has one of each interesting kind, even when it is small', () => {
		const { nodes, workloads } = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });
		assert.equal(nodes.filter((node) => node.cordoned).length, 1);
		assert.equal(nodes.filter((node) => node.role === 'virtual').length, 1);
		assert.ok(nodes.some((node) => node.cgroupVersion === 1));
		assert.ok(workloads.some((workload) => workload.podLimits));
		assert.ok(workloads.some((workload) => workload.runtimeClass));
		assert.ok(workloads.some((workload) => workload.unschedulable));
		assert.ok(workloads.some(({ containers }) => containers.some((template) => template.kind === 'sidecar')));
		assert.ok(
			workloads.some(
				({ containers }) =>
					containers.length > 1 && containers.some((each) => each.limits) && containers.some((each) => !each.limits),
			),
		);
	});
});
