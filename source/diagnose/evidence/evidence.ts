/** Everything that is known when causes are judged, and short ways to ask it. Pure. */
import type { Observation } from '../../model/diagnosis.ts';
import { type Answer, emptyReply, type Reply } from './answer.ts';
import type { ProbeId, ProbeValues } from './values.ts';

/** What the doctor was asked about. */
export type Patient =
	| { kind: 'cluster' }
	| { kind: 'node'; name: string }
	| { kind: 'pod'; namespace: string; name: string }
	| { kind: 'hpa'; namespace: string; name: string };

export interface Evidence {
	/** ms since 1970 by the server's clock, as soon as one is known. */
	now: number;
	patient: Patient;
	/** The namespace that is asked about, null for all. */
	namespace: string | null;
	/** Kubelets may be asked by this machine, which somebody wants (`--kubelet`). */
	probesKubelets?: boolean;
	answers: { readonly [Id in ProbeId]?: Answer<ProbeValues[Id]> };
}

/** The answer of a probe; one that says "not asked" if there is none. */
export function answerOf<Id extends ProbeId>(evidence: Evidence, id: Id): Answer<ProbeValues[Id]> {
	return (evidence.answers[id] as Answer<ProbeValues[Id]> | undefined) ?? { ...emptyReply, value: null };
}

/** What a probe read; null if it got no such answer. */
export function factsOf<Id extends ProbeId>(evidence: Evidence, id: Id): ProbeValues[Id] | null {
	return answerOf(evidence, id).value;
}

/** True if the probe was asked and something came back, be it "forbidden". */
export function isAnswered(evidence: Evidence, id: ProbeId): boolean {
	const { outcome } = answerOf(evidence, id);
	return outcome === 'answered' || outcome === 'forbidden';
}

/** Of these probes, those that gave nothing to judge by. */
export function unknownOf(evidence: Evidence, ids: readonly ProbeId[]): readonly ProbeId[] {
	return ids.filter((id) => factsOf(evidence, id) === null);
}

const longestQuote = 400;

/** What was seen in a reply: its own words, unless a field or a line of it says more. */
export function seen(reply: Pick<Reply, 'request' | 'status' | 'body' | 'error'>, quote?: string): Observation {
	const words = quote ?? (reply.body.split('\n')[0] || reply.error);
	return { request: reply.request, status: reply.status, quote: words.slice(0, longestQuote) };
}

/** `node/n1`, `nodes` … for one or several subjects of a kind. */
export function subjectOf(subjects: readonly string[]): string {
	const [first = 'cluster', ...others] = subjects;
	return others.length === 0 ? first : `${first.split('/')[0]}s`;
}

/** What a message fills in about several things: how many, and the first names. */
export function namesOf(subjects: readonly string[]): { count: number; names: string } {
	const names = subjects.map((subject) => subject.split('/').slice(1).join('/'));
	const more = names.length - 3;
	return { count: names.length, names: names.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '') };
}
