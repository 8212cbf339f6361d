import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findContainerCgroup, isInside } from '../../../source/gather/exec/container-cgroup.ts';

const id = 'c0ffee'.padEnd(64, '0');
const path = `/kubepods/burstable/pod1/${id}`;

function v1(base: string, own: string): ReadonlyMap<string, string> {
	return new Map([
		[
			'/proc/self/mountinfo',
			['memory', 'cpu,cpuacct']
				.map(
					(name, index) =>
						`${index} 1 0:${index} ${base} /sys/fs/cgroup/${name} ro,nosuid - cgroup cgroup rw,${name}\n`,
				)
				.join(''),
		],
		['/proc/self/cgroup', `2:cpu,cpuacct:${own}\n1:memory:${own}\n`],
	]);
}

function v2(own: string, more: Record<string, string>): ReadonlyMap<string, string> {
	return new Map([
		['/proc/self/mountinfo', '2 1 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n'],
		['/proc/self/cgroup', `0::${own}\n`],
		['/sys/fs/cgroup/cgroup.controllers', 'cpu memory\n'],
		...Object.entries(more),
	]);
}

function usageFile(texts: ReadonlyMap<string, string>): string | undefined {
	return findContainerCgroup(texts).memory[0]?.path;
}

describe('a container’s own cgroup', () => {
	test('of version 1 is the mount, whether the path shows it from the machine’s root or from its own', () => {
		for (const texts of [v1(path, path), v1('/', '/')]) {
			assert.equal(usageFile(texts), '/sys/fs/cgroup/memory/memory.usage_in_bytes');
			assert.ok(
				findContainerCgroup(texts).cpu.some((file) => file.path === '/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage'),
			);
		}
	});

	test('of version 1 is further down where the whole hierarchy is mounted', () => {
		assert.equal(usageFile(v1('/', path)), `/sys/fs/cgroup/memory${path}/memory.usage_in_bytes`);
	});

	test('of version 2 is the mount in a cgroup namespace, although an init has moved its processes', () => {
		for (const own of ['/', '/init.scope']) {
			assert.equal(usageFile(v2(own, { '/sys/fs/cgroup/memory.current': '1\n' })), '/sys/fs/cgroup/memory.current');
		}
	});

	test('of version 2 is further down in the machine’s own cgroup namespace', () => {
		assert.equal(usageFile(v2(path, {})), `/sys/fs/cgroup${path}/memory.current`);
	});

	test('is nowhere without a mount', () => {
		const none = findContainerCgroup(new Map([['/proc/self/cgroup', '0::/\n']]));
		assert.deepEqual([none.version, none.memory, none.processList], ['', [], '']);
		assert.equal(isInside(none, '0::/\n'), true);
	});

	test('has the processes at and below it, and not those of the container beside it', () => {
		const inNamespace = findContainerCgroup(v2('/', { '/sys/fs/cgroup/memory.current': '1\n' }));
		const fromRoot = findContainerCgroup(v1(path, path));
		for (const [cgroup, membership, inside] of [
			[inNamespace, '0::/\n', true],
			[inNamespace, '0::/worker\n', true],
			[inNamespace, '0::/../other\n', false],
			[fromRoot, `1:memory:${path}\n`, true],
			[fromRoot, `1:memory:${path}0\n`, false],
			[fromRoot, '1:memory:/kubepods/burstable/pod1/other\n', false],
		] as const) {
			assert.equal(isInside(cgroup, membership), inside, membership);
		}
	});
});
