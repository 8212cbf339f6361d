/** What the monitor's screen says, at 200×60: conditions to wait for. */

/** The title over the pods: `2 PODS 10004 · ns:all · CPU▼`. */
const title = /2 PODS (\d+)(?!.*loading)/i;

/** A row of a pod: its namespace and name, whatever is known of it. */
export function hasPodRows(text: string): boolean {
	return /│[▸ ].{2}\S+ +\S+-\S+ /.test(text);
}

/** A row of a pod with its CPU. */
export function hasNumbers(text: string): boolean {
	return /│[▸ ].*\S+-\S+.* \d+m /.test(text);
}

/** All pods are there: the title counts them, and nothing is loading any more. */
export function hasAllPods(text: string): boolean {
	return Number(title.exec(text.split('\n')[3] ?? '')?.[1] ?? 0) > 0;
}

/** The metrics API has answered to its end, so that the ranking is whole. */
export function hasRanking(text: string): boolean {
	return /metrics\.k8s\.io\/\S+ ✓/.test(text);
}

/** All nodes are there. */
export function hasNodes(text: string): boolean {
	return /\bnodes ✓/.test(text);
}

/** The pods are sorted by CPU, those that use the most first. */
export function isByCpu(text: string): boolean {
	return /2 PODS .*CPU▼/.test(text);
}

/** The burst of the start is over: next to nothing is asked of the API server now. */
export function isQuiet(text: string): boolean {
	return text.includes('api <1 req/s');
}
