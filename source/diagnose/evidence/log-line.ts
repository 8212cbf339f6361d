/** One line of metrics-server's log that says why. Pure. */
import type { Observation } from '../../model/diagnosis.ts';
import { type Evidence, factsOf } from './evidence.ts';

/** The newest line that matches, in the log of the container before if it is there: that one says why it ended. */
export function newestLine(evidence: Evidence, pattern: Pick<RegExp, 'test'>): Observation | null {
	for (const id of ['previous-log', 'log'] as const) {
		for (const { lines, request } of factsOf(evidence, id) ?? []) {
			const line = lines.findLast((one) => pattern.test(one));
			if (line !== undefined) {
				return { request, status: 200, quote: line };
			}
		}
	}
	return null;
}

/** Neither log could be read. */
export function logsAreUnread(evidence: Evidence): boolean {
	return factsOf(evidence, 'log') === null && factsOf(evidence, 'previous-log') === null;
}
