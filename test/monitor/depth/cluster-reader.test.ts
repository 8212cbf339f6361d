import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { makeLedger } from '../../../source/explain/ledger.ts';
import { Readings } from '../../../source/model/reading.ts';
import type { Subject as Named } from '../../../source/model/subject.ts';
import { subjectKey } from '../../../source/model/subject.ts';
import { ClusterReader, type ClusterReaderOptions } from '../../../source/monitor/depth/cluster-reader.ts';
import { Gone, type Target } from '../../../source/monitor/depth/reader.ts';
import { reading } from '../../explain/made.ts';
import { type Answers, apiAnswers, cluster, proxy, statusAnswer } from '../../gather/cluster.ts';
import { catOf, containerFiles } from '../../gather/exec/container-files.ts';
import { clientFor } from '../../kube/support/client.ts';
import { execServer } from '../../kube/support/exec-server.ts';

const { signal } = new AbortController();

const unasked = {
	findMachine: async () => undefined,
	target: () => null,
	metricsVersion: () => 'v1beta1',
	podsOfNode: () => [],
};

async function clusterReader(t: TestContext, answers: Answers, options: Partial<ClusterReaderOptions> = {}) {
	const { client } = await cluster(t, answers);
	return new ClusterReader({ ...unasked, client, ...options });
}

function target(subject: Extract<Named, { kind: 'node' | 'pod' | 'container' }>): Target {
	return { subject, kind: subject.kind };
}

const pod = target({ kind: 'pod', namespace: 'web', name: 'native-sidecar', uid: '' });

describe('a subject of a cluster', () => {
	test('is read from the metrics API and the kubelet of its node, without asking which metrics API there is', async (t) => {
		const answers: Answers = { ...apiAnswers(), '/apis/metrics.k8s.io': statusAnswer(500, 'InternalError', 'no') };
		const reader = await clusterReader(t, answers);
		const { key, problems, readings, versions } = await reader.readFar(pod, signal);
		assert.deepEqual(problems, []);
		assert.match(key, /^[0-9a-f-]{36}$/);
		const ledger = makeLedger(subjectKey(pod.subject), 'pod', new Readings(readings), versions);
		assert.match(ledger.claims.find(({ tool }) => tool === 'kubectl-top-pod')?.printed ?? '', /^\d+Mi$/);
		assert.ok(ledger.slices.length > 0);
	});

	test('of which the kubelet may not be asked has the other numbers, and says so once', async (t) => {
		const answers: Answers = apiAnswers();
		for (const path of ['/stats/summary', '/metrics/resource', '/metrics/cadvisor']) {
			answers[`${proxy}${path}`] = statusAnswer(403, 'Forbidden', 'nodes "node-a" is forbidden');
		}
		const { problems, readings } = await (await clusterReader(t, answers)).readFar(pod, signal);
		assert.equal(problems.length, 1);
		assert.match(problems[0] ?? '', /403: nodes\/proxy/);
		assert.ok(new Readings(readings).value('workingSet', 'metrics-api') > 0);
	});

	test('that is a container is found on this machine by its id', async (t) => {
		const reader = await clusterReader(t, apiAnswers());
		const app = target({ kind: 'container', namespace: 'web', pod: 'native-sidecar', container: 'app', id: '' });
		const far = await reader.readFar(app, signal);
		assert.match(far.key, /^[0-9a-f]{64}$/);
		assert.equal(await reader.findNear(app, far), undefined);
	});

	test('whose machine cannot be had has its other numbers, and says why', async (t) => {
		const findMachine = () => Promise.reject(new Error('The demo has ended.'));
		const reader = await clusterReader(t, apiAnswers(), { findMachine });
		const far = await reader.readFar(pod, signal);
		const near = await (await reader.findNear(pod, far))?.(signal);
		assert.deepEqual([near?.readings, near?.problems], [[], ['The demo has ended.']]);
	});

	test('that is a node has its pods as the polls found them', async (t) => {
		const known = reading('metrics-api', 'workingSet', 7, { part: 'pod/web/a' });
		const reader = await clusterReader(t, apiAnswers(), { podsOfNode: (name) => (name === 'node-a' ? [known] : []) });
		const node = target({ kind: 'node', name: 'node-a' });
		const { readings } = await reader.readFar(node, signal);
		assert.ok(readings.includes(known));
		assert.ok(new Readings(readings).value('memoryAllocatable') > 0);
	});

	test('that is a container is read from its inside, which knows its cgroup but not its kubelet', async (t) => {
		const run = catOf(containerFiles);
		const server = await execServer(t, { run: ({ command }) => run(command) });
		const client = await clientFor(t, { server: server.url });
		const reader = new ClusterReader({ ...unasked, client });
		const app = target({ kind: 'container', namespace: 'web', pod: 'api-1', container: 'app', id: '' });
		const { problems, readings, versions } = await reader.readInside(app, signal);
		assert.deepEqual(problems, []);
		assert.equal(new Readings(readings).value('usage', 'cgroup-v2'), 52_428_800);
		assert.deepEqual(Object.keys(versions).sort(), ['cgroup', 'kernel', 'multiGenerationalLru']);
	});

	test('that is a node has no inside', async (t) => {
		const reader = await clusterReader(t, apiAnswers());
		const { problems, readings } = await reader.readInside(target({ kind: 'node', name: 'node-a' }), signal);
		assert.deepEqual(readings, []);
		assert.match(problems.join(), /Only containers/);
	});

	test('that is gone is said to be', async (t) => {
		const answers: Answers = {
			...apiAnswers(),
			'/api/v1/namespaces/web/pods/x': statusAnswer(404, 'NotFound', 'pods "x" not found'),
		};
		const reader = await clusterReader(t, answers);
		await assert.rejects(reader.readFar(target({ kind: 'pod', namespace: 'web', name: 'x', uid: '' }), signal), Gone);
		const nobody = target({ kind: 'container', namespace: 'web', pod: 'native-sidecar', container: 'z', id: '' });
		await assert.rejects(reader.readFar(nobody, signal), Gone);
	});
});
