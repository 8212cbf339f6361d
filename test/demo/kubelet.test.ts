import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Demo } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { readBytes } from '../sources/fixture.ts';
import { ask } from './ask.ts';

/** Of cgroup v1, as the kubelet was that the answers were captured from. */
const old = 'worker-07';
const current = 'worker-01';

/** Every path of names in a JSON document, list items alike. */
function paths(value: unknown, prefix = ''): Set<string> {
	const found = new Set<string>();
	if (Array.isArray(value)) {
		for (const item of value) for (const path of paths(item, `${prefix}[]`)) found.add(path);
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, member] of Object.entries(value)) {
			found.add(`${prefix}.${name}`);
			for (const path of paths(member, `${prefix}.${name}`)) found.add(path);
		}
	}
	return found;
}

interface Row {
	name: string;
	labels: Record<string, string>;
	value: string;
	time: string;
}

function rows(text: string): Row[] {
	return text
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => {
			const [, name = '', list = '', value = '', time = ''] =
				/^(\w+)(?:\{(.*)\})? (\S+)(?: (\d+))?$/.exec(line) ?? assert.fail(line);
			const labels = Object.fromEntries(
				[...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]),
			);
			return { name, labels, value, time };
		});
}

/** What a row is about, by which labels are filled in. */
function form({ labels }: Row): string {
	const filled = ['container', 'image', 'name', 'namespace', 'pod'].filter((label) => labels[label]);
	return filled.join(' ');
}

/** Each series with its labels and whether it has a time, and the comments. */
function shape(text: string, of: (row: Row) => boolean = () => true): Set<string> {
	const found = new Set<string>();
	for (const row of rows(text).filter(of)) {
		const { name, labels, time } = row;
		found.add(`${name} {${Object.keys(labels).join()}} ${time === '' ? 'without' : 'with'} time`);
	}
	return found;
}

function comments(text: string): Map<string, string> {
	const lines = text.split('\n').filter((line) => line.startsWith('#'));
	return new Map(lines.map((line) => [line.split(' ').slice(1, 3).join(' '), line]));
}

describe('the kubelet of a demo node', () => {
	let demo: Demo;
	const proxied = (node: string, path: string, token?: string) =>
		ask(`${demo.url}/api/v1/nodes/${node}/proxy${path}`, token === undefined ? {} : { token });
	before(async () => {
		demo = await serveDemo({ insecure: true, freezeClock: true });
	});
	after(() => demo.close());

	test('has the fields of a real summary, and those of groups that its configuration names', async () => {
		const captured = paths(JSON.parse(readBytes('kubelet-1.36/summary.json').toString()));
		for (const node of [old, current]) {
			const found = paths((await proxied(node, '/stats/summary')).json);
			assert.deepEqual(
				[...captured].filter((path) => !found.has(path)),
				[],
			);
			assert.deepEqual(
				[...found].filter((path) => !captured.has(path)),
				[],
			);
		}
		const { json } = await proxied(current, '/stats/summary');
		assert.deepEqual(json.node.systemContainers.map(({ name }: { name: string }) => name).sort(), [
			'kubelet',
			'misc',
			'pods',
			'runtime',
		]);
	});

	test('leaves out of a small summary what is neither processor nor memory', async () => {
		const { json } = await proxied(current, '/stats/summary?only_cpu_and_memory=true');
		assert.ok(json.pods.length > 3 && json.pods[0].containers.length > 0);
		assert.deepEqual(Object.keys(json.pods[0]), ['podRef', 'startTime', 'containers', 'cpu', 'memory', 'swap']);
		assert.equal(json.node.io, undefined);
	});

	for (const path of ['resource', 'cadvisor'] as const) {
		test(`has the series, labels, times and comments of a real /metrics/${path}`, async () => {
			const captured = readBytes(`kubelet-1.36/${path}.txt`).toString();
			const answer = await proxied(old, `/metrics/${path}`);
			assert.match(String(answer.headers['content-type']), /^text\/plain; version=0\.0\.4/);
			assert.deepEqual([...shape(answer.text)].sort(), [...shape(captured)].sort());
			assert.deepEqual(comments(answer.text), comments(captured));
		});
	}

	test('orders its series by name', async () => {
		for (const path of ['resource', 'cadvisor']) {
			const names = rows((await proxied(current, `/metrics/${path}`)).text).map(({ name }) => name);
			assert.deepEqual(names, [...names].sort());
		}
	});

	test('tells pressure on cgroup v2 only, and nothing of kernel memory there', async () => {
		const [v1, v2] = await Promise.all([old, current].map((node) => proxied(node, '/metrics/cadvisor')));
		const more = [...shape(v2?.text ?? '')].filter((series) => !shape(v1?.text ?? '').has(series));
		assert.deepEqual(
			more.map((series) => series.split(' ')[0]),
			['cpu', 'io', 'memory'].flatMap((of) =>
				['stalled', 'waiting'].map((what) => `container_pressure_${of}_${what}_seconds_total`),
			),
		);
		const kernel = (text: string) => rows(text).filter(({ name }) => name === 'container_memory_kernel_usage');
		assert.ok(kernel(v2?.text ?? '').every(({ value }) => value === '0'));
		assert.ok(kernel(v1?.text ?? '').every(({ value }) => Number(value) > 0));
	});

	test('fills in the labels of root, slice, pod, pause and container as a real one does', async () => {
		const captured = new Set(rows(readBytes('kubelet-1.36/cadvisor.txt').toString()).map(form));
		for (const node of [old, current]) {
			const found = rows((await proxied(node, '/metrics/cadvisor')).text);
			assert.deepEqual(new Set(found.map(form)), captured);
			assert.ok(found.some(({ labels }) => labels['image'] === 'registry.k8s.io/pause:3.10.1'));
			for (const { labels } of found.filter(({ labels: { pod } }) => pod)) {
				assert.match(
					labels['id'] ?? '',
					node === old
						? /^\/kubepods(\/(burstable|besteffort))?\/pod[0-9a-f-]+(\/[0-9a-f]{64})?$/
						: /^\/kubepods\.slice(\/kubepods-(burstable|besteffort)\.slice)?\/kubepods(-\w+)?-pod\w+\.slice(\/cri-containerd-[0-9a-f]{64}\.scope)?$/,
				);
			}
		}
	});

	test('gives each cgroup a time of its own, and all sources the same one of it', async () => {
		const [resource, cadvisor] = await Promise.all(
			['resource', 'cadvisor'].map(async (path) => rows((await proxied(current, `/metrics/${path}`)).text)),
		);
		const of = (list: readonly Row[] = []) =>
			new Map(
				list
					.filter(({ name, labels }) => name === 'container_memory_working_set_bytes' && labels['container'])
					.map(({ labels, time, value }) => [
						`${labels['namespace']}/${labels['pod']}/${labels['container']}`,
						`${value} ${time}`,
					]),
			);
		assert.deepEqual(of(resource), of(cadvisor));
		assert.ok(new Set([...of(resource).values()].map((text) => text.split(' ')[1])).size > 3);
	});

	test('is refused to who may not use nodes/proxy, in the words of the API server', async () => {
		const answer = await proxied(current, '/stats/summary', 'whytop-demo-viewer');
		assert.equal(answer.status, 403);
		assert.equal(
			answer.json.message,
			'nodes "worker-01" is forbidden: User "demo-viewer" cannot get resource "nodes/proxy" in API group "" at the cluster scope',
		);
	});

	test('is not there for a node that is not, and measures nothing on a virtual node', async () => {
		assert.equal((await proxied('nowhere', '/stats/summary')).json.message, 'nodes "nowhere" not found');
		assert.equal((await proxied('virtual-kubelet', '/stats/summary')).status, 501);
		assert.equal((await proxied('virtual-kubelet', '/metrics/cadvisor')).status, 404);
		assert.equal((await proxied(current, '/metrics/nothing')).status, 404);
	});
});
