import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { clusterFixture } from './fixture.ts';
import type { Answers } from './playback.ts';
import { type Outcome, requestOf, withAnswers } from './run-top.ts';

const cluster = clusterFixture();
const metrics = '/apis/metrics.k8s.io/v1beta1';

interface Document {
	apiVersion: string;
	kind: string;
	metadata: { serverTime: string };
	sum?: Record<string, number | null>;
	items: Array<Record<string, string | number | null>>;
}

async function outcomeOf(answers: Answers, words: string): Promise<Outcome> {
	let outcome: Outcome | undefined;
	await withAnswers(
		answers,
		async (run) => {
			outcome = await run(requestOf(words.split(' ')));
		},
		cluster.serverTime,
	);
	return outcome as Outcome;
}

const onCluster = (words: string): Promise<Outcome> => outcomeOf(cluster.answers, words);

async function documentOf(words: string, answers: Answers = cluster.answers): Promise<Document> {
	const { stdout, stderr, code } = await outcomeOf(answers, words);
	assert.equal(stderr, '');
	assert.equal(code, 0);
	return JSON.parse(stdout) as Document;
}

/** The table without its header, as cells. */
function cellsOf(table: string): string[][] {
	return table
		.trimEnd()
		.split('\n')
		.map((line) => line.trimEnd().split(/ {2,}/));
}

describe('-o wide', () => {
	test('has the cells of kubectl first, then what the pod asks for and how old the sample is', async () => {
		const plain = cellsOf((await onCluster('pod -A')).stdout);
		const { stdout } = await onCluster('pod -A -o wide');
		const wide = cellsOf(stdout);
		assert.deepEqual(
			wide.map((cells) => cells.slice(0, 4)),
			plain,
		);
		assert.deepEqual(wide[0]?.slice(4), [
			'CPU-REQ',
			'CPU-LIM',
			'%CPU/R',
			'%CPU/L',
			'MEM-REQ',
			'MEM-LIM',
			'%MEM/R',
			'%MEM/L',
			'NODE',
			'SAMPLE-AGE',
			'WINDOW',
		]);
		for (const cells of wide) {
			assert.equal(cells.length, 15);
		}
		const anonymous = wide.find((cells) => cells[1] === 'anonymous') ?? [];
		assert.deepEqual([anonymous[4], anonymous[5], anonymous[8], anonymous[9]], ['50m', '50m', '64Mi', '64Mi']);
		assert.equal(anonymous[12], 'node-a');
		assert.match(anonymous[13] ?? '', /^\d+s$/);
		const unlimited = wide.find((cells) => cells[1] === 'inactive-cache') ?? [];
		assert.deepEqual(unlimited.slice(4, 12), new Array(8).fill('<none>'));
	});

	test('a limit of one container gives no percentage to its neighbour without one', async () => {
		const wide = cellsOf((await onCluster('pod -n web --containers -o wide')).stdout);
		const limited = wide.find((cells) => cells[1] === 'limited') ?? [];
		const unlimited = wide.find((cells) => cells[1] === 'unlimited') ?? [];
		assert.match(limited[7] ?? '', /^\d+%$/);
		assert.equal(unlimited[7], '<none>');
	});

	test('puts the sum under the numbers that it adds, with swap and without a header too', async () => {
		const { stdout } = await onCluster('pod -n web --containers --show-swap --sum --no-headers -o wide');
		const rows = stdout.trimEnd().split('\n');
		const column = rows[0]?.search(/\d+m /) ?? -1;
		assert.ok(column > 0);
		assert.equal(rows.at(-2)?.search('_'), column);
		assert.equal(rows.at(-1)?.search(/\d/), column);
	});

	test('says how many running pods the table leaves out', async () => {
		const { stderr, code } = await onCluster('pod -A -o wide');
		assert.equal(stderr, 'note: 2 running pods have no sample; -o json lists them with the reason.\n');
		assert.equal(code, 0);
	});

	test('of nodes shows what their pods ask for', async () => {
		const [header = [], row = []] = cellsOf((await onCluster('node -o wide')).stdout);
		const cell = (title: string): string | undefined => row[header.indexOf(title)];
		assert.deepEqual(
			[cell('STATUS'), cell('CPU-ALLOC'), cell('CPU-REQ'), cell('MEM-REQ'), cell('PODS')],
			['Ready', '2000m', '540m', '416Mi', '20'],
		);
		const [capacity = []] = cellsOf((await onCluster('node -o wide --show-capacity')).stdout);
		assert.ok(capacity.includes('CPU-CAP') && capacity.includes('MEM-CAP'));
	});

	test('does without the pods where this user may not read them, and says so', async () => {
		const { '/api/v1/pods': _, ...answers } = cluster.answers;
		const refused = { status: 403, json: '{"kind":"Status","reason":"Forbidden","message":"pods is forbidden"}' };
		const { stdout, stderr, code } = await outcomeOf({ ...answers, '/api/v1/pods': refused }, 'pod -A -o wide');
		assert.equal(code, 0);
		assert.match(stderr, /^note: the pods themselves cannot be read.*: pods is forbidden\n$/);
		assert.match(stdout, /anonymous .*<unknown>/);
	});
});

describe('-o json', () => {
	test('gives raw numbers with their units, times and windows', async () => {
		const { apiVersion, kind, metadata, items } = await documentOf('pod -n web -o json');
		assert.deepEqual([apiVersion, kind], ['whytop/v1', 'PodUsageList']);
		assert.equal(metadata.serverTime, new Date(cluster.serverTime).toISOString().replace('.000Z', 'Z'));
		const raw = JSON.parse(cluster.answers[`${metrics}/namespaces/web/pods`]?.json ?? '') as {
			items: Array<{
				metadata: { name: string };
				timestamp: string;
				window: string;
				containers: Array<{ usage: { cpu: string; memory: string } }>;
			}>;
		};
		for (const { metadata, timestamp, window, containers } of raw.items) {
			const item = items.find(({ name }) => name === metadata.name);
			const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
			assert.equal(item?.['cpuNanocores'], sum(containers.map(({ usage }) => Number(usage.cpu.replace('n', '')))));
			assert.equal(
				item?.['memoryBytes'],
				sum(containers.map(({ usage }) => Number(usage.memory.replace('Ki', '')) * 1024)),
			);
			assert.equal(item?.['timestamp'], timestamp);
			assert.equal(item?.['windowSeconds'], Number(window.replace('s', '')));
			assert.equal(item?.['noSample'], null);
			assert.equal(item?.['swapBytes'], null);
		}
	});

	test('lists pods without a sample too, with the reason and null for a number', async () => {
		const { items } = await documentOf('pod -A -o json');
		const codes = new Map(items.map(({ name, noSample }) => [String(name).replace(/^report-.*/, 'report'), noSample]));
		assert.equal(codes.get('missing-image'), 'pod-pending-or-init');
		assert.equal(codes.get('no-node'), 'pod-pending-or-init');
		assert.equal(codes.get('report'), 'pod-finished');
		assert.equal(codes.get('crash-loop'), 'container-restarting');
		assert.equal(codes.get('oom-loop'), 'container-restarting');
		assert.equal(codes.get('anonymous'), null);
		const loop = items.find(({ name }) => name === 'crash-loop');
		assert.deepEqual(
			['cpuNanocores', 'memoryBytes', 'swapBytes', 'timestamp', 'windowSeconds'].map((field) => loop?.[field]),
			[null, null, null, null, null],
		);
		assert.equal(loop?.['cpuRequestNanocores'], 10_000_000);
	});

	test('lists containers with their kind, and those of pods without a sample', async () => {
		const { kind, items } = await documentOf('pod -A --containers -o json');
		assert.equal(kind, 'ContainerUsageList');
		const proxy = items.find(({ pod, name }) => pod === 'native-sidecar' && name === 'proxy');
		assert.equal(proxy?.['kind'], 'sidecar');
		const looping = items.find(({ pod }) => pod === 'crash-loop');
		assert.equal(looping?.['noSample'], 'container-restarting');
		// It ran and ended before the others began: nobody waits for a sample of it.
		assert.ok(!items.some(({ kind }) => kind === 'init'));
	});

	test('sums what has a sample', async () => {
		const { sum, items } = await documentOf('pod -A --sum -o json');
		const sampled = items.filter(({ noSample }) => noSample === null);
		assert.equal(sum?.['sampled'], sampled.length);
		assert.equal(
			sum?.['memoryBytes'],
			sampled.reduce((total, { memoryBytes }) => total + Number(memoryBytes), 0),
		);
		assert.equal(sum?.['swapBytes'], null);
	});

	test('is sorted as the table is, with what has no sample at the end', async () => {
		const { items } = await documentOf('pod -A --sort-by=memory -o json');
		const memory = items.map(({ memoryBytes }) => (memoryBytes === null ? -1 : Number(memoryBytes)));
		assert.deepEqual(
			memory,
			[...memory].sort((first, second) => second - first),
		);
	});

	test('of nodes has what the percentages are of', async () => {
		const { kind, items } = await documentOf('node -o json');
		assert.equal(kind, 'NodeUsageList');
		assert.equal(items[0]?.['cpuAllocatableNanocores'], 2e9);
		assert.equal(items[0]?.['cpuRequestedNanocores'], 540_000_000);
		assert.equal(items[0]?.['pods'], 20);
	});

	test('of nodes without samples says why, and that something is wrong', async () => {
		const empty = { json: '{"kind":"NodeMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[]}' };
		const { stdout, stderr, code } = await outcomeOf(
			{ ...cluster.answers, [`${metrics}/nodes`]: empty },
			'node -o json',
		);
		const { items } = JSON.parse(stdout) as Document;
		assert.deepEqual(
			items.map(({ name, cpuNanocores, noSample }) => [name, cpuNanocores, noSample]),
			[['node-a', null, 'metrics-empty']],
		);
		assert.match(stderr, /^error: metrics not available yet\n/);
		assert.equal(code, 1);
	});

	test('of an empty namespace is an empty list, not an error', async () => {
		const { items } = await documentOf('pod -n nope -o json');
		assert.deepEqual(items, []);
	});
});

describe('-o yaml', () => {
	test('is the same document', async () => {
		for (const command of ['pod -A --sum', 'pod -n web --containers', 'node', 'pod -n nope']) {
			const json = await documentOf(`${command} -o json`);
			const { stdout } = await onCluster(`${command} -o yaml`);
			assert.deepEqual(parse(stdout), json);
			assert.deepEqual(parse(stdout, { version: '1.1' }), json, 'as YAML 1.1');
		}
	});
});

describe('-o csv', () => {
	test('has a column for each field, and nothing where there is no number', async () => {
		const { items } = await documentOf('pod -A -o json');
		const { stdout } = await onCluster('pod -A -o csv');
		const [header = '', ...lines] = stdout.split('\r\n');
		assert.equal(header, Object.keys(items[0] ?? {}).join(','));
		assert.equal(lines.pop(), '');
		assert.deepEqual(
			lines,
			items.map((item) => Object.values(item).join(',')),
		);
	});

	test('leaves the header out with --no-headers, and prints it for an empty list', async () => {
		const withHeader = await onCluster('pod -n web -o csv');
		const without = await onCluster('pod -n web -o csv --no-headers');
		assert.equal(without.stdout, withHeader.stdout.slice(withHeader.stdout.indexOf('\n') + 1));
		assert.match((await onCluster('pod -n nope -o csv')).stdout, /^namespace,name,[^\n]*\r\n$/);
	});

	test('quotes what would part a record', async () => {
		const name = 'a,"b"';
		const item = { metadata: { namespace: 'web', name }, timestamp: null, window: null, containers: [] };
		const list = { json: JSON.stringify({ kind: 'PodMetricsList', metadata: {}, items: [item] }) };
		const answers = { ...cluster.answers, [`${metrics}/namespaces/web/pods`]: list };
		assert.match((await outcomeOf(answers, 'pod -n web -o csv --no-headers')).stdout, /^web,"a,""b""",/);
	});

	test('refuses --sum, which would be no record like the others', async () => {
		const { stdout, stderr, code, asked } = await onCluster('pod --sum -o csv');
		assert.deepEqual([stdout, code, asked], ['', 2, []]);
		assert.match(stderr, /--sum has no place in CSV/);
	});
});
