import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containerOf, readPod } from '../../source/gather/pod.ts';
import { KubeError } from '../../source/kube/errors.ts';
import type { SourceId } from '../../source/model/reading.ts';
import { type Answers, apiAnswers, change, cluster, proxy, statusAnswer } from './cluster.ts';

const api = '/api/v1/namespaces';
const kubeletSources: readonly SourceId[] = ['kubelet-summary', 'kubelet-resource', 'kubelet-cadvisor'];

describe('a pod', () => {
	test('has the readings of all sources, joined by container', async (t) => {
		const { client } = await cluster(t);
		const pod = await readPod(client, 'web', 'native-sidecar');
		assert.deepEqual(pod.problems, []);
		assert.deepEqual(
			pod.containers.map(({ subject, kind, state }) => [subject.container, subject.id.length, kind, state]),
			[
				['proxy', 64, 'sidecar', 'Running'],
				['prepare', 64, 'init', 'Completed'],
				['app', 64, 'app', 'Running'],
			],
		);
		assert.deepEqual([pod.node, pod.qosClass, pod.status], ['node-a', 'Burstable', 'Running']);
		assert.deepEqual([pod.versions.kubelet, pod.versions.cgroup], ['v1.36.3', 'v1']);
		for (const { subject, readings } of pod.containers.filter(({ state }) => state === 'Running')) {
			for (const source of ['metrics-api', ...kubeletSources] as const) {
				assert.ok(readings.value('workingSet', source) > 0, `${subject.container} ${source}`);
				assert.equal(
					pod.readings.findPart(`container/${subject.container}`, 'workingSet', source)?.value,
					readings.value('workingSet', source),
				);
			}
			assert.equal(readings.value('memoryLimit', 'pod-spec'), 32 * 2 ** 20);
			assert.equal(readings.value('memoryLimit', 'kubelet-cadvisor'), 32 * 2 ** 20);
		}
		const proxyReadings = containerOf(pod, 'proxy')?.readings;
		assert.equal(proxyReadings?.find('memoryRequest')?.field, 'spec.initContainers[proxy].resources.requests.memory');
		assert.equal(containerOf(pod, 'nobody'), undefined);
	});

	test('is the sum of its containers to kubectl, and its cgroup to the kubelet', async (t) => {
		const { client } = await cluster(t);
		const { readings, containers } = await readPod(client, 'web', 'native-sidecar');
		const sum = (source: SourceId) =>
			containers
				.filter(({ state }) => state === 'Running')
				.reduce((total, container) => total + container.readings.value('workingSet', source), 0);
		assert.equal(readings.value('workingSet', 'metrics-api'), sum('metrics-api'));
		assert.equal(readings.find('workingSet', 'metrics-api')?.field, 'Σ containers[*].usage.memory');
		const pause = readings.findPart('pause', 'workingSet', 'kubelet-cadvisor')?.value ?? Number.NaN;
		const own = readings.value('workingSet', 'kubelet-cadvisor') - sum('kubelet-cadvisor') - pause;
		assert.equal(own, 45_056, 'kernel memory of the pod itself');
		assert.equal(readings.value('memoryLimit', 'pod-spec'), 64 * 2 ** 20);
	});

	test('of which a container was killed and not yet started again has what is left, and says what is not', async (t) => {
		const { client } = await cluster(t);
		const pod = await readPod(client, 'jobs', 'oom-loop');
		assert.equal(pod.containers[0]?.state, 'OOMKilled');
		assert.deepEqual(
			pod.problems.map(({ source, id }) => [source, id]),
			[
				['metrics-api', 'no-sample'],
				['kubelet-summary', 'no-sample'],
				['kubelet-resource', 'no-sample'],
			],
		);
		assert.equal(pod.readings.value('limitHits', 'kubelet-cadvisor'), 4247);
		assert.equal(pod.readings.findPart('pause', 'usage')?.value, 196_608);
		assert.deepEqual(
			pod.containers[0]?.readings.all.map(({ source }) => source).filter((source) => source !== 'pod-spec'),
			[],
		);
	});

	test('whose container was started anew is not given the numbers of the one before', async (t) => {
		const answers: Answers = apiAnswers();
		const id = '2be789f9cadb4a79785c74c64b290d2de3648cf88a83c305bf0406ff83525821';
		change(answers, `${api}/default/pods/anonymous`, (text) =>
			text
				.replaceAll(id, 'f'.repeat(64))
				.replaceAll(/"running":\{"startedAt":"[^"]*"/g, '"running":{"startedAt":"2026-11-21T12:30:00Z"'),
		);
		const { client } = await cluster(t, answers);
		const pod = await readPod(client, 'default', 'anonymous');
		assert.deepEqual(pod.problems.map(({ source, id: problem }) => [source, problem]).sort(), [
			['kubelet-cadvisor', 'other-container'],
			['kubelet-resource', 'older-sample'],
			['kubelet-summary', 'older-sample'],
			['metrics-api', 'older-sample'],
		]);
		for (const problem of pod.problems) {
			assert.match(problem.sentence, /^(The kubelet's|The sample of app in the) /);
		}
		const [container] = pod.containers;
		assert.equal(container?.readings.find('workingSet'), undefined);
		assert.equal(pod.readings.value('workingSet', 'kubelet-cadvisor'), 31_993_856, 'the pod is still the same');
	});

	test('that was deleted and made again under the same name is another pod', async (t) => {
		const answers: Answers = apiAnswers();
		const uid = '0a2c5414-a0d9-4a8b-a5e3-f0f2d93b51b8';
		change(answers, `${api}/default/pods/anonymous`, (text) => text.replaceAll(uid, uid.replace('0a', '0b')));
		const { client } = await cluster(t, answers);
		const { readings } = await readPod(client, 'default', 'anonymous');
		assert.equal(readings.find('workingSet', 'kubelet-summary', 'kubelet-cadvisor'), undefined);
		assert.ok(readings.find('workingSet', 'kubelet-resource'), 'which knows no uid');
	});

	test('to whose node there is no way has what the API server gives', async (t) => {
		const answers: Answers = apiAnswers();
		for (const path of ['/stats/summary', '/metrics/resource', '/metrics/cadvisor']) {
			answers[`${proxy}${path}`] = statusAnswer(403, 'Forbidden', 'nodes "node-a" is forbidden');
		}
		const { client } = await cluster(t, answers);
		const pod = await readPod(client, 'default', 'anonymous');
		assert.deepEqual(
			pod.problems.map(({ source, id }) => [source, id]).sort(),
			[...kubeletSources].sort().map((source) => [source, 'nodes-proxy-forbidden']),
		);
		assert.deepEqual([...new Set(pod.readings.all.map(({ source }) => source))].sort(), ['metrics-api', 'pod-spec']);
		assert.equal(pod.versions.cgroup, '');
	});

	test('without a node is asked of no kubelet', async (t) => {
		const answers: Answers = apiAnswers();
		change(answers, `${api}/default/pods/anonymous`, (text) => text.replace('"nodeName":"node-a",', ''));
		const { client, server } = await cluster(t, answers);
		const pod = await readPod(client, 'default', 'anonymous');
		assert.equal(pod.problems[0]?.id, 'not-scheduled');
		assert.equal(
			server.asked.some(({ url }) => url.includes('/nodes/')),
			false,
		);
	});

	test('in a cluster without the metrics API says so', async (t) => {
		const answers: Answers = apiAnswers();
		delete answers['/apis/metrics.k8s.io'];
		const { client } = await cluster(t, answers);
		const pod = await readPod(client, 'default', 'anonymous');
		assert.deepEqual(
			pod.problems.map(({ id }) => id),
			['no-metrics-api'],
		);
	});

	test('that does not exist is an error, and its name cannot lead elsewhere', async (t) => {
		const { client, server } = await cluster(t);
		await assert.rejects(readPod(client, 'web', '../../nodes/node-a'), KubeError);
		assert.equal(
			server.asked.some(({ url }) => url === '/api/v1/nodes/node-a'),
			false,
		);
	});
});
