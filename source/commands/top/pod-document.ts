/** Pods or containers as items: those of the samples in kubectl's order, then those that have none, by name. */

import type { Item, ItemList } from './documents.ts';
import { type SampleContext, whyNoContainerSample, whyNoPodSample } from './evidence.ts';
import { type ContainerUsage, containerUsage, number, type PodUsage, podUsage, rfc3339 } from './items.ts';
import type { PodTableOptions } from './pod-table.ts';
import type { Container, Pod } from './read-objects.ts';
import { type PodSample, sumOfAmounts } from './samples.ts';

/** @param samples in the order of the table */
export function podDocument(
	samples: readonly PodSample[],
	pods: readonly Pod[],
	context: SampleContext,
	{ containers, sum }: Pick<PodTableOptions, 'containers' | 'sum'>,
): ItemList {
	const remaining = new Map(pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
	const items: Array<PodUsage | ContainerUsage> = [];
	for (const sample of samples) {
		const key = `${sample.namespace}/${sample.name}`;
		const pod = remaining.get(key);
		remaining.delete(key);
		items.push(...(containers ? sampledContainers(sample, pod, context) : [podUsage(sample, pod, sample, null)]));
	}
	for (const key of [...remaining.keys()].sort()) {
		const pod = remaining.get(key) as Pod;
		items.push(
			...(containers
				? pod.containers.filter(isExpected).map((container) => unsampledContainer(pod, container, false, context))
				: [podUsage(pod, pod, null, whyNoPodSample(pod, context))]),
		);
	}
	const total = sumOfAmounts(samples);
	return {
		kind: containers ? 'ContainerUsageList' : 'PodUsageList',
		serverTime: rfc3339(context.serverTime),
		sum: sum
			? {
					cpuNanocores: number(total.cpu),
					memoryBytes: number(total.memory),
					swapBytes: number(total.swap),
					sampled: items.filter(({ timestamp }) => timestamp !== null).length,
				}
			: null,
		fields: Object.keys(
			containers
				? containerUsage({ namespace: '', pod: '', name: '' }, undefined, undefined, null, null)
				: podUsage({ namespace: '', name: '' }, undefined, null, null),
		),
		items: items as unknown as readonly Item[],
	};
}

/** Containers that are there to stay. Init containers come and go, ephemeral ones are somebody's debugging. */
function isExpected({ kind, state }: Container): boolean {
	return kind === 'app' || kind === 'sidecar' || state === 'Running';
}

function sampledContainers(sample: PodSample, pod: Pod | undefined, context: SampleContext): ContainerUsage[] {
	const { namespace, name: podName, timestamp, window } = sample;
	const items = sample.containers.map((amounts) =>
		containerUsage(
			{ namespace, pod: podName, name: amounts.name },
			pod?.containers.find(({ name }) => name === amounts.name),
			pod?.node,
			{ ...amounts, timestamp, window },
			null,
		),
	);
	if (pod === undefined) {
		return items;
	}
	const sampled = new Set(sample.containers.map(({ name }) => name));
	const missing = pod.containers.filter((container) => isExpected(container) && !sampled.has(container.name));
	return [...items, ...missing.map((container) => unsampledContainer(pod, container, true, context))];
}

function unsampledContainer(
	pod: Pod,
	container: Container,
	podSampled: boolean,
	context: SampleContext,
): ContainerUsage {
	return containerUsage(
		{ namespace: pod.namespace, pod: pod.name, name: container.name },
		container,
		pod.node,
		null,
		whyNoContainerSample(pod, container, podSampled, context),
	);
}
