/** How the API server fails to reach metrics-server, in its own words: of a request just now, or of its last check. */
import type { Observation } from '../../model/diagnosis.ts';
import { type Cause, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { triedInVain } from '../sights.ts';
import { condition, conditionIsFalse } from './api-service-condition.ts';

export interface PathFailure {
	words: string;
	/** The host that it dialled, '' if the words do not say. */
	host: string;
	/** It tried just now, so its condition is still True. */
	tried: boolean;
	because: Observation;
}

export const ofPath: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal'> = {
	family: 'aggregation',
	severity: 'error',
	explains: ['unavailable', 'dial-failed', 'backend-error', 'no-answer'],
	terminal: true,
};

/** Judges by those words; undecided where only the condition has them and it cannot be read. */
export function byPath(evidence: Evidence, judge: (failure: PathFailure) => Verdict): Verdict {
	const version = answerOf(evidence, 'metrics-version');
	if (version.status === 503 && version.body.includes(triedInVain)) {
		const words = version.body.slice(version.body.indexOf(triedInVain) + triedInVain.length).replace(/^: /, '');
		return judge({ words, host: hostIn(words), tried: true, because: seen(version) });
	}
	if (!conditionIsFalse(evidence)) {
		return ruledOut;
	}
	const apiService = factsOf(evidence, 'apiservice');
	if (apiService === null) {
		return undecided('apiservice');
	}
	if (apiService.reason !== 'FailedDiscoveryCheck') {
		return ruledOut;
	}
	const { message } = apiService;
	return judge({ words: message, host: hostIn(message), tried: false, because: condition(evidence, apiService) });
}

/** The address that was dialled; else that of the URL. */
function hostIn(words: string): string {
	const match = /dial tcp (\[[^\]]+\]|[^:\s]+):\d+/.exec(words) ?? /https?:\/\/(\[[^\]]+\]|[^:/\s]+)/.exec(words);
	return (match?.[1] ?? '').replace(/^\[|\]$/g, '');
}

export const refusedWords = /connect: connection refused/;
export const timeoutWords =
	/i\/o timeout|Client\.Timeout exceeded|context deadline exceeded|request canceled|timed out waiting for/;
export const noRouteWords = /no route to host/;

/** How the API server fares with the pod itself, past the Service's address: its own proxy dials the pod. */
export function reachesPod(evidence: Evidence): 'yes' | 'refused' | 'dropped' | 'unknown' {
	const { body, value } = answerOf(evidence, 'readiness');
	if (value !== null) {
		return 'yes';
	}
	return refusedWords.test(body)
		? 'refused'
		: timeoutWords.test(body) || noRouteWords.test(body)
			? 'dropped'
			: 'unknown';
}

/** It dialled the Service's own address, which needs kube-proxy on the API server's machine. */
export function dialsService(evidence: Evidence, { host }: PathFailure): boolean {
	return host !== '' && host === factsOf(evidence, 'service')?.clusterIp;
}
