/** What a handful of measurements say. */

export interface Summary {
	count: number;
	median: number;
	p95: number;
	p99: number;
	least: number;
	most: number;
}

/** The smallest value that so many of the values (0…1) do not exceed. `sorted` is not empty. */
export function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Of no values, everything is NaN. */
export function summarize(values: readonly number[]): Summary {
	const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return {
		count: sorted.length,
		median: ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2,
		p95: quantile(sorted, 0.95),
		p99: quantile(sorted, 0.99),
		least: sorted[0] ?? Number.NaN,
		most: sorted.at(-1) ?? Number.NaN,
	};
}

export function median(values: readonly number[]): number {
	return summarize(values).median;
}
