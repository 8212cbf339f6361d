import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPodsOfNode } from '../../source/gather/node-pods.ts';
import { type Answer, FakeClient, refusal } from '../monitor/follow/fake-client.ts';

const group: Answer = {
	json: {
		kind: 'APIGroup',
		apiVersion: 'v1',
		name: 'metrics.k8s.io',
		versions: [{ groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' }],
		preferredVersion: { groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' },
	},
};

const pods: Answer = {
	json: {
		kind: 'PodList',
		apiVersion: 'v1',
		metadata: { resourceVersion: '1' },
		items: [
			{
				metadata: { namespace: 'web', name: 'a', uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z' },
				spec: { nodeName: 'n1', containers: [{ name: 'app' }, { name: 'proxy' }] },
				status: { phase: 'Running' },
			},
		],
	},
};

const sample = (namespace: string, name: string) => ({
	metadata: { namespace, name },
	timestamp: '2026-01-01T00:01:00Z',
	window: '15s',
	containers: [
		{ name: 'app', usage: { cpu: '10m', memory: '3Mi' } },
		{ name: 'proxy', usage: { cpu: '1500001n', memory: '1Ki' } },
	],
});

const samples: Answer = {
	json: { kind: 'PodMetricsList', metadata: {}, items: [sample('web', 'a'), sample('web', 'on-another-node')] },
};

describe('the pods of a node', () => {
	test('are sums over the containers of those that run on it, and of no others', async () => {
		const client = new FakeClient(({ path }) =>
			path === '/apis/metrics.k8s.io' ? group : path === '/api/v1/pods' ? pods : samples,
		);
		const readings = await readPodsOfNode(client, 'n1');
		assert.deepEqual(
			readings.map(({ part, quantity, value }) => [part, quantity, value]),
			[
				['pod/web/a', 'workingSet', 3 * 2 ** 20 + 1024],
				['pod/web/a', 'cpuRate', 11_500_001],
			],
		);
		assert.equal(readings[1]?.window, 15_000);
		const listed = client.asked.find(({ path }) => path === '/api/v1/pods');
		assert.equal(listed?.query['fieldSelector'], 'spec.nodeName=n1');
	});

	test('are none where there is no metrics API', async () => {
		assert.deepEqual(await readPodsOfNode(new FakeClient(() => refusal(404)), 'n1'), []);
	});

	test('that may not be listed are an error, not an empty sum', async () => {
		const client = new FakeClient(({ path }) => (path === '/apis/metrics.k8s.io' ? group : refusal(403)));
		await assert.rejects(readPodsOfNode(client, 'n1'), { status: 403 });
	});
});
