import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApiObject } from '../formats/json.ts';
import { nodeMetricsObject, podMetricsObject } from '../formats/metrics.ts';
import { nodeLabels } from '../formats/node.ts';
import { podLabels } from '../formats/pod.ts';
import { cycleAt, nodeUsage, slotUsage } from '../model/metrics-server.ts';
import type { PodEntry } from './cluster.ts';
import type { Entry } from './collection.ts';
import type { Service } from './context.ts';
import type { ResourceType } from './resources.ts';
import type { Selection } from './select.ts';

/** When the newest samples are from: now, or the start if samples have stopped. */
function samplesTime(service: Service): number {
	return service.behaviour.metricsStopped ? service.cluster.world.origin : service.clock.now();
}

/** Names the set of samples that is answered from now: it changes every 15 s. */
export function samplesName(service: Service): string {
	return String(cycleAt(samplesTime(service)));
}

function entryOf(namespace: string, name: string, labels: () => Readonly<Record<string, string>>, object: () => ApiObject): Entry {
	return { key: namespace ? `${namespace}/${name}` : name, namespace, name, version: 0, labels, object, encoded: new Map() };
}

function podMetrics(service: Service, entry: PodEntry, cycle: number): Entry | undefined {
	const usage = slotUsage(service.cluster.world, entry.slot, entry.life(), cycle, service.samples);
	if (!usage) return undefined;
	const now = service.clock.now();
	return entryOf(entry.namespace, entry.name, () => podLabels(usage.pod), () => podMetricsObject(usage, now));
}

/** The metrics objects that a request means, in order. */
export async function metricsEntries(service: Service, type: ResourceType, selection: Selection): Promise<Entry[]> {
	const { cluster, clock, behaviour, samples } = service;
	if (behaviour.metricsEmpty) return [];
	const cycle = cycleAt(samplesTime(service));
	const found: Entry[] = [];
	if (type.namespaced) {
		const pods = service.resources.find((other) => other.group === '' && other.name === 'pods');
		if (!pods) return [];
		const { entries } = cluster.collection(pods).snapshot(cluster.version, clock.now());
		for (const [index, entry] of entries.entries()) {
			if (index % 1000 === 999) await nextTurn();
			if (!selection.matches(entry)) continue;
			const metrics = podMetrics(service, entry as PodEntry, cycle);
			if (metrics) found.push(metrics);
		}
		// It sorts by namespace and name; the store's order differs where one namespace begins with another's name.
		return found.sort((first, second) => compare(first.namespace, second.namespace) || compare(first.name, second.name));
	}
	for (const [index, node] of cluster.world.nodes.entries()) {
		if (index % 50 === 49) await nextTurn();
		const entry = entryOf('', node.name, () => nodeLabels(node), () => ({ metadata: { name: node.name } }));
		if (!selection.matches(entry)) continue;
		const usage = nodeUsage(cluster.world, node, cluster.slotsOf.get(node) ?? [], cycle, samples);
		const now = clock.now();
		if (usage) found.push(entryOf('', node.name, entry.labels, () => nodeMetricsObject(usage, now)));
	}
	return found.sort((first, second) => compare(first.name, second.name));
}

const compare = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);
