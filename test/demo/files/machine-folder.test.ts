import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { DemoError } from '../../../source/demo/error.ts';
import type { DemoMachine } from '../../../source/demo/options.ts';
import { serveDemo } from '../../../source/demo/serve.ts';
import { readCgroup } from '../../../source/gather/cgroup.ts';
import { findCgroupMounts } from '../../../source/host/cgroup/mounts.ts';
import { listCgroups } from '../../../source/host/cgroup/tree.ts';

const captured = new URL('../../explain/fixtures/docker-v1/anonymous/root/', import.meta.url).pathname;

function everyFile(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** The words that begin the lines of a file. */
function keysIn(text: string): string[] {
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.split(/[: \t]/)[0] ?? '');
}

async function temporary(test: TestContext): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-test-'));
	test.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

describe('the files of demo machines', () => {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-test-'));
	const served = serveDemo({ insecure: true, freezeClock: true, files: folder });
	after(async () => {
		await (await served).close();
		rmSync(folder, { recursive: true, force: true });
	});
	const machine = async (version: 1 | 2): Promise<DemoMachine> => {
		const found = (await served).machines.find(({ cgroupVersion }) => cgroupVersion === version);
		return found ?? assert.fail();
	};

	test('are those of one machine of each cgroup version, in a folder that was named', async () => {
		assert.deepEqual(
			(await served).machines.map(({ node, cgroupVersion, root }) => [node, cgroupVersion, root]),
			[
				['worker-01', 2, join(folder, 'worker-01')],
				['worker-07', 1, join(folder, 'worker-07')],
			],
		);
	});

	test('tell their hierarchies, and a reader finds all cgroups with their processes', async () => {
		for (const version of [1, 2] as const) {
			const { root } = await machine(version);
			const mounts = await findCgroupMounts(root);
			const { paths } = await listCgroups(mounts);
			assert.ok(paths.length > 30, `${paths.length}`);
			const whole = await readCgroup('/', { root, mounts });
			const pids = readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name));
			assert.equal(whole.processes.length, pids.length);
			assert.equal(whole.hiddenProcesses, 0);
			assert.ok(whole.processes.every(({ resident, proportional }) => resident >= proportional));
		}
	});

	test('lack nothing that is read of a container', async () => {
		for (const version of [1, 2] as const) {
			const { root } = await machine(version);
			const mounts = await findCgroupMounts(root);
			const { paths } = await listCgroups(mounts);
			const [container = ''] = paths.filter((path) => /kubepods.*[0-9a-f]{64}/.test(path));
			const { missing } = await readCgroup(container, { root, mounts });
			// The file was made for kernels that do not tell it in memory.stat.
			assert.deepEqual(
				missing.filter(({ file }) => file !== 'memory.zswap.current'),
				[],
			);
		}
	});

	test('have keys and lines of a real kernel', async () => {
		const { root } = await machine(1);
		const real = (name: string): string => {
			const path = everyFile(captured).find((file) => file.endsWith(name));
			return readFileSync(path ?? assert.fail(name), 'utf8');
		};
		const same = (name: string): void => {
			const path = everyFile(root).find((file) => file.endsWith(name)) ?? assert.fail(name);
			const known = new Set(keysIn(real(name)));
			const unknown = keysIn(readFileSync(path, 'utf8')).filter((key) => !known.has(key));
			assert.deepEqual(unknown, [], name);
		};
		for (const name of ['memory.stat', 'memory.oom_control', 'proc/meminfo', '/status', '/smaps_rollup']) same(name);
		for (const name of ['/stat', '/statm']) {
			const path = everyFile(join(root, 'proc')).find((file) => /\d+\/\w+$/.test(file) && file.endsWith(name)) ?? '';
			const fields = (text: string): number => text.trim().split(' ').length;
			const realFile = everyFile(join(captured, 'proc')).find((file) => /\d+\/\w+$/.test(file) && file.endsWith(name));
			// Names may hold spaces.
			const text = readFileSync(path, 'utf8').replace(/\(.*\)/, '(name)');
			assert.equal(fields(text), fields(readFileSync(realFile ?? '', 'utf8')), name);
		}
	});

	test('stay as they are while the clock stands still', async () => {
		const { root } = await machine(2);
		const files = everyFile(root).filter((file) => !file.endsWith('docker.sock'));
		const before = files.map((file) => readFileSync(file, 'utf8'));
		await wait(300);
		assert.deepEqual(
			files.map((file) => readFileSync(file, 'utf8')),
			before,
		);
		assert.deepEqual(
			files.filter((file) => /\.whytop-\d/.test(file)),
			[],
		);
	});

	test('are followed while the clock runs, each one whole at any time', async (context) => {
		const place = await temporary(context);
		const demo = await serveDemo({ insecure: true, files: place, pods: 20, nodes: 3 });
		context.after(() => demo.close());
		const [{ root } = assert.fail()] = demo.machines;
		const file = join(root, 'sys/fs/cgroup/cpu.stat');
		const first = readFileSync(file, 'utf8');
		const deadline = Date.now() + 60_000;
		for (let now = first; now === first; now = readFileSync(file, 'utf8')) {
			assert.ok(Date.now() < deadline, 'it never changed');
			assert.match(now, /^usage_usec \d+\nuser_usec \d+\nsystem_usec \d+\n$/);
			await wait(5);
		}
	});

	test('do not take the place of what somebody else has written', async (context) => {
		const place = await temporary(context);
		const once = await serveDemo({ insecure: true, files: place, pods: 20, nodes: 3 });
		await once.close();
		const again = await serveDemo({ insecure: true, files: place, pods: 20, nodes: 3 });
		await again.close();
		const [{ root } = assert.fail()] = again.machines;
		rmSync(join(root, '.whytop-demo'));
		writeFileSync(join(root, 'letter.txt'), 'dear');
		await assert.rejects(
			serveDemo({ insecure: true, files: place, pods: 20, nodes: 3 }),
			(error) => error instanceof DemoError && error.message.includes(root),
		);
		assert.equal(readFileSync(join(root, 'letter.txt'), 'utf8'), 'dear');
	});
});
