import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KnownLives } from '../../../source/demo/model/known-lives.ts';
import { lifeAt, type PodLife } from '../../../source/demo/model/life.ts';
import { cycleAt, nodeUsage, type SampleFilter, slotUsage } from '../../../source/demo/model/metrics-server.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);
const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin });
const lives = new KnownLives(world);

function usagesOf(name: string, time: number, filter: SampleFilter = {}) {
	const cycle = cycleAt(time);
	return world.slots
		.filter((slot) => slot.workload.name === name)
		.map((slot) => ({ slot, pod: lifeAt(world, slot, time).pod }))
		.filter((each): each is { slot: typeof each.slot; pod: PodLife } => each.pod !== undefined)
		.map(({ slot, pod }) => ({ pod, usage: slotUsage(world, slot, pod, cycle, filter, lives) }));
}

describe('samples', () => {
	test('of long-running pods are there at any time, with plausible windows and ages', () => {
		for (let time = origin; time < origin + 120_000; time += 1700) {
			for (const { pod, usage } of usagesOf('ledger', time)) {
				assert.ok(usage, `${pod.name} has none after ${time - origin} ms`);
				assert.equal(usage.containers.length, 2);
				assert.ok(usage.window >= 5000 && usage.window <= 45_000, `window ${usage.window}`);
				assert.ok(time - usage.timestamp >= 0 && time - usage.timestamp < 50_000, `age ${time - usage.timestamp}`);
			}
		}
	});

	test('stay the same within a cycle and move with the next', () => {
		const begin = cycleAt(origin) * 15_000 + 15_600;
		const at = (time: number) => usagesOf('kafka', time).map(({ usage }) => usage?.timestamp);
		assert.deepEqual(at(begin), at(begin + 14_900));
		assert.notDeepEqual(at(begin), at(begin + 30_000));
	});

	test('come some time after the start of a container, not at once', () => {
		const created = Math.ceil(origin / 120_000) * 120_000;
		const sampled = (age: number) =>
			usagesOf('settlement', created + age).find(({ pod }) => pod.createdAt === created)?.usage;
		assert.equal(sampled(8000), undefined);
		assert.ok(sampled(48_000));
	});

	test('are not given for finished pods, pods that wait, and pods of a virtual node', () => {
		for (const name of ['nightly-report', 'schema-registry', 'reindex', 'burst-runner', 'scratch']) {
			for (const { usage } of usagesOf(name, origin)) assert.equal(usage, undefined, name);
		}
	});

	test('of a pod are dropped whole when one container reads zero', () => {
		const filter: SampleFilter = { zero: (_pod, life) => life.template.name === 'exporter' };
		for (const { usage } of usagesOf('ledger', origin, filter)) assert.equal(usage, undefined);
	});

	test('leave out only the container whose counter went backwards', () => {
		const filter: SampleFilter = { skip: (_pod, life) => life.template.name === 'exporter' };
		for (const { usage } of usagesOf('ledger', origin, filter))
			assert.deepEqual(
				usage?.containers.map(({ name }) => name),
				['postgres'],
			);
	});

	test('of a container stay below its limits', () => {
		for (const { workload } of new Set(world.slots)) {
			for (const { usage } of usagesOf(workload.name, origin + 33_000)) {
				for (const { name, memory } of usage?.containers ?? []) {
					const limit = workload.containers.find((template) => template.name === name)?.limits?.memory;
					if (limit) assert.ok(memory <= limit * 1024 * 1024, `${workload.name} ${name}: ${memory}`);
				}
			}
		}
	});

	test('of a node are less than it has and more than its pods’ processor time', () => {
		for (const node of world.nodes) {
			const slots = world.slots.filter((slot) => slot.node === node);
			const usage = nodeUsage(world, node, slots, cycleAt(origin), {}, lives);
			if (node.role === 'virtual') {
				assert.equal(usage, undefined);
				continue;
			}
			assert.ok(usage && usage.cpu > 0 && usage.cpu < node.cores * 1e9, `${node.name} ${usage?.cpu}`);
			assert.ok(usage.memory > 0 && usage.memory < node.memory * 1024 * 1024, `${node.name} ${usage.memory}`);
		}
	});
});
