import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readCgroup } from '../../source/gather/cgroup.ts';
import { readHost } from '../../source/gather/host.ts';
import { readOneProcess } from '../../source/gather/process.ts';
import { findCgroupMounts, mainHierarchy } from '../../source/host/cgroup/mounts.ts';
import { multiGenerationalLru } from '../../source/host/kernel.ts';
import { Readings } from '../../source/model/reading.ts';
import { appId, machineV1, podPath, withRoot } from '../host/fixture.ts';

describe('a captured machine with cgroup v1, read as a foreign root', () => {
	test('a cgroup: memory, CPU and its process', async () => {
		const answer = await readCgroup('/container', { root: machineV1 });
		const read = new Readings(answer.readings);
		assert.equal(answer.exists, true);
		assert.equal(answer.versions.cgroup, 'v1');
		assert.match(answer.versions.kernel, /^\d+\.\d+/);
		const text = readFileSync(`${machineV1}/sys/fs/cgroup/memory/container/memory.usage_in_bytes`, 'utf8');
		assert.equal(read.value('usage', 'cgroup-v1'), Number(text));
		assert.ok(read.value('cpuTime', 'cgroup-v1') > 0);
		assert.equal(read.value('processes', 'proc'), 1);
		// One process, which forked nobody: what is anonymous in its cgroup is what it has.
		assert.equal(read.value('anon'), read.value('residentAnon'));
		assert.equal(answer.processes[0]?.name, 'python3');
	});

	test('a pod and its containers: the processes of both, the pause container among them', async () => {
		const pod = new Readings((await readCgroup(podPath, { root: machineV1 })).readings);
		const container = new Readings((await readCgroup(`${podPath}/${appId}`, { root: machineV1 })).readings);
		assert.ok(pod.value('processes') > container.value('processes'));
		assert.ok(pod.value('usage') >= container.value('usage'));
	});

	test('the machine: root usage is anonymous and file pages, as meminfo has them', async () => {
		const answer = await readHost({ root: machineV1 });
		const read = new Readings(answer.readings);
		const pages = (['anonPages', 'buffers', 'cached', 'swapCached'] as const).reduce(
			(sum, quantity) => sum + read.value(quantity, 'proc'),
			0,
		);
		const residual = read.value('usage', 'cgroup-v1') - pages;
		assert.ok(Math.abs(residual) < 4 * 2 ** 20, `residual ${residual}`);
		assert.equal(read.find('processes'), undefined);
	});

	test('what is not there is told', async () => {
		const answer = await readCgroup('/container/none', { root: machineV1 });
		assert.equal(answer.exists, false);
		assert.ok(answer.missing.some(({ file, why }) => file === 'memory.usage_in_bytes' && why === 'no-file'));
		assert.equal((await readCgroup('/../../../proc', { root: machineV1 })).exists, false);
		assert.equal((await readOneProcess(999_999_999, { root: machineV1 })).exists, false);
	});
});

describe('a machine with cgroup v2', () => {
	const files = {
		'proc/1/mountinfo': '25 30 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
		'sys/fs/cgroup/cgroup.controllers': 'cpu memory\n',
		'sys/fs/cgroup/memory.stat': 'anon 100\nfile 200\ninactive_file 50\nkernel 7\n',
		'sys/fs/cgroup/a/memory.current': '4096\n',
		'sys/fs/cgroup/a/memory.stat': 'anon 4096\n',
		'sys/fs/cgroup/a/cgroup.procs': '',
		'sys/fs/cgroup/bare/cgroup.procs': '',
		'proc/meminfo': 'MemTotal: 10 kB\n',
		'sys/kernel/mm/lru_gen/enabled': '0x0007\n',
	};

	test('has no usage at its root and says which file is missing', async () => {
		await withRoot(files, async (root) => {
			const answer = await readHost({ root });
			const read = new Readings(answer.readings);
			assert.equal(answer.versions.cgroup, 'v2');
			assert.equal(answer.versions.multiGenerationalLru, true);
			assert.equal(read.find('usage'), undefined);
			assert.equal(read.value('anon') + read.value('file'), 300);
			assert.ok(answer.missing.some(({ file }) => file === 'memory.current'));
			assert.ok(answer.missing.some(({ file }) => file === '/proc/stat'));
			assert.equal(read.value('memTotal'), 10_240);
		});
	});

	test('a cgroup without the memory controller exists and has no memory', async () => {
		await withRoot(files, async (root) => {
			assert.equal(new Readings((await readCgroup('/a', { root })).readings).value('usage'), 4096);
			const bare = await readCgroup('/bare', { root });
			assert.equal(bare.exists, true);
			assert.equal(new Readings(bare.readings).find('usage'), undefined);
		});
	});

	test('lru_gen: its main switch, off, or not to be told', async () => {
		const enabled = 'sys/kernel/mm/lru_gen/enabled';
		await withRoot({ [enabled]: '0x0000\n' }, async (root) => assert.equal(await multiGenerationalLru(root), false));
		await withRoot({ 'sys/kernel/mm/ksm/run': '0\n' }, async (root) =>
			assert.equal(await multiGenerationalLru(root), false),
		);
		await withRoot({ [enabled]: 'what\n' }, async (root) => assert.equal(await multiGenerationalLru(root), null));
		await withRoot({}, async (root) => assert.equal(await multiGenerationalLru(root), null));
	});
});

describe('this machine', () => {
	test('meminfo is what free prints', async (context) => {
		let printed: string;
		try {
			printed = execFileSync('free', ['-b'], { encoding: 'utf8' });
		} catch {
			context.skip('SKIPPED: there is no `free` here');
			return;
		}
		const read = new Readings((await readHost()).readings);
		const [total, , free] = (/^Mem:\s+(.*)$/m.exec(printed)?.[1] ?? '').split(/\s+/).map(Number);
		assert.equal(read.value('memTotal'), total);
		// Two moments: other programs run in between.
		assert.ok(Math.abs(read.value('memFree') - (free ?? Number.NaN)) < 256 * 2 ** 20);
		assert.ok(read.value('memAvailable') <= read.value('memTotal'));
	});

	test('this process and the cgroup that it is in: I1 closes to the stocks of the CPUs', async (context) => {
		const mine = await readOneProcess(process.pid);
		const mounts = await findCgroupMounts();
		if (!mine.exists || mine.cgroup === '' || mainHierarchy(mounts) === undefined) {
			context.skip('SKIPPED: no /proc or no cgroups here');
			return;
		}
		assert.ok(new Readings(mine.readings).value('resident') > 10 * 2 ** 20);
		const answer = await readCgroup(mine.cgroup, { mounts, rollup: false });
		const read = new Readings(answer.readings);
		const source = answer.versions.cgroup === 'v1' ? 'cgroup-v1' : 'cgroup-v2';
		const parts = ['inactiveAnon', 'activeAnon', 'inactiveFile', 'activeFile', 'unevictable', 'kernel'] as const;
		let sum = parts.reduce((total, part) => total + read.value(part, source), 0);
		sum += source === 'cgroup-v2' ? read.value('socket', source) : 0;
		if (Number.isNaN(read.value('usage', source) + sum) || mine.cgroup === '/') {
			context.skip('SKIPPED: the cgroup of this process has no memory files that can be compared');
			return;
		}
		assert.ok(answer.processes.some(({ pid }) => pid === process.pid));
		// Each CPU holds up to 64 pages of charge in stock, and batches of the lists; others of this cgroup run meanwhile.
		const cpus = new Readings((await readHost({ mounts })).readings).value('onlineCpus');
		const allowed = cpus * 2 ** 20 + 16 * 2 ** 20;
		const residual = read.value('usage', source) - sum;
		assert.ok(Math.abs(residual) <= allowed, `usage − lists − kernel = ${residual}, allowed ${allowed}`);
		context.diagnostic(`usage − lists − kernel = ${residual} bytes of ${read.value('usage', source)}`);
	});
});
