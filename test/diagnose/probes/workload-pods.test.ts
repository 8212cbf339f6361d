import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveDemo } from '../../../source/demo/serve.ts';
import { workloadPodsProbe } from '../../../source/diagnose/probes/workload-pods.ts';
import { connect } from '../../../source/kube/connect.ts';
import { evidenceOf, healthy, refused } from '../evidence.ts';

test('without a Service, metrics-server is looked for among all pods, some of them at a time', async (t) => {
	const demo = await serveDemo({ nodes: 12, pods: 450, freezeClock: true, faults: ['apiservice-service-gone'] });
	const asked: string[] = [];
	const debug = (line: string) => asked.push(/GET (\S+) 200 .* ended/.exec(line)?.[1] ?? '');
	const client = await connect({ kubeconfig: demo.kubeconfig }, {}, { debug });
	t.after(async () => {
		client.close();
		await demo.close();
	});
	const { value } = await workloadPodsProbe.ask(
		{ reach: async () => client, signal: AbortSignal.timeout(10_000) },
		evidenceOf({ ...healthy, service: refused(404, 'services "metrics-server" not found') }),
	);
	assert.deepEqual(
		value?.map(({ namespace, owner }) => `${namespace}/${owner.replace(/-[^-]+$/, '')}`),
		['kube-system/ReplicaSet/metrics-server'],
	);
	assert.deepEqual(
		asked.filter((path) => path.startsWith('/api/v1/pods')),
		['', '&continue=…', '&continue=…'].map((more) => `/api/v1/pods?limit=200${more}`),
	);
});
