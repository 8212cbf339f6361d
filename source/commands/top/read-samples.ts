/** Asks metrics.k8s.io as kubectl asks it, in one request where it answers. */
import type { KubeClient } from '../../kube/client.ts';
import { findMetricsVersion } from '../../kube/discovery.ts';
import { KubeError } from '../../kube/errors.ts';
import { acceptList } from '../../sources/accept.ts';
import { decodeNodeMetricsList } from '../../sources/node-metrics.ts';
import { decodePodMetricsList } from '../../sources/pod-metrics.ts';
import { decoded } from './decoded.ts';
import { readOneAsList } from './one-as-list.ts';
import type { NodeScope, PodScope } from './request.ts';
import { type NodeSample, type PodSample, sumOfAmounts } from './samples.ts';

/** @throws KubeError */
export async function readPodSamples(client: KubeClient, scope: PodScope): Promise<PodSample[]> {
	const samples: PodSample[] = [];
	const place = scope.namespace === '' ? 'pods' : `namespaces/${encodeURIComponent(scope.namespace)}/pods`;
	const { body, contentType } = await readMetrics(client, place, scope, 'PodMetricsList');
	decoded(() =>
		decodePodMetricsList(body, contentType, ({ namespace, name, timestamp, window, containers }) => {
			const copies = containers.map(({ name, cpu, memory, swap }) => ({ name, cpu, memory, swap }));
			samples.push({ namespace, name, timestamp, window, containers: copies, ...sumOfAmounts(copies) });
		}),
	);
	return samples;
}

/** @throws KubeError */
export async function readNodeSamples(client: KubeClient, scope: NodeScope): Promise<NodeSample[]> {
	const samples: NodeSample[] = [];
	const { body, contentType } = await readMetrics(client, 'nodes', { ...scope, fieldSelector: '' }, 'NodeMetricsList');
	decoded(() =>
		decodeNodeMetricsList(body, contentType, ({ name, timestamp, window, cpu, memory, swap }) => {
			samples.push({ name, timestamp, window, cpu, memory, swap });
		}),
	);
	return samples;
}

interface Wanted {
	name: string;
	labelSelector: string;
	fieldSelector: string;
}

/** The list, or the one object as a list. kubectl 1.36 knows v1beta1 alone; where that is gone, v1 has the same. */
async function readMetrics(
	client: KubeClient,
	place: string,
	wanted: Wanted,
	listKind: string,
): Promise<{ body: Buffer; contentType: string }> {
	try {
		return await readVersion(client, `/apis/metrics.k8s.io/v1beta1/${place}`, wanted, listKind);
	} catch (error) {
		if (error instanceof KubeError && error.status === 404 && (await findMetricsVersion(client)) === 'v1') {
			return await readVersion(client, `/apis/metrics.k8s.io/v1/${place}`, wanted, listKind);
		}
		throw error;
	}
}

async function readVersion(
	client: KubeClient,
	path: string,
	{ name, labelSelector, fieldSelector }: Wanted,
	listKind: string,
): Promise<{ body: Buffer; contentType: string }> {
	if (name !== '') {
		return readOneAsList(client, path, name, listKind);
	}
	return client.read(path, {
		accept: acceptList,
		query: { labelSelector: labelSelector || undefined, fieldSelector: fieldSelector || undefined },
	});
}
