import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveDemo } from '../../source/demo/serve.ts';
import { connect } from '../../source/kube/connect.ts';
import { ClusterFollower, followCluster } from '../../source/monitor/follow/cluster-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';
import { type Answer, FakeClient, refusal, until } from './follow/fake-client.ts';

/** So many minutes of the cluster pass while the program polls it once a second. */
const minutes = 4;

describe('a healthy cluster whose pods come and go', () => {
	for (const [pods, clockSpeed, what] of [
		[140, 60, 'a small one'],
		[4_200, 20, 'one that is too large for the demo to keep as objects'],
	] as const) {
		test(`${what} is listed once, and never examined`, async (t) => {
			const demo = await serveDemo({ nodes: Math.ceil(pods / 30), pods, clockSpeed, replacing: 20 });
			const requests: string[] = [];
			const client = await connect({ kubeconfig: demo.kubeconfig }, {}, { debug: (line) => requests.push(line) });
			const options = {
				connection: { kubeconfig: demo.kubeconfig },
				local: false,
				namespace: undefined,
				labelSelector: '',
				fieldSelector: '',
				refresh: 1_000,
				demo: true,
				root: '/',
				debugFile: '',
			};
			const polled = Promise.withResolvers<void>();
			const count = (pattern: RegExp) => requests.filter((line) => pattern.test(line)).length;
			const hear = () => {
				if (count(/metrics.k8s.io\/v1beta1\/pods 200 .* ended/) >= (minutes * 60) / clockSpeed) {
					polled.resolve();
				}
			};
			const host = new DataHost(followCluster(client, options), options, hear);
			t.after(async () => {
				host.close();
				await demo.close();
			});
			host.start();
			await polled.promise;
			assert.equal(count(/\/api\/v1\/pods(?: |\?limit=500 )/), 1, 'lists of all pods');
			assert.equal(count(/\/api\/v1\/pods\?watch=1/), 1, 'watches of all pods');
			// The monitor asks for the versions of the group once, and every examination does.
			assert.equal(count(/GET \/apis\/metrics\.k8s\.io 200 .* ended/), 1, 'examinations');
		});
	}
});

const started = '2026-01-01T00:00:00Z';
const hourLater = Date.parse(started) + 3_600_000;

const pod = (name: string) => ({
	metadata: { name, namespace: 'web', uid: `uid-of-${name}`, resourceVersion: '2', creationTimestamp: started },
	spec: { nodeName: 'n1', containers: [{ name: 'app' }] },
	status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: { startedAt: started } } }] },
});

/** One pod with its sample; after the list and the samples were read the watch tells of another. */
function answer({ path, query }: { path: string; query: Record<string, string | undefined> }): Answer {
	const list = (kind: string, items: readonly unknown[]) => ({
		json: { kind, apiVersion: 'v1', metadata: { resourceVersion: '1' }, items },
	});
	const sample = { timestamp: '2026-01-01T00:59:50Z', window: '15s' };
	const usage = { cpu: '5m', memory: '2Mi' };
	switch (path) {
		case '/api/v1/pods':
			return query['watch'] === undefined
				? list('PodList', [pod('a')])
				: { events: [{ type: 'ADDED', object: { kind: 'Pod', apiVersion: 'v1', ...pod('late') } }], open: true };
		case '/api/v1/nodes':
			return query['watch'] === undefined
				? list('NodeList', [{ metadata: { name: 'n1', uid: 'n1', creationTimestamp: started } }])
				: { events: [], open: true };
		case '/apis/metrics.k8s.io':
			return { json: { kind: 'APIGroup', versions: [{ version: 'v1beta1' }] } };
		case '/apis/metrics.k8s.io/v1beta1/nodes':
			return list('NodeMetricsList', [{ metadata: { name: 'n1' }, ...sample, usage }]);
		case '/apis/metrics.k8s.io/v1beta1/pods':
			return list('PodMetricsList', [
				{ metadata: { name: 'a', namespace: 'web' }, ...sample, containers: [{ name: 'app', usage }] },
			]);
		default:
			return refusal(404);
	}
}

test('a pod that is told of after the samples, however old, sends for no doctor', async (t) => {
	const client = new FakeClient(answer);
	client.now = hourLater;
	const follower = new ClusterFollower({
		client,
		namespace: null,
		labelSelector: '',
		fieldSelector: '',
		refresh: 600_000,
		findMachine: async () => undefined,
		changed: () => {},
		connection: null,
		doctorPace: { settle: 0, least: 0 },
	});
	t.after(() => follower.stop());
	follower.start();
	await until(() => follower.polls > 0 && follower.fleet.pods.slots.count === 2, 'both pods and the samples');
	const findings = follower.judge(follower.context(), null);
	assert.deepEqual(
		findings.filter(({ id }) => id === 'pods-without-samples'),
		[],
	);
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.equal(client.asked.filter(({ path }) => path === '/apis/metrics.k8s.io').length, 1);
});
