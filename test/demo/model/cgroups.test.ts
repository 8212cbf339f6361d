import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cadvisorSample } from '../../../source/demo/model/cadvisor.ts';
import { type Cgroup, chargedTo, machineCgroups, readingsOf, walk } from '../../../source/demo/model/cgroups.ts';
import { memoryCounters } from '../../../source/demo/model/counters.ts';
import { containerReading, machinePages, nodeReading, nodeWorkingSet } from '../../../source/demo/model/kubelet.ts';
import { lifeAt, type PodLife } from '../../../source/demo/model/life.ts';
import { chargedPages, heldTo, memoryPages, proportionalPages } from '../../../source/demo/model/memory.ts';
import type { NodeModel } from '../../../source/demo/model/node.ts';
import { makeWorld, type World } from '../../../source/demo/model/world.ts';

const origin = Date.UTC(2026, 5, 1, 12);

function podsOn(world: World, node: NodeModel, time: number): PodLife[] {
	return world.slots
		.filter((slot) => slot.node === node)
		.map((slot) => lifeAt(world, slot, time).pod)
		.filter((pod) => pod !== undefined);
}

for (const still of [false, true]) {
	const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin, still });
	const machines = world.nodes
		.filter(({ role }) => role !== 'virtual')
		.map((node) => {
			const pods = podsOn(world, node, origin);
			return { node, pods, root: machineCgroups(world, node, pods) };
		});

	describe(`cgroups of a machine while the clock ${still ? 'stands still' : 'runs'}`, () => {
		test('hold all that is charged and worked on it, whether summed by cgroup or at once', () => {
			for (const { node, pods, root } of machines) {
				for (const at of [origin, origin - 7000]) {
					assert.deepEqual(chargedTo(root, at), machinePages(world, node, at, pods));
				}
				const [newest] = readingsOf(node, root, origin);
				assert.deepEqual(newest, nodeReading(world, node, origin, pods));
			}
		});

		test('are read by the kubelet as metrics-server is told of them', () => {
			for (const { node, pods, root } of machines) {
				const sample = cadvisorSample(world, node, root, origin);
				assert.ok(sample);
				assert.equal(sample.workingSet, nodeWorkingSet(world, node, sample.at, pods));
				for (const group of walk(root)) {
					const life = group.pod?.containers.find(({ key }) => key === group.key);
					if (group.kind !== 'container' || life?.state.kind !== 'running') continue;
					const [newest] = readingsOf(node, group, origin);
					assert.deepEqual(newest, containerReading(world, life, life.state.startedAt, origin));
				}
			}
		});

		test('have unique paths, each below that of its parent', () => {
			for (const { root } of machines) {
				const paths = [...walk(root)].map(({ path }) => path);
				assert.equal(new Set(paths).size, paths.length);
				const check = (group: Cgroup): void => {
					for (const child of group.children) {
						assert.ok(child.path.startsWith(group.path === '/' ? '/' : `${group.path}/`), child.path);
						check(child);
					}
				};
				check(root);
			}
		});

		test('are never above their limits, and a page is in one list or one kind of kernel memory', () => {
			for (const { node, root } of machines) {
				for (const group of walk(root)) {
					const memory = memoryCounters(world, node, group, origin);
					assert.ok(!(memory.usage > memory.limit), `${group.path}: ${memory.usage} of ${memory.limit}`);
					assert.ok(memory.peak >= memory.usage);
					if (group.kind === 'root') continue;
					const lists = memory.inactiveAnonymous + memory.activeAnonymous + memory.inactiveFile + memory.activeFile;
					assert.equal(
						lists + memory.unevictable + memory.kernel + (node.cgroupVersion === 2 ? memory.sockets : 0),
						memory.usage,
					);
				}
			}
		});
	});
}

describe('a world that stands still', () => {
	const world = makeWorld({ seed: 1, nodes: 12, pods: 140, origin, still: true });

	test('has the same pages and the same rate at every reading', () => {
		for (const node of world.nodes.filter(({ role }) => role === 'worker')) {
			const root = machineCgroups(world, node, podsOn(world, node, origin));
			for (const group of walk(root)) {
				const [now, before] = readingsOf(node, group, origin);
				if (!now || !before || before.at < group.startedAt) continue;
				assert.deepEqual(group.pages(now.at), group.pages(before.at));
				if (group.kind !== 'container') continue;
				const rate = (now.processor - before.processor) / (now.at - before.at);
				assert.equal(rate, Math.round(rate), group.path);
			}
		}
	});
});

describe('a container at its limit', () => {
	const pages = memoryPages({ anonymous: 20, inactiveFile: 4, activeFile: 6, mapped: 3 }, 1, 0, 60);

	test('loses inactive page cache first, then active, and never what is mapped', () => {
		const all = chargedPages(pages, 2);
		assert.equal(heldTo(all * 4096, pages, 2), pages);
		const little = heldTo((all - 100) * 4096, pages, 2);
		assert.deepEqual(little, { ...pages, inactiveFile: pages.inactiveFile - 100 });
		const much = heldTo((all - pages.inactiveFile - 50) * 4096, pages, 2);
		assert.deepEqual(much, { ...pages, inactiveFile: 0, activeFile: pages.activeFile - 50 });
		assert.equal(heldTo(0, pages, 2).activeFile, pages.mappedFile);
	});
});

describe('proportional pages', () => {
	test('of all processes add up to what they map together', () => {
		const { processes, mappedAnonymous, mappedFile, mappedShared } = memoryPages(
			{
				anonymous: 100,
				shared: 10,
				mapped: 9,
				processes: [
					{ name: 'first', threads: 1, share: 0.6 },
					{ name: 'second', threads: 1, share: 0.1, inherits: 0.5 },
					{ name: 'third', threads: 1, share: 0.3, inherits: 0.2 },
				],
			},
			1,
			0,
			60,
		);
		const sum = proportionalPages(processes).reduce((total, pages) => total + pages, 0);
		assert.ok(Math.abs(sum - (mappedAnonymous + mappedFile + mappedShared)) < 1e-6, `${sum}`);
	});
});
