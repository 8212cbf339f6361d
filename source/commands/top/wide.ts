/** Cells that `-o wide` adds behind kubectl's. What is not set is `<none>`, what is not known `<unknown>`. */
import { wideTitles } from '../../messages/en/top.ts';
import { percentOf, shortDuration } from '../../model/display.ts';
import { kubectlMebibytes, kubectlMillicores } from '../../model/quantity.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import { unknown } from './node-table.ts';
import { amountCells, type PodTableOptions, podHeader, podRows } from './pod-table.ts';
import type { Node, NodeRequests, Pod } from './read-objects.ts';
import { type Amounts, type NodeSample, type PodSample, sumOfAmounts } from './samples.ts';

const none = '<none>';

function cpu(nanocores: number): string {
	return Number.isNaN(nanocores) ? none : kubectlMillicores(nanocores);
}

function memory(bytes: number): string {
	return Number.isNaN(bytes) ? none : kubectlMebibytes(bytes);
}

function percent(used: number, denominator: number): string {
	const value = percentOf(used, denominator);
	return Number.isNaN(value) ? none : `${Math.trunc(value)}%`;
}

function sampleCells({ timestamp, window }: { timestamp: number; window: number }, serverTime: number): string[] {
	return [
		Number.isNaN(timestamp) ? unknown : shortDuration(serverTime - timestamp),
		Number.isNaN(window) ? unknown : shortDuration(window),
	];
}

type Allotted = Pick<Pod, 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit'>;

function allottedCells(used: Amounts, allotted: Allotted | undefined): string[] {
	return allotted === undefined
		? new Array<string>(8).fill(unknown)
		: [
				cpu(allotted.cpuRequest),
				cpu(allotted.cpuLimit),
				percent(used.cpu, allotted.cpuRequest),
				percent(used.cpu, allotted.cpuLimit),
				memory(allotted.memoryRequest),
				memory(allotted.memoryLimit),
				percent(used.memory, allotted.memoryRequest),
				percent(used.memory, allotted.memoryLimit),
			];
}

/**
 * kubectl's rows with more columns.
 *
 * @param pods By `namespace/name`; those that are not in it have unknown requests and limits.
 */
export function widePodTable(
	samples: readonly PodSample[],
	pods: ReadonlyMap<string, Pod>,
	serverTime: number,
	options: PodTableOptions,
): string[][] {
	const rows = options.headers ? [[...podHeader(options), ...Object.values(wideTitles.pods)]] : [];
	for (const sample of samples) {
		const pod = pods.get(`${sample.namespace}/${sample.name}`);
		const end = [pod === undefined ? unknown : pod.node || none, ...sampleCells(sample, serverTime)];
		for (const [index, row] of podRows(sample, options).entries()) {
			const container = options.containers ? sample.containers[index] : undefined;
			const allotted = container === undefined ? pod : pod?.containers.find(({ name }) => name === container.name);
			rows.push([...row, ...allottedCells(container ?? sample, allotted), ...end]);
		}
	}
	if (options.sum) {
		// Under the numbers that are added up, which kubectl does not always manage.
		const before = new Array<string>(1 + Number(options.namespaces) + Number(options.containers)).fill('');
		const total = amountCells(sumOfAmounts(samples), options.showSwap);
		rows.push([...before, ...total.map(() => '________')], [...before, ...total]);
	}
	return rows;
}

export interface WideNodes {
	/** kubectl's rows without the header; the name comes first. */
	rows: readonly (readonly string[])[];
	header: readonly string[] | null;
	samples: ReadonlyMap<string, NodeSample>;
	nodes: ReadonlyMap<string, Node>;
	/** null where the pods cannot be read. */
	requests: ReadonlyMap<string, NodeRequests> | null;
	whyNoSample: (node: Node) => NoSampleCode;
	showCapacity: boolean;
	serverTime: number;
}

/** kubectl's rows with more columns; in the place of a sample's age stands the code of why there is none. */
export function wideNodeTable(wide: WideNodes): string[][] {
	const { cpuAllocatable, cpuCapacity, memoryAllocatable, memoryCapacity, ...titles } = wideTitles.nodes;
	const rows: string[][] = [];
	if (wide.header !== null) {
		rows.push([
			...wide.header,
			titles.status,
			wide.showCapacity ? cpuCapacity : cpuAllocatable,
			titles.cpuRequested,
			wide.showCapacity ? memoryCapacity : memoryAllocatable,
			titles.memoryRequested,
			titles.pods,
			titles.sample,
			titles.window,
		]);
	}
	for (const row of wide.rows) {
		const name = row[0] ?? '';
		const node = wide.nodes.get(name);
		const sample = wide.samples.get(name);
		const requests = wide.requests === null ? undefined : (wide.requests.get(name) ?? { pods: 0, cpu: 0, memory: 0 });
		rows.push([
			...row,
			node?.status ?? unknown,
			node === undefined ? unknown : cpu(wide.showCapacity ? node.cpuCapacity : node.cpuAllocatable),
			requests === undefined ? unknown : cpu(requests.cpu),
			node === undefined ? unknown : memory(wide.showCapacity ? node.memoryCapacity : node.memoryAllocatable),
			requests === undefined ? unknown : memory(requests.memory),
			requests === undefined ? unknown : String(requests.pods),
			...(sample === undefined
				? [node === undefined ? unknown : wide.whyNoSample(node), none]
				: sampleCells(sample, wide.serverTime)),
		]);
	}
	return rows;
}
