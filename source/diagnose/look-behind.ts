/** Whether the samples are such that it is worth asking what stands behind the metrics API. Pure. */
import type { Evidence } from './evidence/evidence.ts';
import { factsOf } from './evidence/evidence.ts';
import { unexplainedNodes, unexplainedPods } from './evidence/missing.ts';
import { type SightId, sights } from './sights.ts';

const behind = [
	'version-absent',
	'unavailable',
	'dial-failed',
	'backend-error',
	'no-answer',
	'empty',
] as const satisfies readonly SightId[];

export function needsLookBehind(evidence: Evidence): boolean {
	return (
		factsOf(evidence, 'metrics-group') !== null &&
		(behind.some((id) => sights[id](evidence) !== null) ||
			unexplainedNodes(evidence).length > 0 ||
			unexplainedPods(evidence).length > 0)
	);
}
