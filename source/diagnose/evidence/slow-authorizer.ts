/** Whether the questions about rights take too long: metrics-server says so in its 500. Pure. */
import type { Answer } from './answer.ts';
import { answerOf, type Evidence } from './evidence.ts';

const late = /subjectaccessreviews\b.*(?:context deadline exceeded|Client\.Timeout|request canceled|timed? ?out)/is;

/** The answer in which it says so; undefined if none does. */
export function lateReview(evidence: Evidence): Answer<unknown> | undefined {
	return (['metrics-version', 'metrics-nodes', 'metrics-pods'] as const)
		.map((id): Answer<unknown> => answerOf(evidence, id))
		.find(({ body, status }) => status === 500 && late.test(body));
}

export function isSlowToAuthorize(evidence: Evidence): boolean {
	return lateReview(evidence) !== undefined;
}
