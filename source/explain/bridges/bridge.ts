/** How bridges are made of planned terms, and what is said of what is left. */
import type { Bridge, Claim, Term } from '../../model/ledger.ts';
import type { Reading } from '../../model/reading.ts';
import type { Context } from '../context.ts';
import type { SignedSum } from '../signed-sum.ts';
import { type ResidualEvidence, residualReasons } from './residual.ts';

export interface PlannedTerm {
	id: string;
	/** Its value is NaN if a reading is missing; then the term is left out and named as missing. */
	sum: SignedSum;
	/** Said only if it is not zero. */
	unlessZero?: boolean;
	/** The same, and not missed if it cannot be read. */
	optional?: boolean;
}

export interface BridgePlan extends ResidualEvidence {
	id: Bridge['id'];
	from: Claim;
	to: Claim;
	terms: readonly PlannedTerm[];
}

export interface BridgeMaker {
	id: Bridge['id'];
	/** The bridges of this kind between the claims at hand; none if one of the two ends is missing. */
	make: (context: Context, claims: readonly Claim[]) => readonly Bridge[];
}

export function buildBridge(context: Context, plan: BridgePlan): Bridge {
	const terms: Term[] = [];
	const missing: string[] = [];
	for (const planned of plan.terms) {
		if (Number.isNaN(planned.sum.value)) {
			if (planned.optional !== true) {
				missing.push(planned.id);
			}
		} else if (planned.sum.value !== 0 || !(planned.optional || planned.unlessZero)) {
			terms.push({ id: planned.id, ...planned.sum });
		}
	}
	const residual = plan.to.value - plan.from.value - terms.reduce((sum, term) => sum + term.value, 0);
	const readings: readonly Reading[] = [...plan.from.from, ...plan.to.from, ...terms.flatMap((term) => term.from)];
	const { reasons, facts } = residualReasons(context, plan, residual, readings, missing);
	return {
		id: plan.id,
		from: plan.from.tool,
		to: plan.to.tool,
		of: plan.from.of,
		source: plan.from.value,
		target: plan.to.value,
		terms,
		residual,
		residualReasons: reasons,
		residualFacts: facts,
		missing,
	};
}
