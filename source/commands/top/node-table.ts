/** Cells of `kubectl top node` (kubectl/pkg/metricsutil/metrics_printer.go and cmd/top/top_node.go, read at 1.36.3). */
import {
	kubectlBytesPercent,
	kubectlCpuPercent,
	kubectlMebibytes,
	kubectlMillicores,
} from '../../model/quantity.ts';
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
 * The row of a node that has a sample. A percentage of something that is not known takes no cell at all, so the
 * numbers behind it move to the left: kubectl does that for a node that is not in the list of nodes.
 *
 * @param available null for such a node
 */
export function sampledNodeRow(node: NodeSample, available: NodeAvailable | null, showSwap: boolean): string[] {
	const row = [node.name, kubectlMillicores(node.cpu || 0)];
	if (available !== null && !Number.isNaN(available.cpu)) {
		row.push(`${kubectlCpuPercent(node.cpu || 0, available.cpu)}%`);
	}
	row.push(kubectlMebibytes(node.memory || 0));
	if (available !== null && !Number.isNaN(available.memory)) {
		row.push(bytesPercent(node.memory, available.memory));
	}
	if (showSwap) {
		if (available !== null && Number.isNaN(available.swap)) {
			row.push(unknown, unknown);
		} else {
			row.push(kubectlMebibytes(node.swap || 0));
			if (available !== null) {
				row.push(bytesPercent(node.swap, available.swap));
			}
		}
	}
	return row;
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
): string[][] {
	const rows = headers ? [nodeHeader(showSwap)] : [];
	const sampled = new Set<string>();
	for (const node of samples) {
		sampled.add(node.name);
		rows.push(sampledNodeRow(node, available.get(node.name) ?? null, showSwap));
	}
	for (const name of [...available.keys()].filter((node) => !sampled.has(node)).sort()) {
		rows.push(unsampledNodeRow(name, showSwap));
	}
	return rows;
}
