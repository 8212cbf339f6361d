import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { type FaultName, faults, findFault, listFaults } from '../../source/demo/faults.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { ask, currentToken, readKubeconfig } from './ask.ts';
import { accessEffects } from './effects/access.ts';
import { autoscalerEffects } from './effects/autoscalers.ts';
import { backendEffects } from './effects/backend.ts';
import { callerEffects } from './effects/callers.ts';
import { credentialEffects } from './effects/credentials.ts';
import { frontEffects } from './effects/front.ts';
import { gapEffects } from './effects/gaps.ts';
import { kubeconfigEffects } from './effects/kubeconfig.ts';
import { kubeletEffects } from './effects/kubelet.ts';
import { kubeletDataEffects } from './effects/kubelet-data.ts';
import type { Effect } from './effects/look.ts';
import { misleadingEffects } from './effects/misleading.ts';
import { networkEffects } from './effects/network.ts';
import { registrationEffects } from './effects/registration.ts';
import { samplesEffects } from './effects/samples.ts';
import { serverEffects } from './effects/server.ts';
import { subjectEffects } from './effects/subjects.ts';
import { workloadEffects } from './effects/workload.ts';

/** What one sees of each fault. A new fault needs its line in its family. */
const effects: Record<FaultName, Effect> = {
	...registrationEffects,
	...backendEffects,
	...workloadEffects,
	...kubeletEffects,
	...kubeletDataEffects,
	...misleadingEffects,
	...samplesEffects,
	...subjectEffects,
	...gapEffects,
	...autoscalerEffects,
	...accessEffects,
	...callerEffects,
	...kubeconfigEffects,
	...credentialEffects,
	...networkEffects,
	...frontEffects,
	...serverEffects,
};

/** What TLS has a part in. */
const encrypted: ReadonlySet<string> = new Set([
	...Object.keys(networkEffects),
	'client-cert-expired',
	'credentials-wrong-cluster',
	'kubeconfig-file-ref-missing',
	'kubeconfig-flag-conflict',
]);

const metrics = '/apis/metrics.k8s.io/v1beta1';

describe('faults', () => {
	test('have a description, and names that no other has', () => {
		const all = listFaults();
		const every = all.flatMap(({ name, also }) => [name, ...also]);
		assert.equal(new Set(every).size, every.length);
		for (const { name, description } of all) {
			assert.ok(description.length > 10, name);
			assert.equal(findFault(name)?.name, name);
		}
		assert.equal(findFault('no-metrics-api')?.name, 'api-group-absent');
	});

	for (const { name } of faults) {
		test(`${name} is seen`, async () => {
			// Half a minute passes at once where something takes as long.
			const hurried = name === 'api-goes-away';
			if (hurried) mock.timers.enable({ apis: ['setTimeout'] });
			const insecure = !encrypted.has(name);
			const demo = await serveDemo({ insecure, faults: [name], freezeClock: hurried });
			try {
				await effects[name]({
					demo,
					// Some of them leave none that could be read.
					get config() {
						return readKubeconfig(demo.kubeconfig);
					},
					get(path, accept = 'application/json') {
						return ask(`${demo.url}${path}`, { token: currentToken(this.config), headers: { accept } });
					},
				});
			} finally {
				await demo.close();
				mock.timers.reset();
			}
		});
	}

	test('of the pod of metrics-server are seen among very many pods too', async () => {
		const demo = await serveDemo({ insecure: true, nodes: 60, pods: 4200, faults: ['ms-node-not-ready'] });
		try {
			const token = currentToken(readKubeconfig(demo.kubeconfig));
			const path = '/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dmetrics-server';
			const [pod] = (await ask(`${demo.url}${path}`, { token })).json.items;
			const ready = pod.status.conditions.find(({ type }: { type: string }) => type === 'Ready');
			assert.equal(ready.status, 'False');
		} finally {
			await demo.close();
		}
	});

	test('several can be on at once', async () => {
		const demo = await serveDemo({ insecure: true, faults: ['namespace-only', 'metrics-empty'] });
		try {
			const token = currentToken(readKubeconfig(demo.kubeconfig));
			assert.equal((await ask(`${demo.url}/api/v1/nodes`, { token })).status, 403);
			assert.deepEqual((await ask(`${demo.url}${metrics}/namespaces/payments/pods`, { token })).json.items, []);
		} finally {
			await demo.close();
		}
	});
});
