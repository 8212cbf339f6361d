import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import { listDockerContainers, readDockerContainer } from '../../source/gather/docker.ts';
import { DockerClient } from '../../source/host/docker/client.ts';
import { DockerError, type DockerErrorKind } from '../../source/host/docker/errors.ts';
import { type Answers, fakeEngine } from '../host/docker/engine.ts';

const { frames } = JSON.parse(
	readFileSync(new URL('../sources/fixtures/docker-cpu.json', import.meta.url), 'utf8'),
) as { frames: [object, object] };
const stopped = { read: '0001-01-01T00:00:00Z', preread: '0001-01-01T00:00:00Z', name: '/web', id: 'f00' };

function state(id: string, pid: number) {
	return {
		Id: id,
		Name: `/name-${id}`,
		State: { Status: pid === 0 ? 'exited' : 'running', Pid: pid },
		HostConfig: { CgroupParent: '/own', NanoCpus: 5e8 },
	};
}

function stream(...sent: object[]): RequestListener {
	return (_, response) => response.end(sent.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
}

async function measure(answers: Answers, nameOrId = 'web') {
	await using engine = await fakeEngine({ '/containers/web/json': state('f00', 42), ...answers });
	return await readDockerContainer(new DockerClient(engine.endpoint), nameOrId);
}

function is(kind: DockerErrorKind): (error: unknown) => boolean {
	return (error) => error instanceof DockerError && error.kind === kind;
}

describe('a container of the engine', () => {
	test('is measured by two samples, with process, limits and versions', async () => {
		const { container, readings, previous, versions } = await measure({
			'/containers/f00/stats?stream=true': stream(...frames),
		});
		assert.deepEqual([container.pid, container.cgroupParent], [42, '/own']);
		assert.equal(readings.value('cpuLimit'), 5e8);
		const rate = readings.find('cpuRate');
		assert.equal(rate?.window, (readings.find('cpuTime')?.at ?? 0) - (previous.find('cpuTime')?.at ?? 0));
		assert.ok(readings.value('cpuTime') > previous.value('cpuTime'));
		assert.deepEqual(versions, {
			cgroup: 'v1',
			kubelet: '',
			runtime: 'docker://20.10.24',
			docker: '20.10.24',
			kernel: '6.1',
			multiGenerationalLru: null,
		});
	});

	test('has what is read beside it read with each of its samples', async () => {
		await using engine = await fakeEngine({
			'/containers/web/json': state('f00', 42),
			'/containers/f00/stats?stream=true': stream(...frames),
		});
		const read: string[] = [];
		await readDockerContainer(new DockerClient(engine.endpoint), 'web', {}, async ({ id }) => {
			read.push(id);
		});
		assert.deepEqual(read, ['f00', 'f00']);
	});

	test('without a limit has none: what the engine calls its limit is the machine’s memory', async () => {
		const answers = { '/containers/f00/stats?stream=true': stream(...frames) };
		const { readings } = await measure(answers);
		assert.deepEqual([readings.find('memoryLimit')?.value, readings.value('memTotal') > 2 ** 30], [Number.NaN, true]);
		const limited = state('f00', 42);
		const withLimit = { ...limited, HostConfig: { ...limited.HostConfig, Memory: 2 ** 26 } };
		const { readings: ofLimited } = await measure({ ...answers, '/containers/web/json': withLimit });
		assert.equal(ofLimited.find('memTotal'), undefined);
		assert.ok(ofLimited.value('memoryLimit') > 0);
	});

	test('that does not run, or stops meanwhile, has no numbers', async () => {
		await assert.rejects(measure({ '/containers/web/json': state('f00', 0) }), is('not-running'));
		await assert.rejects(measure({ '/containers/f00/stats?stream=true': stream(stopped) }), is('not-running'));
		await assert.rejects(
			measure({ '/containers/f00/stats?stream=true': stream(frames[0], stopped) }),
			is('not-running'),
		);
		await assert.rejects(measure({ '/containers/f00/stats?stream=true': stream(frames[0]) }), is('not-running'));
	});

	test('whose engine answers with a page, or with half of what it says, is the engine’s failure', async () => {
		const page: RequestListener = (_, response) => response.setHeader('Content-Type', 'text/html').end('<html>login');
		const half: RequestListener = (_, response) => response.end('{"Id":"f00","State":{"Pid":4');
		const cut: RequestListener = (_, response) => response.end('{"read":"2026-\n');
		for (const answers of [
			{ '/version': page, '/_ping': page },
			{ '/containers/web/json': half },
			{ '/containers/f00/stats?stream=true': cut },
		] satisfies Answers[]) {
			await assert.rejects(measure(answers), is('protocol'));
		}
	});

	test('that is removed between inspection and samples is not found', async () => {
		await assert.rejects(measure({}), is('not-found'));
	});
});

describe('the list of containers', () => {
	test('holds 500, in the engine’s order, without those that ended meanwhile', async () => {
		const ids = Array.from({ length: 500 }, (_, index) => `c${index}`);
		const answers: Record<string, unknown> = {
			'/containers/json': ids.map((id) => ({ Id: id, Names: [`/name-${id}`], State: 'running', Labels: {} })),
		};
		for (const [index, id] of ids.entries()) {
			if (id !== 'c7') {
				answers[`/containers/${id}/json`] = state(id, id === 'c9' ? 0 : 1000 + index);
			}
		}
		await using engine = await fakeEngine(answers);
		const found = await listDockerContainers(new DockerClient(engine.endpoint));
		assert.equal(found.length, 498);
		assert.deepEqual(
			found.slice(6, 9).map(({ id, name, pid }) => [id, name, pid]),
			[
				['c6', 'name-c6', 1006],
				['c8', 'name-c8', 1008],
				['c10', 'name-c10', 1010],
			],
		);
	});

	test('fails as a whole if the engine does', async () => {
		await using engine = await fakeEngine({
			'/containers/json': [{ Id: 'a', Names: ['/a'] }],
			'/containers/a/json': ((_, response) => response.writeHead(500).end('{}')) satisfies RequestListener,
		});
		await assert.rejects(listDockerContainers(new DockerClient(engine.endpoint)), is('status'));
	});
});
