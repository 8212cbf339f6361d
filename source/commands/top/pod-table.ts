/** Cells of `kubectl top pod` (kubectl/pkg/metricsutil/metrics_printer.go, read at 1.36.3), faults included. */
import { kubectlMebibytes, kubectlMillicores } from '../../model/quantity.ts';
import { type Amounts, type PodSample, sumOfAmounts } from './samples.ts';

export interface PodTableOptions {
	/** A row for each container. */
	containers: boolean;
	/** A column of namespaces. */
	namespaces: boolean;
	headers: boolean;
	sum: boolean;
	showSwap: boolean;
}

/** The columns that hold numbers. What is not given counts as 0, as in kubectl. */
export function amountCells(amounts: Amounts, showSwap: boolean): string[] {
	const cells = [kubectlMillicores(amounts.cpu || 0), kubectlMebibytes(amounts.memory || 0)];
	if (showSwap) {
		cells.push(kubectlMebibytes(amounts.swap || 0));
	}
	return cells;
}

export function podHeader({ containers, namespaces, showSwap }: PodTableOptions): string[] {
	return [
		...(namespaces ? ['NAMESPACE'] : []),
		...(containers ? ['POD'] : []),
		'NAME',
		'CPU(cores)',
		'MEMORY(bytes)',
		...(showSwap ? ['SWAP(bytes)'] : []),
	];
}

/** The row of a pod, or the rows of its containers. */
export function podRows(pod: PodSample, { containers, namespaces, showSwap }: PodTableOptions): string[][] {
	const namespace = namespaces ? [pod.namespace] : [];
	return containers
		? pod.containers.map((container) => [...namespace, pod.name, container.name, ...amountCells(container, showSwap)])
		: [[...namespace, pod.name, ...amountCells(pod, showSwap)]];
}

/**
 * `--sum`: kubectl counts the columns while it prints the header and takes them for two numbers wide, so the sum
 * stands too far left without a header and under the wrong titles with swap. The same here.
 */
export function kubectlSumRows(pods: readonly PodSample[], options: PodTableOptions): string[][] {
	const columns =
		(options.showSwap ? 4 : 3) + (options.headers ? Number(options.namespaces) + Number(options.containers) : 0);
	const blanks = (count: number): string[] => new Array<string>(count).fill('');
	return [
		[...blanks(columns - 2), '________', '________'],
		[...blanks(columns - 3), '', ...amountCells(sumOfAmounts(pods), options.showSwap)],
	];
}

/** All rows of kubectl's table; none if there are no pods. */
export function podTable(pods: readonly PodSample[], options: PodTableOptions): string[][] {
	if (pods.length === 0) {
		return [];
	}
	const rows = options.headers ? [podHeader(options)] : [];
	for (const pod of pods) {
		rows.push(...podRows(pod, options));
	}
	return options.sum ? [...rows, ...kubectlSumRows(pods, options)] : rows;
}
