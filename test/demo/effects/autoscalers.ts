import assert from 'node:assert/strict';
import { type Effect, type Effects, type Look, metrics, names } from './look.ts';

const ours = '/apis/autoscaling/v2/namespaces/payments/horizontalpodautoscalers/receipts';

/** Names and containers of the pods that it counts, by the selector of its target's scale. */
async function counted(look: Look) {
	const { json } = await look.get('/apis/apps/v1/namespaces/payments/deployments/receipts/scale');
	assert.deepEqual([json.kind, json.apiVersion], ['Scale', 'autoscaling/v1']);
	const selector = encodeURIComponent(json.status.selector);
	return (await look.get(`/api/v1/namespaces/payments/pods?labelSelector=${selector}`)).json.items;
}

/** What its condition and its events say, in the same words. */
function says(reason: string, words: RegExp, more: Effect = async () => {}): Effect {
	return async (look) => {
		const { status } = (await look.get(ours)).json;
		const active = status.conditions.find(({ type }: { type: string }) => type === 'ScalingActive');
		assert.deepEqual([active.status, active.reason], ['False', reason]);
		assert.match(active.message, words);
		const selector = 'involvedObject.kind%3DHorizontalPodAutoscaler';
		const { items } = (await look.get(`/api/v1/namespaces/payments/events?fieldSelector=${selector}`)).json;
		const reasons = items.map((item: { reason: string }) => item.reason).sort();
		assert.deepEqual(reasons, ['FailedComputeMetricsReplicas', reason].sort());
		for (const { message } of items) assert.match(message, words);
		await more(look);
	};
}

async function withoutRequest(look: Look): Promise<readonly string[]> {
	return (await counted(look))
		.filter(({ spec }: { spec: { containers: { resources: { requests?: { cpu?: string } } }[] } }) =>
			spec.containers.some(({ resources }) => resources.requests?.cpu === undefined),
		)
		.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
}

export const autoscalerEffects = {
	'hpa-missing-request': says(
		'FailedGetResourceMetric',
		/failed to get cpu utilization: missing request for cpu in container receipts of Pod receipts-/,
		async (look) => assert.equal((await withoutRequest(look)).length, 2),
	),
	'hpa-metrics-api-missing': says(
		'FailedGetResourceMetric',
		/unable to fetch metrics from resource metrics API: the server is currently unable to handle the request \(get pods\.metrics\.k8s\.io\)/,
		async (look) => assert.ok((await names(look, `${metrics}/pods`)).length > 0),
	),
	'hpa-no-metrics-returned': says(
		'FailedGetResourceMetric',
		/did not receive metrics for targeted pods \(pods might be unready\)/,
		async (look) => {
			for (const { status } of await counted(look)) {
				assert.deepEqual([status.phase, status.containerStatuses[0].ready], ['Running', false]);
			}
		},
	),
	'hpa-selector-overlap': says(
		'FailedGetResourceMetric',
		/missing request for cpu in container backfill of Pod receipts-backfill-/,
		async (look) => {
			const lacking = await withoutRequest(look);
			assert.ok(lacking.length === 1 && lacking[0]?.startsWith('receipts-backfill-'), lacking.join());
			assert.equal((await counted(look)).length, 3);
		},
	),
	'hpa-custom-missing': says('FailedGetPodsMetric', /no custom metrics API \(custom\.metrics\.k8s\.io\) registered/),
	'hpa-controller-rbac': says(
		'FailedGetResourceMetric',
		/pods\.metrics\.k8s\.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list/,
		async (look) => {
			const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:controller:horizontal-pod-autoscaler';
			assert.doesNotMatch(JSON.stringify((await look.get(role)).json.rules), /"metrics\.k8s\.io"/);
		},
	),
	'hpa-container-missing': says(
		'FailedGetContainerResourceMetric',
		/did not receive metrics for targeted pods \(pods might be unready\)/,
		async (look) => {
			const [metric] = (await look.get(ours)).json.spec.metrics;
			for (const { spec } of await counted(look)) {
				const there = spec.containers.map(({ name }: { name: string }) => name);
				assert.ok(!there.includes(metric.containerResource.container), there.join());
			}
		},
	),
} satisfies Effects;
