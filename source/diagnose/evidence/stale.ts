/** Samples that are not renewed. Pure. */
import type { Sample } from './api.ts';
import { type Evidence, factsOf } from './evidence.ts';
import { once } from './once.ts';

/** Two windows and one beat of the kubelet are usual; below a minute and a half nobody should worry. ms */
function staleAfter(window: number): number {
	return Math.max(90_000, 2 * (Number.isNaN(window) ? 0 : window) + 30_000);
}

/**
 * The samples that are older than any should be, by their subjects: of nodes; of pods, where this user may not read
 * those of nodes.
 */
export function staleSamples(evidence: Evidence): readonly { subject: string; sample: Sample }[] {
	const ofPods = factsOf(evidence, 'metrics-nodes') === null;
	const asked = (ofPods ? factsOf(evidence, 'metrics-pods')?.asOf : undefined) ?? evidence.now;
	return judgedSamples(evidence).filter(({ sample: { timestamp, window } }) => asked - timestamp > staleAfter(window));
}

/** Since when nothing at all is renewed, ms since 1970; NaN where something is. */
export const standsStillSince = once((evidence): number => {
	const samples = judgedSamples(evidence);
	return samples.length > 0 && staleSamples(evidence).length === samples.length
		? samples.reduce((newest, { sample }) => Math.max(newest, sample.timestamp), Number.NEGATIVE_INFINITY)
		: Number.NaN;
});

function judgedSamples(evidence: Evidence): readonly { subject: string; sample: Sample }[] {
	const ofNodes = factsOf(evidence, 'metrics-nodes');
	const samples = (ofNodes ?? factsOf(evidence, 'metrics-pods'))?.samples.values() ?? [];
	return [...samples].map((sample) => ({ subject: `${ofNodes === null ? 'pod' : 'node'}/${sample.name}`, sample }));
}
