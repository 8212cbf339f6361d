import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDockerContainers, readDockerContainer } from '../../source/gather/docker.ts';
import { DockerError, type DockerErrorKind } from '../../source/host/docker/errors.ts';
import { readDockerFrame } from '../../source/sources/docker.ts';
import { docker, programs, rigClient, workloads } from './rig.ts';

const [program = ''] = programs;
const image = 'localhost/workload:1';

function isA(kind: DockerErrorKind): (error: unknown) => boolean {
	return (error) => error instanceof DockerError && error.kind === kind;
}

describe('a real engine', { skip: programs.length === 0 && 'npm run test:docker starts one' }, () => {
	test('lists its containers with their processes', async () => {
		const containers = await listDockerContainers(rigClient());
		assert.deepEqual(containers.map(({ name }) => name).sort(), workloads.map(([name]) => name).sort());
		for (const { name, id, pid } of containers) {
			assert.equal(`${id} ${pid}`, await docker(program, 'inspect', '--format', '{{.Id}} {{.State.Pid}}', name));
		}
	});

	test('measures a container by the beginning of its id, over about a second', async () => {
		const id = await docker(program, 'inspect', '--format', '{{.Id}}', 'limit');
		const { container, readings, previous, versions } = await readDockerContainer(rigClient(), id.slice(0, 12));
		assert.equal(container.name, 'limit');
		assert.equal(container.memoryLimit, 48 * 2 ** 20);
		assert.equal(readings.value('memoryLimit'), container.memoryLimit);
		assert.equal(versions.docker, await docker(program, 'version', '--format', '{{.Server.Version}}'));
		const rate = readings.find('cpuRate');
		assert.ok(rate !== undefined && rate.window > 0, `${rate?.window} ms`);
		assert.equal(previous.find('cpuRate'), undefined);
	});

	test('gives a single sample without a rate', async () => {
		const { readings, previous } = readDockerFrame(await rigClient().statsOnce('cpu'));
		assert.ok(readings.some(({ quantity, value }) => quantity === 'cpuTime' && value > 0));
		assert.equal(
			readings.some(({ quantity }) => quantity === 'cpuRate'),
			false,
		);
		assert.deepEqual(previous, []);
	});

	test('says that it has no such container', async () => {
		await assert.rejects(readDockerContainer(rigClient(), 'nobody'), isA('not-found'));
	});

	test('says that a container does not run', async () => {
		await docker(program, 'create', '--name', 'idle', '--network', 'none', image, 'load', 'pause');
		try {
			await assert.rejects(readDockerContainer(rigClient(), 'idle'), isA('not-running'));
		} finally {
			await docker(program, 'rm', 'idle');
		}
	});

	test('a container that is removed while it is measured ends its stream or is missed', async () => {
		await docker(program, 'run', '--detach', '--network', 'none', '--name', 'brief', image, 'load', 'pause');
		const client = rigClient();
		const signal = AbortSignal.timeout(10_000);
		let running = 0;
		try {
			for await (const bytes of client.stats('brief', { signal })) {
				if (Number.isNaN(readDockerFrame(bytes).at)) {
					break;
				}
				running++;
				if (running === 1) {
					await docker(program, 'rm', '--force', 'brief');
				}
			}
		} catch (error) {
			assert.ok(error instanceof DockerError, String(error));
		}
		assert.ok(running >= 1);
		await assert.rejects(readDockerContainer(client, 'brief'), isA('not-found'));
	});
});
