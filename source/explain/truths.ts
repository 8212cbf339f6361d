/** Short truths where users are misled, in the order in which they are shown. */
import type { Truth } from '../model/ledger.ts';
import type { Context } from './context.ts';
import { heldByCache, killed, pressure, pressureNotMeasured, throttled } from './truths/events.ts';
import { nearLimit, reclaimable, workingSetIsNotOom } from './truths/limit.ts';
import {
	cacheBeyondWorkingSet,
	hiddenProcesses,
	lazilyFreed,
	multiGenerationalLru,
	resCountsShared,
	sharedIsNotCache,
} from './truths/pages.ts';
import type { TruthMaker } from './truths/truth.ts';

export const truthMakers: readonly TruthMaker[] = [
	nearLimit,
	workingSetIsNotOom,
	reclaimable,
	heldByCache,
	killed,
	throttled,
	pressure,
	pressureNotMeasured,
	multiGenerationalLru,
	cacheBeyondWorkingSet,
	sharedIsNotCache,
	lazilyFreed,
	resCountsShared,
	hiddenProcesses,
];

export function makeTruths(context: Context): readonly Truth[] {
	return truthMakers.flatMap(({ id, make }) => {
		const facts = make(context);
		return facts === undefined ? [] : [{ id, facts }];
	});
}
