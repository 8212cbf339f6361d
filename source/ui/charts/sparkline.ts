/** A trend in one line of blocks. */
import type { Glyphs } from '../theme.ts';

/** What a full block stands for. */
export interface SparkScale {
	/** The value of a full block. */
	full: number;
	/** There is no limit to measure against, so the scale says nothing about how near the subject is to one. */
	relative: boolean;
}

/**
 * The scale of a trend: a full block is the limit; without a limit, twice the highest value of the trend, so that a
 * steady load is a line at half height and never looks like a full one.
 */
export function sparkScale(values: readonly number[], limit: number): SparkScale {
	if (limit > 0) {
		return { full: limit, relative: false };
	}

	let highest = 0;
	for (const value of values) {
		if (value > highest) {
			highest = value;
		}
	}

	return { full: 2 * highest, relative: true };
}

/** The newest `width` values as blocks, the newest at the right; no sample (NaN) is a blank. */
export function sparkline(values: readonly number[], width: number, scale: SparkScale, glyphs: Glyphs): string {
	const { sparks } = glyphs;
	const steps = sparks.length;
	const first = Math.max(0, values.length - width);
	let drawn = ' '.repeat(Math.max(0, width - values.length));
	for (let index = first; index < values.length; index++) {
		const value = values[index] ?? Number.NaN;
		if (!Number.isFinite(value)) {
			drawn += ' ';
			continue;
		}

		const step = scale.full > 0 ? Math.ceil((value / scale.full) * steps) - 1 : 0;
		drawn += sparks[Math.min(steps - 1, Math.max(0, step))] ?? ' ';
	}

	return drawn;
}
