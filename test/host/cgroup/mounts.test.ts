import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findContainerCgroup, findPodCgroup } from '../../../source/host/cgroup/find.ts';
import { cgroupMembers } from '../../../source/host/cgroup/members.ts';
import { cgroupOfProcess, parseMembership } from '../../../source/host/cgroup/membership.ts';
import { parseMountinfo } from '../../../source/host/cgroup/mountinfo.ts';
import {
	cgroupVersionOf,
	findCgroupMounts,
	hierarchyOf,
	unifiedHierarchy,
} from '../../../source/host/cgroup/mounts.ts';
import { belowMount, cgroupFolder, normalCgroupPath } from '../../../source/host/cgroup/path.ts';
import { listCgroups } from '../../../source/host/cgroup/tree.ts';
import { appId, machineV1, podPath, podUid, withRoot } from '../fixture.ts';

const unified = '25 30 0:23 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n';

describe('mounted hierarchies', () => {
	test('of the captured machine: v1 one controller each, found under its root', async () => {
		const mounts = await findCgroupMounts(machineV1);
		assert.equal(cgroupVersionOf(mounts), 'v1');
		assert.equal(hierarchyOf(mounts, 'memory')?.folder, `${machineV1}/sys/fs/cgroup/memory`);
		assert.equal(hierarchyOf(mounts, 'cpuacct')?.folder, `${machineV1}/sys/fs/cgroup/cpuacct`);
	});

	test('of v2 have the controllers that cgroup.controllers names, and process 1 goes before this one', async () => {
		const files = {
			'proc/1/mountinfo': unified,
			'proc/self/mountinfo': unified.replace(' /sys/fs/cgroup', ' /elsewhere'),
			'sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
		};
		await withRoot(files, async (root) => {
			const mounts = await findCgroupMounts(root);
			assert.equal(cgroupVersionOf(mounts), 'v2');
			assert.equal(hierarchyOf(mounts, 'memory'), unifiedHierarchy(mounts));
			assert.equal(unifiedHierarchy(mounts)?.folder, `${root}/sys/fs/cgroup`);
		});
	});

	test('hybrid: memory decides the version, joint controllers share a folder', async () => {
		const line = (point: string, type: string, options: string) =>
			`40 32 0:34 / /sys/fs/cgroup/${point} rw - ${type} cgroup ${options}\n`;
		const mountinfo =
			line('unified', 'cgroup2', 'rw,nsdelegate') +
			line('systemd', 'cgroup', 'rw,xattr,name=systemd') +
			line('cpu,cpuacct', 'cgroup', 'rw,cpu,cpuacct') +
			line('memory', 'cgroup', 'rw,memory');
		const files = {
			'proc/1/mountinfo': mountinfo,
			'sys/fs/cgroup/unified/cgroup.controllers': '\n',
			'sys/fs/cgroup/systemd/cgroup.procs': '',
			'sys/fs/cgroup/cpu,cpuacct/cgroup.procs': '',
			'sys/fs/cgroup/memory/cgroup.procs': '',
		};
		await withRoot(files, async (root) => {
			const mounts = await findCgroupMounts(root);
			assert.equal(cgroupVersionOf(mounts), 'v1');
			assert.equal(hierarchyOf(mounts, 'cpu')?.folder, `${root}/sys/fs/cgroup/cpu,cpuacct`);
			assert.equal(hierarchyOf(mounts, 'cpuacct'), hierarchyOf(mounts, 'cpu'));
			assert.ok(hierarchyOf(mounts, 'name=systemd'));
			assert.equal(unifiedHierarchy(mounts)?.controllers.size, 0);
		});
	});

	test('without a table are looked for at the usual folders; without anything there are none', async () => {
		await withRoot({ 'sys/fs/cgroup/cgroup.controllers': 'memory\n' }, async (root) => {
			assert.equal(cgroupVersionOf(await findCgroupMounts(root)), 'v2');
		});
		const v1 = { 'sys/fs/cgroup/memory/cgroup.procs': '', 'sys/fs/cgroup/cpu,cpuacct/cgroup.procs': '' };
		await withRoot(v1, async (root) => {
			const mounts = await findCgroupMounts(root);
			assert.equal(cgroupVersionOf(mounts), 'v1');
			assert.equal(hierarchyOf(mounts, 'cpuacct')?.folder, `${root}/sys/fs/cgroup/cpu,cpuacct`);
		});
		await withRoot({ 'proc/1/mountinfo': unified }, async (root) => {
			const mounts = await findCgroupMounts(root);
			assert.deepEqual(mounts.hierarchies, []);
			assert.equal(cgroupVersionOf(mounts), '');
			assert.deepEqual(await listCgroups(mounts), { paths: [], complete: true });
			assert.equal(await findContainerCgroup(mounts, appId), undefined);
		});
	});

	test('written with octal escapes and cut off', () => {
		assert.equal(parseMountinfo(unified.replace('/sys/fs', '/a\\040b'))[0]?.mountPoint, '/a b/cgroup');
		assert.deepEqual(parseMountinfo('25 30 0:23 / /sys/fs/cgroup rw'), []);
		assert.deepEqual(parseMountinfo(''), []);
	});

	test('the whole hierarchy is taken before a part of it', async () => {
		const part = unified.replace(' / ', ' /docker/x ').replace(' /sys/fs/cgroup ', ' /part ');
		const files = { 'part/cgroup.controllers': 'memory\n', 'sys/fs/cgroup/cgroup.controllers': 'memory\n' };
		for (const table of [unified + part, part + unified]) {
			await withRoot({ ...files, 'proc/1/mountinfo': table }, async (root) => {
				assert.equal(unifiedHierarchy(await findCgroupMounts(root))?.folder, `${root}/sys/fs/cgroup`);
			});
		}
	});
});

describe('paths of cgroups', () => {
	const hierarchy = (base: string) => ({ folder: '/c', base, version: 'v2', controllers: new Set<string>() }) as const;

	test('never lead out of the hierarchy', () => {
		assert.equal(normalCgroupPath('a//b/./'), '/a/b');
		assert.equal(normalCgroupPath('/a/../../etc'), undefined);
		assert.equal(cgroupFolder(hierarchy('/'), '/../x'), undefined);
		assert.equal(cgroupFolder(hierarchy('/'), '/'), '/c');
	});

	test('of processes are taken relative to what is mounted', () => {
		assert.equal(belowMount(hierarchy('/'), '/a/b'), '/a/b');
		assert.equal(belowMount(hierarchy('/docker/x'), '/docker/x'), '/');
		assert.equal(belowMount(hierarchy('/docker/x'), '/docker/x/y'), '/y');
		assert.equal(belowMount(hierarchy('/docker/x'), '/docker/xy'), undefined);
		assert.equal(belowMount(hierarchy('/../..'), '/../../system.slice/a'), '/system.slice/a');
		assert.equal(belowMount(hierarchy('/'), '/../other'), undefined);
	});

	test('of v1 controllers may differ', () => {
		const paths = parseMembership('4:memory:/a:b\n2:cpu,cpuacct:/\n1:name=systemd:/s\n0::/u (deleted)\nrubbish\n');
		assert.equal(paths.get('memory'), '/a:b');
		assert.equal(paths.get('cpuacct'), '/');
		assert.equal(paths.get(''), '/u');
	});
});

describe('finding', () => {
	test('a container by its id, whole or short, and a pod by its uid in either spelling', async () => {
		const mounts = await findCgroupMounts(machineV1);
		assert.equal(await findContainerCgroup(mounts, appId), `${podPath}/${appId}`);
		assert.equal(await findContainerCgroup(mounts, appId.slice(0, 12)), `${podPath}/${appId}`);
		assert.equal(await findContainerCgroup(mounts, appId.slice(0, 11)), undefined);
		assert.equal(await findContainerCgroup(mounts, 'f'.repeat(64)), undefined);
		assert.equal(await findPodCgroup(mounts, podUid), podPath);
		assert.equal(await findPodCgroup(mounts, podUid.replaceAll('-', '_')), podPath);
		assert.equal(await findPodCgroup(mounts, ''), undefined);
	});

	test('the container itself, not what it made inside', async () => {
		const id = 'c3'.repeat(32);
		const files = {
			'sys/fs/cgroup/cgroup.controllers': 'memory\n',
			[`sys/fs/cgroup/system.slice/docker-${id}.scope/init.scope/cgroup.procs`]: '7\n9\n',
			[`sys/fs/cgroup/system.slice/docker-${id}.scope/cgroup.procs`]: '',
			'proc/9/cgroup': `0::/system.slice/docker-${id}.scope/init.scope\n`,
		};
		await withRoot(files, async (root) => {
			const mounts = await findCgroupMounts(root);
			const path = await findContainerCgroup(mounts, id);
			assert.equal(path, `/system.slice/docker-${id}.scope`);
			assert.deepEqual(await cgroupMembers(mounts, path ?? ''), { pids: [7, 9], hidden: 0 });
			assert.equal(await cgroupOfProcess(mounts, 9), `/system.slice/docker-${id}.scope/init.scope`);
			assert.equal(await cgroupOfProcess(mounts, 10), undefined);
		});
	});

	test('lists thousands of cgroups, parents first, and says when there were more', async () => {
		const files: Record<string, string> = { 'sys/fs/cgroup/cgroup.controllers': 'memory\n' };
		for (let pod = 0; pod < 50; pod++) {
			for (let container = 0; container < 20; container++) {
				files[`sys/fs/cgroup/kubepods/pod${pod}/c${container}/cgroup.procs`] = '';
			}
		}
		await withRoot(files, async (root) => {
			const mounts = await findCgroupMounts(root);
			const all = await listCgroups(mounts);
			assert.equal(all.paths.length, 1 + 1 + 50 + 1000);
			assert.equal(all.complete, true);
			assert.deepEqual(all.paths.slice(0, 3), ['/', '/kubepods', '/kubepods/pod0']);
			assert.deepEqual(await listCgroups(mounts, '/', 3), { paths: all.paths.slice(0, 3), complete: false });
			assert.equal((await listCgroups(mounts, '/kubepods/pod7')).paths.length, 21);
			assert.deepEqual((await listCgroups(mounts, '/../..')).paths, []);
		});
	});

	test('processes out of sight are looked for in the other proc, and counted if they stay hidden', async () => {
		const files = {
			'sys/fs/cgroup/cgroup.controllers': 'memory\n',
			'sys/fs/cgroup/a/cgroup.procs': '0\n0\n0\n',
			'proc/41/cgroup': '0::/a\n',
			'proc/42/cgroup': '0::/a/b\n',
			'proc/43/cgroup': '0::/ab\n',
		};
		await withRoot(files, async (root) => {
			assert.deepEqual(await cgroupMembers(await findCgroupMounts(root), '/a'), { pids: [41, 42], hidden: 1 });
		});
	});

	test('a pid that is cut off is none', async () => {
		const files = { 'sys/fs/cgroup/cgroup.controllers': '\n', 'sys/fs/cgroup/a/cgroup.procs': '12\n-3\nx\n345' };
		await withRoot(files, async (root) => {
			assert.deepEqual(await cgroupMembers(await findCgroupMounts(root), '/a'), { pids: [12], hidden: 0 });
		});
	});
});
