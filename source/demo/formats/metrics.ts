import type { NodeUsage, PodUsage, Usage } from '../model/metrics-server.ts';
import { type ApiObject, apiTime, type JsonObject } from './json.ts';
import { nodeLabels } from './node.ts';
import { podLabels } from './pod.ts';
import { binaryQuantity, cpuQuantity } from './quantity.ts';
import { part, parts, text } from './table.ts';

/** A length of time as Go writes it: `17.708s`, `1m2s`. @param length ms */
export function goDuration(length: number): string {
	if (length === 0) return '0s';
	const minutes = Math.floor(length / 60_000);
	const seconds = (length % 60_000) / 1000;
	return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function usageList(usage: Usage): JsonObject {
	return { cpu: cpuQuantity(usage.cpu), memory: binaryQuantity(usage.memory) };
}

/** @param now of the answer, ms since 1970: metrics-server makes its objects when it is asked */
export function podMetricsObject(usage: PodUsage, now: number): ApiObject {
	return {
		metadata: {
			name: usage.pod.name,
			namespace: usage.pod.slot.workload.namespace,
			creationTimestamp: apiTime(now),
			labels: podLabels(usage.pod),
		},
		timestamp: apiTime(usage.timestamp),
		window: goDuration(usage.window),
		containers: usage.containers.map((container) => ({ name: container.name, usage: usageList(container) })),
	};
}

/** @param now of the answer, ms since 1970 */
export function nodeMetricsObject(usage: NodeUsage, now: number): ApiObject {
	return {
		metadata: { name: usage.node.name, creationTimestamp: apiTime(now), labels: nodeLabels(usage.node) },
		timestamp: apiTime(usage.timestamp),
		window: goDuration(usage.window),
		usage: usageList(usage),
	};
}

const nano: Readonly<Record<string, number>> = { n: 1, u: 1000, m: 1_000_000, '': 1_000_000_000 };
const binary: Readonly<Record<string, number>> = { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

function units(quantity: string, table: Readonly<Record<string, number>>): number {
	const [, digits = '0', suffix = ''] = /^(\d+)(\D*)$/.exec(quantity) ?? [];
	return Number(digits) * (table[suffix] ?? 0);
}

/** Sums over the containers of a PodMetrics, as the metrics API's own Table has them. */
export function podMetricsSum(object: ApiObject): [cpu: string, memory: string] {
	let cpu = 0;
	let memory = 0;
	for (const container of parts(object['containers'])) {
		const usage = part(container['usage']);
		cpu += units(text(usage['cpu']), nano);
		memory += units(text(usage['memory']), binary);
	}
	return [cpuQuantity(cpu), binaryQuantity(memory)];
}
