/** B6: cAdvisor's usage → working set, and rss → usage. */
import type { Bridge, Claim } from '../../model/ledger.ts';
import { chargedMemory } from '../charged-memory.ts';
import { claimOf } from '../claims.ts';
import { type Context, isMachine } from '../context.ts';
import { minus, plus } from '../signed-sum.ts';
import { type BridgeMaker, buildBridge } from './bridge.ts';
import { clampTerm, kernelTerms, planned } from './memory-terms.ts';

/** The inactive file pages as the source of the two ends has them; of another source they would be of another moment. */
function toWorkingSet(context: Context, from: Claim, to: Claim): Bridge {
	const source = from.from[0]?.source;
	const own = source === undefined ? undefined : context.readings.find('inactiveFile', source);
	const memory = chargedMemory(context);
	const reading = own ?? memory?.get('inactiveFile');
	const clamp = memory === undefined || own === undefined || memory.source !== source ? [] : [clampTerm(memory, 1)];
	const terms = [planned('inactive-file', minus(reading)), ...clamp];
	return buildBridge(context, { id: 'B6', from, to, terms });
}

function fromRss(context: Context, from: Claim, to: Claim): readonly Bridge[] {
	const memory = chargedMemory(context);
	if (memory === undefined || isMachine(context)) {
		return [];
	}
	const terms = [planned('page-cache', plus(memory.get('file'))), ...kernelTerms(memory, 1)];
	return [buildBridge(context, { id: 'B6', from, to, terms, batched: true })];
}

export const usageWorkingSet: BridgeMaker = {
	id: 'B6',
	make: (context, claims) => {
		const usage = claimOf(claims, 'cadvisor-usage', 'memory');
		const workingSet = claimOf(claims, 'prometheus-working-set', 'memory');
		const rss = claimOf(claims, 'prometheus-rss', 'memory');
		if (usage === undefined) {
			return [];
		}
		return [
			...(workingSet === undefined ? [] : [toWorkingSet(context, usage, workingSet)]),
			...(rss === undefined ? [] : fromRss(context, rss, usage)),
		];
	},
};
