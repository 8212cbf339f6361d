/** Whether something that is measured again and again stays as it is. */

/** When it was measured, s, and how much it was. */
export type Point = readonly [second: number, value: number];

export interface Trend {
	mean: number;
	least: number;
	most: number;
	/** How far the one of these that is farther is from the mean, as a share of it. */
	spread: number;
	/** By least squares, and its standard error, an hour. */
	slope: number;
	error: number;
}

/**
 * The points are at equal distances. Neighbours are alike, so that many points say less than as many that know nothing of
 * each other: the error counts only so many of them, by the correlation of each with the next (Santer et al. 2008,
 * doi:10.1002/joc.1756, §4.1). Of fewer than three there is none to tell.
 */
export function trendOf(points: readonly Point[]): Trend {
	const of = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
	const [middle, mean] = [of(0), of(1)];
	const width = points.reduce((sum, [second]) => sum + (second - middle) ** 2, 0);
	const slope = points.reduce((sum, [second, value]) => sum + (second - middle) * (value - mean), 0) / width;
	const rests = points.map(([second, value]) => value - mean - slope * (second - middle));
	const rest = rests.reduce((sum, one) => sum + one ** 2, 0);
	const likeness = rests.reduce((sum, one, index) => sum + one * (rests[index - 1] ?? 0), 0) / rest;
	const counted = points.length * Math.min(1, (1 - likeness) / (1 + likeness));
	const values = points.map(([, value]) => value);
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return {
		mean,
		least,
		most,
		spread: Math.max(most - mean, mean - least) / mean,
		slope: slope * 3600,
		error: counted > 2 ? Math.sqrt(rest / (counted - 2) / width) * 3600 : Number.NaN,
	};
}

/** The least of each span: what a saw's teeth stand on. */
export function floors(points: readonly Point[], span: number): number[] {
	const spans = Map.groupBy(points, ([second]) => Math.floor(second / span));
	return [...spans.values()].map((its) => Math.min(...its.map(([, value]) => value)));
}

/** So much may lie between a value and the mean of all, and so much of the mean may be gained or lost in an hour. */
const tolerance = 0.05;

/**
 * In words: flat, or what speaks against it. That a slope cannot be told from none is not asked, for that is easiest where
 * most is unknown: what it is at most, two standard errors steeper than what was found, has to be small.
 *
 * @param later of the second half: what the engine compiles when it has seen code often enough comes to its end before
 */
export function verdict({ mean, spread }: Trend, later: Trend): string {
	const most = (Math.abs(later.slope) + 2 * later.error) / mean;
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	const doubts = [
		...(spread > tolerance ? [`a value is ${percent(spread)} from the mean`] : []),
		...(most <= tolerance ? [] : [`the later slope may be ${percent(most)} of the mean an hour`]),
	];
	return doubts.length === 0 ? 'flat' : `not flat: ${doubts.join(', ')}`;
}
