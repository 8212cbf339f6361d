/** Cells of `kubectl top node` (kubectl/pkg/metricsutil/metrics_printer.go and cmd/top/top_node.go, read at 1.36.3). */
import { kubectlBytesPercent, kubectlCpuPercent, kubectlMebibytes, kubectlMillicores } from '../../model/quantity.ts';
import type { NodeSample } from './samples.ts';

/** What the percentages of a node are of; NaN = the node does not say. */
export interface NodeAvailable {
	cpu: number;
	memory: number;
	swap: number;
}

export interface NodeTableOptions {
	headers: boolean;
	showSwap: boolean;
}

export const unknown = '<unknown>';

export function nodeHeader(showSwap: boolean): string[] {
	return [
		'NAME',
		'CPU(cores)',
		'CPU(%)',
		'MEMORY(bytes)',
		'MEMORY(%)',
		...(showSwap ? ['SWAP(bytes)', 'SWAP(%)'] : []),
	];
}

/**
 * The row of a node that has a sample. In kubectl a percentage of something that is not known takes no cell at all, so
 * that the numbers behind it move to the left.
 *
 * @param available null for a node that is not in the list of nodes
 * @param unknownPercent What stands for such a percentage: nothing, or a cell
 */
export function sampledNodeRow(
	node: NodeSample,
	available: NodeAvailable | null,
	showSwap: boolean,
	unknownPercent: readonly string[] = [],
): string[] {
	const { cpu, memory, swap } = available ?? { cpu: Number.NaN, memory: Number.NaN, swap: Number.NaN };
	const row = [
		node.name,
		kubectlMillicores(node.cpu || 0),
		...(Number.isNaN(cpu) ? unknownPercent : [`${kubectlCpuPercent(node.cpu || 0, cpu)}%`]),
		kubectlMebibytes(node.memory || 0),
		...(Number.isNaN(memory) ? unknownPercent : [bytesPercent(node.memory, memory)]),
	];
	if (!showSwap) {
		return row;
	}
	if (available !== null && Number.isNaN(swap)) {
		return [...row, unknown, unknown];
	}
	return [
		...row,
		kubectlMebibytes(node.swap || 0),
		...(Number.isNaN(swap) ? unknownPercent : [bytesPercent(node.swap, swap)]),
	];
}

/** kubectl divides thousandths of bytes, which above 8 TiB is not always the same to the last bit. */
function bytesPercent(used: number, available: number): string {
	return `${kubectlBytesPercent((used || 0) * 1000, available * 1000)}%`;
}

/** The row of a node that has no sample. */
export function unsampledNodeRow(name: string, showSwap: boolean): string[] {
	return [name, ...new Array<string>(showSwap ? 6 : 4).fill(unknown)];
}

/** All rows of kubectl's table. Nodes without a sample come last: by name here, in no order at all in kubectl. */
export function nodeTable(
	samples: readonly NodeSample[],
	available: ReadonlyMap<string, NodeAvailable>,
	{ headers, showSwap }: NodeTableOptions,
	unknownPercent: readonly string[] = [],
): string[][] {
	const rows = headers ? [nodeHeader(showSwap)] : [];
	for (const node of samples) {
		rows.push(sampledNodeRow(node, available.get(node.name) ?? null, showSwap, unknownPercent));
	}
	const sampled = new Set(samples.map(({ name }) => name));
	for (const name of [...available.keys()].filter((node) => !sampled.has(node)).sort()) {
		rows.push(unsampledNodeRow(name, showSwap));
	}
	return rows;
}
