/** Whether the samples are such that it is worth asking what stands behind the metrics API. Pure. */
import type { Evidence } from './evidence/evidence.ts';
import { factsOf } from './evidence/evidence.ts';
import { podsLackingContainers, unexplainedNodes, unexplainedPods } from './evidence/missing.ts';
import { serversAmongPods, serverWaits } from './evidence/server-pods.ts';
import { type SightId, sights } from './sights.ts';

const behind = [
	'version-absent',
	'unavailable',
	'dial-failed',
	'backend-error',
	'no-answer',
	'empty',
] as const satisfies readonly SightId[];

/**
 * Who asks about one node or pod has seen something of it, and it may be over by now: what metrics-server wrote tells
 * of that. Its pods, and what leads to them, are asked for then too.
 */
export function needsTheLog(evidence: Evidence): boolean {
	const { kind } = evidence.patient;
	const asksForOne = (kind === 'node' || kind === 'pod') && factsOf(evidence, 'metrics-version') !== null;
	return asksForOne || needsLookBehind(evidence);
}

export function needsLookBehind(evidence: Evidence): boolean {
	return (
		factsOf(evidence, 'metrics-group') !== null &&
		(behind.some((id) => sights[id](evidence) !== null) ||
			unexplainedNodes(evidence).length > 0 ||
			unexplainedPods(evidence).length > 0 ||
			podsLackingContainers(evidence).length > 0 ||
			// Nothing is missing by it, and it is worth knowing of.
			serversAmongPods(evidence).length > 1 ||
			serverWaits(evidence))
	);
}
