/** What kubectl top would say of each pod of a node: the metrics API's samples, for the way from pods to node. */
import type { KubeClient } from '../kube/client.ts';
import { findMetricsVersion } from '../kube/discovery.ts';
import { listPages } from '../kube/list.ts';
import type { Reading } from '../model/reading.ts';
import { acceptList } from '../sources/accept.ts';
import { decodePodMetricsList } from '../sources/pod-metrics.ts';
import { decodePodList } from '../sources/pods.ts';

/**
 * The sampled pods of a node, each as a part `pod/NAMESPACE/NAME`: the sum of its containers. Empty where there is no
 * metrics API.
 *
 * @throws KubeError if the pods or their samples cannot be listed
 */
export async function readPodsOfNode(client: KubeClient, node: string, signal?: AbortSignal): Promise<Reading[]> {
	const version = await findMetricsVersion(client, signal);
	if (version === null) {
		return [];
	}
	const here = new Set<string>();
	const asked = { accept: acceptList, ...(signal === undefined ? {} : { signal }) };
	await listPages(
		client,
		'/api/v1/pods',
		{ ...asked, query: { fieldSelector: `spec.nodeName=${node}` } },
		(body, type) => decodePodList(body, type, ({ name, namespace }) => here.add(`${namespace}/${name}`)),
	);
	const { body, contentType } = await client.read(`/apis/metrics.k8s.io/${version}/pods`, asked);
	const readings: Reading[] = [];
	decodePodMetricsList(body, contentType, ({ containers, name, namespace, timestamp, window }) => {
		if (!here.has(`${namespace}/${name}`)) {
			return;
		}
		const common = { source: 'metrics-api' as const, at: timestamp, part: `pod/${namespace}/${name}` };
		readings.push(
			{
				...common,
				quantity: 'workingSet',
				value: containers.reduce((sum, { memory }) => sum + memory, 0),
				field: 'PodMetrics Σ containers[].usage.memory',
				window: Number.NaN,
			},
			{
				...common,
				quantity: 'cpuRate',
				value: containers.reduce((sum, { cpu }) => sum + cpu, 0),
				field: 'PodMetrics Σ containers[].usage.cpu',
				window,
			},
		);
	});
	return readings;
}
