/** What whytop is held to beside others, at which size. */

const top = 'kubectl top pod -A';

/** Whose figure ours is divided by. */
export function baselineOf(what: string): string {
	return what.startsWith('whole ranking') ? top : 'sofka';
}

/** What is asked at each number of pods, and at all others. */
const bars: Readonly<
	Record<string, Readonly<Record<number | 'any', string>> | { any?: string; [pods: number]: string }>
> = {
	'first pod rows|ms': { any: '≤ 4 × sofka and ≤ 250' },
	'all rows|ms': { 50000: '≤ 0.3 × sofka', 150000: '≤ 0.3 × sofka' },
	'CPU until all rows|s': { 50000: '≤ 0.3 × sofka', 150000: '≤ 0.15 × sofka' },
	'whole ranking by CPU|ms': { 150000: `≤ 0.5 × ${top}` },
	'memory at rest|MiB': { 2000: '≤ 1.1 × sofka', 50000: '≤ 0.08 × sofka', 150000: '≤ 0.05 × sofka' },
	'idle CPU|% of a core': { 150000: '≤ 0.2 × sofka' },
	'idle, to the terminal|bytes/s': { any: '0' },
	'25 changed pods a second, sorted by CPU|% of a core': { 150000: '≤ 0.05 × sofka' },
	'filter, first character|ms to its rows': { 150000: 'p50 ≤ 8, p99 ≤ 16' },
	'sort by CPU|ms to its rows': { 150000: 'p50 ≤ 8, p99 ≤ 16' },
	'cursor down, by name|bytes': { any: '≤ 1.3 × sofka' },
	'cursor down, by CPU|bytes': { any: '≤ 1.3 × sofka' },
	'page down, by name|bytes': { any: '≤ 1.6 × sofka' },
	'page down, by CPU|bytes': { any: '≤ 1.6 × sofka' },
};

/** @param what `what|unit` */
export function barOf(what: string, pods: number): string {
	const bar = bars[what];
	return bar?.[pods] ?? bar?.any ?? '';
}
