/** Samples that are not renewed. Pure. */
import type { Sample } from './api.ts';
import { type Evidence, factsOf } from './evidence.ts';

/** Two windows and one beat of the kubelet are usual; below a minute and a half nobody should worry. ms */
function staleAfter(window: number): number {
	return Math.max(90_000, 2 * (Number.isNaN(window) ? 0 : window) + 30_000);
}

/** The samples of nodes that are older than any should be. */
export function staleNodeSamples(evidence: Evidence): readonly Sample[] {
	return nodeSamples(evidence).filter(({ timestamp, window }) => evidence.now - timestamp > staleAfter(window));
}

/** Since when nothing at all is renewed, ms since 1970; NaN where something is. */
export function standsStillSince(evidence: Evidence): number {
	const samples = nodeSamples(evidence);
	return samples.length > 0 && staleNodeSamples(evidence).length === samples.length
		? samples.reduce((newest, { timestamp }) => Math.max(newest, timestamp), Number.NEGATIVE_INFINITY)
		: Number.NaN;
}

function nodeSamples(evidence: Evidence): readonly Sample[] {
	return [...(factsOf(evidence, 'metrics-nodes')?.samples.values() ?? [])];
}
