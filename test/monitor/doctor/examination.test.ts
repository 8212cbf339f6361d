import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fleet } from '../../../source/model/fleet/fleet.ts';
import { examineCluster } from '../../../source/monitor/doctor/examination.ts';
import type { FollowedPods } from '../../../source/monitor/doctor/known-pods.ts';
import { type Answer, FakeClient, refusal } from '../follow/fake-client.ts';

const list = (kind: string) => ({ json: { kind, apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [] } });

/** A cluster whose metrics API answers with empty lists, and whatever else is asked with 404. */
function answer({ path }: { path: string }): Answer {
	switch (path) {
		case '/version':
			return { json: { gitVersion: 'v1.36.3', major: '1', minor: '36' } };
		case '/apis/metrics.k8s.io':
			return { json: { kind: 'APIGroup', versions: [{ version: 'v1beta1' }] } };
		case '/apis/metrics.k8s.io/v1beta1':
			return { json: { kind: 'APIResourceList', resources: [{ name: 'nodes' }, { name: 'pods' }] } };
		case '/apis/metrics.k8s.io/v1beta1/nodes':
			return list('NodeMetricsList');
		case '/apis/metrics.k8s.io/v1beta1/pods':
			return list('PodMetricsList');
		case '/api/v1/pods':
			return list('PodList');
		case '/api/v1/nodes':
			return list('NodeList');
		default:
			return refusal(404);
	}
}

describe('an examination with the monitor’s client', () => {
	const listed = async (pods: number, followed: FollowedPods | null = null) => {
		const client = new FakeClient(answer);
		await examineCluster(
			{ settings: undefined, client, namespace: null, pods, followed: () => followed },
			new AbortController().signal,
		);
		return client.asked.map(({ path }) => path).filter((path) => path.endsWith('/pods'));
	};

	test('lists the pods and their samples where what is followed does not tell of all', async () => {
		assert.deepEqual((await listed(100)).toSorted().slice(0, 2), ['/api/v1/pods', '/apis/metrics.k8s.io/v1beta1/pods']);
	});

	test('lists neither once more where there are very many', async () => {
		const paths = await listed(150_000);
		assert.ok(!paths.includes('/apis/metrics.k8s.io/v1beta1/pods'), paths.join());
	});

	test('lists neither where they are followed, however few', async () => {
		const asOf = { time: 1_000_000, rows: Number.POSITIVE_INFINITY };
		const followed = { fleet: new Fleet(), namespace: null, version: 'v1beta1', asOf, nodesSampled: true };
		const paths = await listed(1, followed);
		assert.ok(!paths.includes('/apis/metrics.k8s.io/v1beta1/pods'), paths.join());
	});
});
