import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDockerContainers, readDockerState, readDockerVersion } from '../../source/sources/docker-containers.ts';

function bytes(value: unknown): Buffer {
	return Buffer.from(JSON.stringify(value));
}

const state = {
	Id: 'f00',
	Name: '/web',
	RestartCount: 2,
	Config: { Image: 'nginx:1' },
	State: { Status: 'running', Pid: 4711, OOMKilled: false, StartedAt: '2026-01-02T03:04:05.123456789Z' },
	HostConfig: { CgroupParent: '', Memory: 64 << 20, MemorySwap: 128 << 20, NanoCpus: 5e8 },
};

function limits(more: object) {
	return readDockerState(bytes({ ...state, HostConfig: more }));
}

describe('containers of the engine', () => {
	test('are listed with their first name and labels', () => {
		const [container] = readDockerContainers(
			bytes([
				{
					Id: 'f00',
					Names: ['/web', '/other/link'],
					Image: 'nginx:1',
					State: 'running',
					Status: 'Up 3 hours',
					Created: 1_767_322_000,
					Labels: { 'io.kubernetes.pod.name': 'web-0', 'bad\u001b[2J': 'x\u0007y' },
				},
			]),
		);
		assert.deepEqual(container, {
			id: 'f00',
			name: 'web',
			image: 'nginx:1',
			state: 'running',
			status: 'Up 3 hours',
			created: 1_767_322_000_000,
			labels: { 'io.kubernetes.pod.name': 'web-0', bad: 'xy' },
		});
	});

	test('may be none, or have no name', () => {
		assert.deepEqual(readDockerContainers(bytes([])), []);
		assert.equal(readDockerContainers(bytes([{ Id: 'a', Names: null, Labels: null }]))[0]?.name, '');
	});

	test('that are no list are refused with a sentence', () => {
		for (const text of ['{}', '[1]', '[{"Id":', '', '[],"list":7']) {
			assert.throws(() => readDockerContainers(Buffer.from(text)), /docker containers cannot be read as JSON/, text);
		}
	});
});

describe('one container', () => {
	test('has its process, its start and its limits', () => {
		assert.deepEqual(readDockerState(bytes(state)), {
			id: 'f00',
			name: 'web',
			image: 'nginx:1',
			state: 'running',
			pid: 4711,
			cgroupParent: '',
			memoryLimit: 64 << 20,
			memorySwapLimit: 128 << 20,
			cpuLimit: 5e8,
			restarts: 2,
			oomKilled: false,
			started: Date.parse('2026-01-02T03:04:05.123Z'),
		});
	});

	test('has no limit where the engine says 0, and endless swap where it says −1', () => {
		const none = limits({ Memory: 0, MemorySwap: 0, NanoCpus: 0 });
		assert.deepEqual([none.memoryLimit, none.memorySwapLimit, none.cpuLimit], [Number.NaN, Number.NaN, Number.NaN]);
		assert.equal(limits({ MemorySwap: -1 }).memorySwapLimit, Number.POSITIVE_INFINITY);
	});

	test('has a CPU limit by quota and period too', () => {
		assert.equal(limits({ CpuQuota: 25_000, CpuPeriod: 50_000 }).cpuLimit, 5e8);
		assert.equal(limits({ CpuQuota: 150_000 }).cpuLimit, 1.5e9);
		assert.equal(limits({ CpuQuota: -1 }).cpuLimit, Number.NaN);
	});
});

test('the engine says its version and its kernel', () => {
	assert.deepEqual(
		readDockerVersion(bytes({ Version: '20.10.24+dfsg1', ApiVersion: '1.41', KernelVersion: '6.1.0', Os: 'linux' })),
		{ version: '20.10.24+dfsg1', apiVersion: '1.41', kernel: '6.1.0', system: 'linux' },
	);
});
