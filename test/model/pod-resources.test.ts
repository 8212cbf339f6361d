import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PodRecord } from '../../source/model/records.ts';
import { decodePodList } from '../../source/sources/pods.ts';
import { readFixture } from './fixture.ts';

/** A pod, and what component-helpers makes of it, from `fixtures/generate.go`: nanocores and bytes. */
interface Row {
	pod: object;
	requests: { cpu?: string; memory?: string };
	limits: { cpu?: string; memory?: string };
}

function read(pods: readonly object[]): PodRecord[] {
	const records: PodRecord[] = [];
	decodePodList(Buffer.from(JSON.stringify({ kind: 'PodList', items: pods })), 'application/json', (record) =>
		records.push(structuredClone(record)),
	);
	return records;
}

function readOne(spec: object, status: object = {}): PodRecord {
	const [record] = read([{ metadata: { name: 'pod' }, spec, status }]);
	assert.ok(record);
	return record;
}

const mebibyte = 2 ** 20;
const limited = { name: 'limited', resources: { limits: { cpu: '1', memory: '100Mi' } } };
const unlimited = { name: 'unlimited', resources: { requests: { cpu: '10m', memory: '10Mi' } } };

describe('as Kubernetes counts', () => {
	const rows = readFixture<Row[]>('pod-resources.json');
	const records = read(rows.map(({ pod }) => pod));
	const expected = (amount: string | undefined) => (amount === undefined ? Number.NaN : Number(amount));

	test('requests are those of PodRequests', () => {
		assert.deepEqual(
			records.map((record) => [record.name, record.cpuRequest, record.memoryRequest]),
			rows.map(({ requests }, index) => [records[index]?.name, expected(requests.cpu), expected(requests.memory)]),
		);
		assert.ok(records.some(({ cpuRequest }) => Number.isNaN(cpuRequest)));
	});

	test('limits are those of PodLimits wherever the pod has one', () => {
		let bounded = 0;
		for (const [index, { limits }] of rows.entries()) {
			const { name, cpuLimit, memoryLimit } = records[index] as PodRecord;
			if (!Number.isNaN(cpuLimit)) {
				assert.equal(cpuLimit, expected(limits.cpu), `CPU of ${name}`);
				bounded++;
			}
			if (!Number.isNaN(memoryLimit)) {
				assert.equal(memoryLimit, expected(limits.memory), `memory of ${name}`);
				bounded++;
			}
		}
		assert.ok(bounded > rows.length / 2);
	});
});

describe('a limit bounds the whole pod or is none', () => {
	test('one container without a limit leaves the pod without one', () => {
		const pod = readOne({ containers: [limited, unlimited] });
		assert.deepEqual([pod.cpuLimit, pod.memoryLimit], [Number.NaN, Number.NaN]);
		assert.equal(pod.containers[0]?.memoryLimit, 100 * mebibyte);
		assert.equal(readOne({ containers: [limited, limited] }).memoryLimit, 200 * mebibyte);
	});

	test('a sidecar without a limit does so too', () => {
		const sidecar = { ...unlimited, restartPolicy: 'Always' };
		const pod = readOne({ initContainers: [sidecar], containers: [limited] });
		assert.equal(pod.memoryLimit, Number.NaN);
		assert.equal(readOne({ initContainers: [{ ...sidecar, ...limited }], containers: [limited] }).cpuLimit, 2e9);
	});

	test('an init container without a limit does so until it has ended', () => {
		const spec = { initContainers: [unlimited], containers: [limited] };
		assert.equal(readOne(spec).memoryLimit, Number.NaN);
		const initialized = { conditions: [{ type: 'Initialized', status: 'True' }] };
		assert.equal(readOne(spec, initialized).memoryLimit, 100 * mebibyte);
	});

	test('an ephemeral container, which may not have one, does not', () => {
		const pod = readOne({ containers: [limited], ephemeralContainers: [{ name: 'debugger' }] });
		assert.equal(pod.memoryLimit, 100 * mebibyte);
	});

	test('a limit of the pod as a whole bounds it, for that resource', () => {
		const pod = readOne({ containers: [limited, unlimited], resources: { limits: { memory: '1Gi' } } });
		assert.deepEqual([pod.cpuLimit, pod.memoryLimit], [Number.NaN, 1024 * mebibyte]);
	});

	test('a limit of 0 is none, as for the kubelet', () => {
		const zero = { name: 'zero', resources: { limits: { cpu: '0', memory: '100Mi' } } };
		const pod = readOne({ containers: [zero] });
		assert.deepEqual([pod.cpuLimit, pod.memoryLimit], [Number.NaN, 100 * mebibyte]);
		assert.equal(pod.containers[0]?.cpuLimit, Number.NaN);
	});

	test('overhead alone makes no limit, but a request', () => {
		const pod = readOne({ containers: [{ name: 'app' }], overhead: { cpu: '250m' } });
		assert.deepEqual([pod.cpuRequest, pod.cpuLimit], [0.25e9, Number.NaN]);
		assert.deepEqual([pod.memoryRequest, pod.memoryLimit], [Number.NaN, Number.NaN]);
	});
});
