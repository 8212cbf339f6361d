/** From samples at uneven times to one value a column. */

/** Lengths of time that a chart's axis can have, so that its marks are round numbers. */
const spans = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60_000);

/** The shortest round length of time, in ms, that holds all samples. */
export function roundSpan(times: readonly number[]): number {
	const length = (times.at(-1) ?? 0) - (times[0] ?? 0);
	return spans.find((candidate) => candidate >= length) ?? length;
}

/** The usual distance between samples in ms: the median, so that a pause does not count. */
export function usualInterval(times: readonly number[]): number {
	const distances: number[] = [];
	for (let index = 1; index < times.length; index++) {
		distances.push((times[index] ?? 0) - (times[index - 1] ?? 0));
	}

	distances.sort((a, b) => a - b);
	return distances[distances.length >> 1] ?? 15_000;
}

export interface ResampleOptions {
	/** The time at the right edge, ms. */
	end: number;
	/** Length of time that the columns cover together, ms. */
	span: number;
	columns: number;
}

/**
 * One value a column. A sample covers the time from the sample before it, and no more than two and a half usual
 * distances of it; a column that several samples cover shows the highest, because a peak must not vanish by zooming
 * out. A column that none covers, or only missing ones (NaN), is NaN: a gap.
 */
export function resample(times: readonly number[], values: readonly number[], options: ResampleOptions): number[] {
	const { end, span, columns } = options;
	const result = new Array<number>(columns).fill(Number.NaN);
	const begin = end - span;
	const cell = span / columns;
	const interval = usualInterval(times);
	for (let index = 0; index < times.length; index++) {
		const time = times[index] ?? Number.NaN;
		const value = values[index] ?? Number.NaN;
		if (!Number.isFinite(value) || !(time > begin) || time > end) {
			continue;
		}

		const before = times[index - 1] ?? Number.NEGATIVE_INFINITY;
		const from = time - before <= 2.5 * interval ? before : time - interval;
		// A column is the half-open time (a, b]; rounding must not push a sample over its edge.
		const firstColumn = Math.max(0, Math.floor((from - begin) / cell + 1e-9));
		const lastColumn = Math.min(columns - 1, Math.ceil((time - begin) / cell - 1e-9) - 1);
		for (let column = Math.min(firstColumn, lastColumn); column <= lastColumn; column++) {
			const shown = result[column] ?? Number.NaN;
			result[column] = Number.isNaN(shown) ? value : Math.max(shown, value);
		}
	}

	return result;
}
