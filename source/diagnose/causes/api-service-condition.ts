/** The condition Available of the APIService, as causes judge it. */
import { type Cause, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { ApiServiceFacts } from '../evidence/objects.ts';
import { triedInVain } from '../sights.ts';

export const ofApiService: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal'> = {
	family: 'registration',
	severity: 'error',
	explains: ['unavailable', 'dial-failed', 'backend-error', 'no-answer'],
	terminal: true,
};

/** Judges the APIService; undecided while it cannot be read, ruled out where the backend answers. */
export function judgeApiService(evidence: Evidence, judge: (apiService: ApiServiceFacts) => Verdict): Verdict {
	const version = answerOf(evidence, 'metrics-version');
	if (version.status === 200 || version.outcome === 'not-asked') {
		return ruledOut;
	}
	const apiService = factsOf(evidence, 'apiservice');
	return apiService === null ? undecided('apiservice') : judge(apiService);
}

/** A 503 whose words are the aggregator's own: it does not try, because its condition is not True. */
export function conditionIsFalse(evidence: Evidence): boolean {
	const { body, status } = answerOf(evidence, 'metrics-version');
	return status === 503 && !body.includes(triedInVain);
}

/** Judges by the reason of the condition Available. Without the right to read it, a 503 leaves it open. */
export function byReason(evidence: Evidence, reason: string, judge: (apiService: ApiServiceFacts) => Verdict): Verdict {
	const apiService = factsOf(evidence, 'apiservice');
	if (apiService === null) {
		return conditionIsFalse(evidence) ? undecided('apiservice') : ruledOut;
	}
	return apiService.reason === reason && apiService.status !== 'True' ? judge(apiService) : ruledOut;
}

export function condition(evidence: Evidence, { message, reason, status }: ApiServiceFacts) {
	return seen(answerOf(evidence, 'apiservice'), `Available=${status}, ${reason}: ${message}`);
}

export function backendFacts({ service }: ApiServiceFacts): { namespace: string; service: string; port: number } {
	return { namespace: service?.namespace ?? '', service: service?.name ?? '', port: service?.port ?? 443 };
}
