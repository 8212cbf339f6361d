import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Demo, DemoMachine } from '../../../source/demo/options.ts';
import { serveDemo } from '../../../source/demo/serve.ts';
import { listDockerContainers, readDockerContainer } from '../../../source/gather/docker.ts';
import { DockerClient } from '../../../source/host/docker/client.ts';
import { dockerEndpoint } from '../../../source/host/docker/endpoint.ts';
import { DockerError } from '../../../source/host/docker/errors.ts';
import { readDockerFrame } from '../../../source/sources/docker.ts';
import { readBytes } from '../../sources/fixture.ts';

function keysOf(bytes: Buffer): Record<string, string[]> {
	const frame = JSON.parse(bytes.toString());
	return {
		frame: Object.keys(frame).sort(),
		memory: Object.keys(frame.memory_stats).sort(),
		stats: Object.keys(frame.memory_stats.stats).sort(),
		cpu: Object.keys(frame.cpu_stats).sort(),
		usage: Object.keys(frame.cpu_stats.cpu_usage).sort(),
	};
}

describe('the Docker Engine of a demo machine', () => {
	let demo: Demo;
	const machines: DemoMachine[] = [];
	const client = (version: 1 | 2): DockerClient => {
		const machine = machines.find(({ cgroupVersion }) => cgroupVersion === version);
		return new DockerClient(dockerEndpoint({ DOCKER_HOST: `unix://${machine?.docker}` }));
	};
	before(async () => {
		demo = await serveDemo({ insecure: true, freezeClock: true });
		for (const node of ['worker-01', 'worker-07']) {
			const machine = await demo.machine(node);
			assert.ok(machine);
			machines.push(machine);
		}
	});
	after(async () => {
		await demo.close();
		for (const { root } of machines) assert.equal(existsSync(root), false, 'what was temporary is gone');
	});

	test('lists its own containers, and none of the pods’', async () => {
		for (const version of [1, 2] as const) {
			const names = (await listDockerContainers(client(version))).map(({ name }) => name).sort();
			assert.deepEqual(names, ['buildkit', 'inventory-agent', 'registry-mirror']);
		}
	});

	test('sends frames of cgroup v1 with the fields of a real engine’s', async () => {
		const captured = JSON.parse(readBytes('docker-inactive-cache.json').toString());
		const frame = await client(1).statsOnce('registry-mirror');
		assert.deepEqual(keysOf(frame), keysOf(Buffer.from(JSON.stringify(captured.frames[0]))));
	});

	test('sends frames of cgroup v2 without what the engine leaves out there', async () => {
		const { memory = [], stats = [], usage = [] } = keysOf(await client(2).statsOnce('registry-mirror'));
		assert.deepEqual(memory, ['limit', 'stats', 'usage']);
		assert.deepEqual(usage, ['total_usage', 'usage_in_kernelmode', 'usage_in_usermode']);
		for (const key of ['cache', 'rss', 'kernel', 'pagetables', 'percpu', 'total_inactive_file']) {
			assert.ok(!stats.includes(key), key);
		}
		for (const key of ['anon', 'file', 'inactive_file', 'sock', 'slab', 'kernel_stack'])
			assert.ok(stats.includes(key), key);
	});

	test('gives two samples of one second, and a single one without the one before', async () => {
		const { readings, previous, container, versions } = await readDockerContainer(client(2), 'buildkit');
		const rate = readings.find('cpuRate');
		assert.equal(rate?.window, 1000);
		assert.equal((rate?.value ?? 0) % 1e6, 0);
		assert.ok((previous.find('cpuTime')?.value ?? 0) < (readings.find('cpuTime')?.value ?? 0));
		assert.equal(container.memoryLimit, 512 * 2 ** 20);
		assert.equal(versions.cgroup, 'v2');
		const { previous: before, readings: single } = readDockerFrame(await client(2).statsOnce('buildkit'));
		assert.deepEqual(before, []);
		assert.equal(
			single.find(({ quantity }) => quantity === 'cpuRate'),
			undefined,
		);
	});

	test('says that it has no such container', async () => {
		await assert.rejects(
			readDockerContainer(client(1), 'nobody'),
			(error) => error instanceof DockerError && error.kind === 'not-found',
		);
	});

	test('is not there on a machine without one', async () => {
		assert.equal((await demo.machine('worker-02'))?.docker, '');
		assert.equal(await demo.machine('virtual-kubelet'), undefined);
	});
});
