/** kubectl's order of rows (kubectl/pkg/metricsutil/metrics_sorter.go): by name, or by a number, the largest first. */
import { goSort, type Less } from './go-sort.ts';
import type { Amounts, NodeSample, PodSample } from './samples.ts';

/** kubectl compares millicores, rounded up. */
function byNumber(sortBy: string): Less<Amounts> | null {
	switch (sortBy) {
		case 'cpu':
			return (first, second) => millicores(first) > millicores(second);
		case 'memory':
			return (first, second) => (first.memory || 0) > (second.memory || 0);
		default:
			return null;
	}
}

function millicores({ cpu }: Amounts): number {
	return Math.ceil((cpu || 0) / 1e6);
}

function byName(first: { name: string }, second: { name: string }): boolean {
	return first.name < second.name;
}

/** Sorts in place. */
export function orderNodes(nodes: NodeSample[], sortBy: string): void {
	goSort(nodes, byNumber(sortBy) ?? byName);
}

/** Sorts pods, and within each its containers, in place; by namespace only if that has a column. */
export function orderPods(pods: PodSample[], sortBy: string, byNamespace: boolean): void {
	const number = byNumber(sortBy);
	goSort(
		pods,
		number ??
			((first, second) =>
				byNamespace && first.namespace !== second.namespace
					? first.namespace < second.namespace
					: byName(first, second)),
	);
	for (const pod of pods) {
		goSort(pod.containers, number ?? byName);
	}
}
