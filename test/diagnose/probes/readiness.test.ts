import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveDemo } from '../../../source/demo/serve.ts';
import type { ProbeContext } from '../../../source/diagnose/probe.ts';
import { readinessProbe } from '../../../source/diagnose/probes/readiness.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { connect } from '../../../source/kube/connect.ts';
import { evidenceOf, healthy } from '../evidence.ts';

const kubeSystem = '/api/v1/namespaces/kube-system';

/** What it asks for, and what it learns, where that is wrong with the demo cluster. */
async function check(faults: readonly string[]) {
	const demo = await serveDemo({ nodes: 5, pods: 40, faults });
	const client = await connect({ kubeconfig: demo.kubeconfig }, {});
	try {
		const { items } = await client.readJson<{ items: { metadata: { name: string } }[] }>(
			`${kubeSystem}/pods?labelSelector=k8s-app%3Dmetrics-server`,
		);
		const name = items[0]?.metadata.name ?? '';
		const asked: string[] = [];
		const listening: Pick<KubeClient, 'read'> = {
			read(path, options) {
				asked.push(path.replace(name, 'POD'));
				return client.read(path, options);
			},
		};
		const context: ProbeContext = {
			reach: () => Promise.resolve(listening as KubeClient),
			signal: AbortSignal.timeout(10_000),
		};
		const [pod] = healthy['workload-pods'].value ?? [];
		assert.ok(pod);
		const evidence = evidenceOf({
			...healthy,
			'workload-pods': { ...healthy['workload-pods'], value: [{ ...pod, name }] },
		});
		return { asked, value: (await readinessProbe.ask(context, evidence)).value };
	} finally {
		client.close();
		await demo.close();
	}
}

describe('the check of metrics-server', () => {
	test('goes to its Service, where that leads to a ready pod', async () => {
		const { asked, value } = await check([]);
		assert.deepEqual(asked, [`${kubeSystem}/services/https:metrics-server:https/proxy/readyz`]);
		assert.deepEqual(value, { ready: true, failing: [] });
	});

	test('goes to the pod itself, where none is ready: the Service leads nowhere then', async () => {
		const { asked, value } = await check(['ms-not-ready-no-metrics']);
		assert.deepEqual(asked, [
			`${kubeSystem}/services/https:metrics-server:https/proxy/readyz`,
			`${kubeSystem}/pods/https:POD:10250/proxy/readyz`,
		]);
		assert.deepEqual(value, { ready: false, failing: ['metric-storage-ready'] });
	});
});
