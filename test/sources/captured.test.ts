import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clean } from '../../source/model/clean.ts';
import { age } from '../../source/model/display.ts';
import {
	kubectlBytesPercent,
	kubectlCpuPercent,
	kubectlMebibytes,
	kubectlMillicores,
} from '../../source/model/quantity.ts';
import type { NodeRecord, PodRecord } from '../../source/model/records.ts';
import { decodeNodeMetricsList } from '../../source/sources/node-metrics.ts';
import { decodeNodeList } from '../../source/sources/nodes.ts';
import { decodePodMetricsList } from '../../source/sources/pod-metrics.ts';
import { decodePodList } from '../../source/sources/pods.ts';
import { collect, json, protobuf, readBytes, readTable } from './fixture.ts';

const captures = ['cluster', 'states'];

function byName(records: readonly PodRecord[], name: string): PodRecord {
	const found = records.find((record) => record.name === name);
	assert.ok(found, name);
	return found;
}

function restarts(pod: PodRecord, now: number): string {
	return Number.isNaN(pod.lastRestartAt) ? `${pod.restarts}` : `${pod.restarts} (${age(now - pod.lastRestartAt)} ago)`;
}

/** The cells of `kubectl get nodes -o wide`. */
function nodeCells(node: NodeRecord, now: number): string[] {
	return [
		node.name,
		node.status,
		node.roles,
		age(now - node.createdAt),
		node.kubeletVersion,
		node.internalIp || '<none>',
		node.externalIp || '<none>',
		node.osImage || '<unknown>',
		(node.kernelVersion || '<unknown>') + (node.architecture && ` (${node.architecture})`),
		node.containerRuntime || '<unknown>',
	];
}

for (const capture of captures) {
	describe(`pods of ${capture}`, () => {
		const fromJson = collect(decodePodList, readBytes(`${capture}/pods.json`), json);
		const fromProtobuf = collect(decodePodList, readBytes(`${capture}/pods.protobuf`), protobuf);
		const table = readTable(`${capture}/pods.table.json`);

		test('are the same in protobuf and in JSON', () => {
			assert.ok(fromJson.records.length > 20);
			assert.deepEqual(fromProtobuf, fromJson);
		});

		test('have the READY, STATUS, RESTARTS, AGE, IP and NODE that kubectl prints', () => {
			const columns = ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node'];
			assert.deepEqual(
				fromProtobuf.records.map((pod) => [
					pod.name,
					`${pod.readyContainers}/${pod.totalContainers}`,
					pod.status,
					restarts(pod, table.date),
					age(table.date - pod.createdAt),
					pod.ip || '<none>',
					pod.node || '<none>',
				]),
				table.rows.map((row) => columns.map((column) => clean(String(row.get(column))))),
			);
		});

		test('tell where the next page begins', () => {
			for (const [name, contentType] of [
				['pods.page.json', json],
				['pods.page.protobuf', protobuf],
			] as const) {
				const { meta, records } = collect(decodePodList, readBytes(`${capture}/${name}`), contentType);
				assert.equal(records.length, 1);
				assert.deepEqual(records[0], fromJson.records[0]);
				assert.match(meta.resourceVersion, /^\d+$/);
				assert.match(meta.continueToken, /^[\w-]{20,}$/);
				assert.equal(meta.remainingItemCount, fromJson.records.length - 1);
			}
			assert.equal(fromJson.meta.continueToken, '');
			assert.equal(fromJson.meta.remainingItemCount, Number.NaN);
		});
	});

	describe(`nodes of ${capture}`, () => {
		const fromJson = collect(decodeNodeList, readBytes(`${capture}/nodes.json`), json);
		const fromProtobuf = collect(decodeNodeList, readBytes(`${capture}/nodes.protobuf`), protobuf);
		const table = readTable(`${capture}/nodes.table.json`);

		test('are the same in protobuf and in JSON', () => {
			assert.ok(fromJson.records.length > 0);
			assert.deepEqual(fromProtobuf, fromJson);
		});

		test('have the cells that kubectl prints', () => {
			assert.deepEqual(
				fromProtobuf.records.map((node) => nodeCells(node, table.date)),
				table.rows.map((row) => [...row.values()].slice(0, 10)),
			);
		});
	});
}

describe('pods in rare states', () => {
	const { records } = collect(decodePodList, readBytes('states/pods.protobuf'), protobuf);
	const mebibyte = 2 ** 20;

	test('containers come in the order of the spec, with their kind and state', () => {
		const { containers } = byName(records, 'sidecar-restarted');
		assert.deepEqual(
			containers.map(({ name, kind, state, ready, restarts: count, lastTermination }) => ({
				name,
				kind,
				state,
				ready,
				count,
				lastTermination,
			})),
			[
				{ name: 'first', kind: 'init', state: 'Completed', ready: true, count: 4, lastTermination: 'Error' },
				{ name: 'proxy', kind: 'sidecar', state: 'Running', ready: true, count: 3, lastTermination: 'OOMKilled' },
				{ name: 'third', kind: 'init', state: 'Completed', ready: true, count: 0, lastTermination: '' },
				{ name: 'app', kind: 'app', state: 'Running', ready: true, count: 2, lastTermination: 'Signal:15' },
			],
		);
		assert.equal(containers[1]?.startedAt, Date.UTC(2026, 0, 2, 3, 14, 5));
		assert.equal(containers[1]?.lastTerminatedAt, Date.UTC(2026, 0, 2, 3, 14, 0));
		assert.equal(containers[0]?.startedAt, Number.NaN);
		assert.equal(containers[2]?.lastTerminatedAt, Number.NaN);
	});

	test('a container of which nothing is reported waits', () => {
		const states = (name: string) => byName(records, name).containers.map(({ state }) => state);
		assert.deepEqual(states('waiting-without-reason'), ['Waiting', 'Waiting']);
		assert.deepEqual(states('gated'), ['Waiting']);
		assert.deepEqual(states('exit-code'), ['ExitCode:-1073741510']);
	});

	test('an init container at its peak counts more than the sum of the others', () => {
		const pod = byName(records, 'sidecar-restarted');
		assert.equal(pod.cpuRequest, 2.1e9, 'third with the sidecar before it');
		assert.equal(pod.memoryRequest, 320 * mebibyte, 'app and sidecar');
		assert.equal(pod.cpuLimit, 2.2e9, 'the first init container has no limit, but it has ended');
		assert.equal(pod.memoryLimit, 1024 * mebibyte, 'the first init container');
	});

	test('pod-level resources stand for all containers', () => {
		const pod = byName(records, 'two-addresses');
		assert.deepEqual(
			[pod.cpuRequest, pod.cpuLimit, pod.memoryRequest, pod.memoryLimit],
			[1e9, 2e9, 512 * mebibyte, 1024 * mebibyte],
		);
		assert.equal(pod.containers[0]?.memoryLimit, Number.NaN);
	});

	test('a resize in place counts the greatest of what is wanted, allocated and applied', () => {
		const pod = byName(records, 'resizing');
		assert.deepEqual(
			[pod.cpuRequest, pod.cpuLimit, pod.memoryRequest, pod.memoryLimit],
			[0.1e9, 0.2e9, 96 * mebibyte, 256 * mebibyte],
		);
		assert.equal(pod.containers[0]?.memoryLimit, 256 * mebibyte);
		assert.equal(byName(records, 'resize-infeasible').cpuRequest, 1e9, 'what cannot be had does not count');
	});

	test('overhead is added to requests and to limits that there are', () => {
		const pod = byName(records, 'owned');
		assert.deepEqual([pod.cpuRequest, pod.cpuLimit], [0.35e9, 0.45e9]);
		assert.deepEqual([pod.memoryRequest, pod.memoryLimit], [120 * mebibyte, Number.NaN]);
	});

	test('the owner is the controlling one, and an ephemeral container is one of the containers', () => {
		const pod = byName(records, 'owned');
		assert.equal(pod.owner, 'StatefulSet/database');
		assert.deepEqual(
			pod.containers.map(({ name, kind }) => [name, kind]),
			[
				['app', 'app'],
				['debugger', 'ephemeral'],
			],
		);
		assert.equal(byName(records, 'gated').owner, '');
	});

	test('nothing that a terminal would obey gets into a record', () => {
		const pod = byName(records, 'hostile');
		assert.equal(pod.status, 'BadReason with 容器');
		assert.equal(pod.containers[0]?.image, 'registry.example/容器gnp:1');
	});
});

describe('nodes in rare states', () => {
	const { records } = collect(decodeNodeList, readBytes('states/nodes.protobuf'), protobuf);

	test('are of the kind that their label, taint or system says', () => {
		assert.deepEqual(
			records.map(({ name, kind }) => [name, kind]),
			[
				['fargate', 'fargate'],
				['n-1', 'ordinary'],
				['n-2', 'ordinary'],
				['no-conditions', 'ordinary'],
				['virtual-by-label', 'virtual'],
				['virtual-by-taint', 'virtual'],
				['windows', 'windows'],
			],
		);
	});

	test('say which conditions are not as they should be, and nothing of a silent node', () => {
		const pressure = new Map(records.map((node) => [node.name, node.pressure]));
		assert.equal(pressure.get('n-1'), 'MemoryPressure,KernelDeadlock,NotStorageReady');
		assert.equal(pressure.get('n-2'), '');
	});

	test('have capacity and allocatable in nanocores, bytes and pods', () => {
		const node = records.find(({ name }) => name === 'n-1');
		assert.deepEqual([node?.cpuCapacity, node?.memoryCapacity, node?.podCapacity], [4e9, 16_374_724 * 1024, 110]);
		assert.deepEqual(
			[node?.cpuAllocatable, node?.memoryAllocatable, node?.podAllocatable],
			[3.92e9, 15.5 * 2 ** 30, 110],
		);
		assert.equal(node?.swapCapacity, 2 ** 31);
		assert.equal(records.find(({ name }) => name === 'n-2')?.swapCapacity, Number.NaN);
		assert.equal(records.find(({ name }) => name === 'fargate')?.cpuCapacity, Number.NaN);
	});
});

describe('metrics of the cluster', () => {
	const pods = collect(decodePodMetricsList, readBytes('cluster/pods.metrics.json'), json);
	const nodes = collect(decodeNodeMetricsList, readBytes('cluster/nodes.metrics.json'), json);
	const lines = (name: string) =>
		readBytes(`cluster/${name}`)
			.toString()
			.trim()
			.split('\n')
			.slice(1)
			.map((line) => line.trim().split(/\s+/));

	test('are the same in protobuf and in JSON', () => {
		assert.deepEqual(collect(decodePodMetricsList, readBytes('cluster/pods.metrics.protobuf'), protobuf), pods);
		assert.deepEqual(collect(decodeNodeMetricsList, readBytes('cluster/nodes.metrics.protobuf'), protobuf), nodes);
	});

	test('print as kubectl top printed them', () => {
		assert.deepEqual(
			pods.records.flatMap(({ namespace, name, containers }) =>
				containers
					.map((container) => [
						namespace,
						name,
						container.name,
						kubectlMillicores(container.cpu),
						kubectlMebibytes(container.memory),
					])
					.sort((a, b) => ((a[2] as string) < (b[2] as string) ? -1 : 1)),
			),
			lines('pods.top.txt'),
		);
	});

	test('print as kubectl top printed the nodes, with percentages of allocatable', () => {
		const { records } = collect(decodeNodeList, readBytes('cluster/nodes.json'), json);
		assert.deepEqual(
			nodes.records.map(({ name, cpu, memory }) => {
				const node = records.find((record) => record.name === name);
				return [
					name,
					kubectlMillicores(cpu),
					`${kubectlCpuPercent(cpu, node?.cpuAllocatable ?? Number.NaN)}%`,
					kubectlMebibytes(memory),
					`${kubectlBytesPercent(memory, node?.memoryAllocatable ?? Number.NaN)}%`,
				];
			}),
			lines('nodes.top.txt'),
		);
	});

	test('keep the window to the millisecond, and have no swap where none is given', () => {
		const [node] = nodes.records;
		assert.equal(node?.window, 20_089);
		assert.equal(node?.timestamp, Date.parse('2026-11-21T10:51:46Z'));
		assert.equal(node?.swap, Number.NaN);
	});
});
