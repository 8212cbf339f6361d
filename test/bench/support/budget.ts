/** Holds a line of a table against its budget. */
import type { Row } from './sections.ts';

/** A part of a budget: `150,000: p50 ≤ 8` holds at that many pods only, `≤ 0.5 × kubectl top` is of the ratio. */
const part = /^(?:([\d,]+): )?(?:(p50|p95|p99) )?(?:(≤|<) ?)?([\d.]+)( ?×)?/;

const separator = /[,;] /;

interface Bar {
	/** NaN for any. */
	pods: number;
	value: (row: Row) => number;
	isMet: (value: number) => boolean;
}

function barOf(text: string): Bar | null {
	const found = part.exec(text);
	if (found === null) {
		return null;
	}
	const [, pods, quantile, sign, number, times] = found;
	const limit = Number(number);
	const value = (row: Row): number => {
		if (times !== undefined) {
			return row.ratio;
		}
		return quantile === 'p99' ? row.p99 : quantile === 'p95' ? row.p95 : row.median;
	};
	const isMet = (found: number) => (sign === '<' ? found < limit : sign === '≤' ? found <= limit : found === limit);
	return { pods: pods === undefined ? Number.NaN : Number(pods.replaceAll(',', '')), value, isMet };
}

/** What of a line is held against its budget, and whether that is met; null where the budget says nothing of this size. */
export function judge(row: Row): { values: number[]; isMet: boolean } | null {
	const bars = row.budget
		.split(separator)
		.flatMap((text) => barOf(text) ?? [])
		.filter(({ pods }) => Number.isNaN(pods) || pods === row.pods);
	const values = bars.map(({ value }) => value(row));
	return bars.length === 0 || values.every(Number.isNaN)
		? null
		: { values, isMet: bars.every(({ isMet }, index) => isMet(values[index] ?? Number.NaN)) };
}
