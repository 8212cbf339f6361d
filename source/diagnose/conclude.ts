/**
 * From verdicts to findings. A cause that only follows from another one is told with it; where several causes fit what
 * is seen, the finding is the set of them and says what would decide. Pure.
 */
import type { Diagnosis, Unchecked } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import type { Cause, Found } from './cause.ts';
import { distributionOf } from './distribution.ts';
import { answerOf, type Evidence, factsOf, namesOf, subjectOf, unknownOf } from './evidence/evidence.ts';
import type { ProbeId } from './evidence/values.ts';
import { byHowOften } from './often-met.ts';
import type { AnyProbe } from './probe.ts';
import { type SightId, type Sighting, sights } from './sights.ts';

interface Judged {
	cause: Cause;
	found: Found;
}

interface Open {
	cause: Cause;
	wouldDecide: readonly ProbeId[];
}

/** What the probes are, apart from asking. */
export type ProbeRights = Pick<AnyProbe, 'id' | 'needs' | 'sensitive'>;

/** Sights that mean that something later was not seen at all, or only follows: the first of them is enough. */
const ofTheWay: ReadonlySet<string> = new Set(
	Object.keys(sights).filter((id) => !['forbidden', 'nodes-missing', 'nodes-silent', 'pods-missing'].includes(id)),
);

export function conclude(
	evidence: Evidence,
	causes: readonly Cause[],
	probes: readonly ProbeRights[],
): readonly Diagnosis[] {
	const proved: Judged[] = [];
	const likely: Judged[] = [];
	const open: Open[] = [];
	const excluded = new Set<string>();
	for (const cause of causes) {
		const verdict = cause.judge(evidence);
		if (verdict.verdict === 'proved') {
			proved.push({ cause, found: verdict });
		} else if (verdict.verdict === 'likely') {
			likely.push({ cause, found: verdict });
		} else if (verdict.verdict === 'undecided') {
			open.push({ cause, wouldDecide: unknownOf(evidence, verdict.wouldDecide) });
		} else {
			excluded.add(cause.id);
		}
	}
	const following = consequences(proved);
	const led = ledToBy(likely, proved, evidence, causes);
	const roots = proved.filter(({ cause }) => !following.has(cause.id) && !led.has(cause.id));
	const diagnoses = roots.map(({ cause, found }) =>
		diagnosis(evidence, cause, found, {
			certainty: 'proved',
			...behind(evidence, { cause, found }, causes, { likely, open, probes }),
			consequences: proved
				.filter((other) => entailedBy(cause, causes).has(other.cause.id))
				.map((other) => other.cause.id),
		}),
	);
	let wayIsOpen = true;
	for (const [id, see] of Object.entries(sights) as [SightId, (evidence: Evidence) => Sighting | null][]) {
		const sighting = wayIsOpen || !ofTheWay.has(id) ? see(evidence) : null;
		if (sighting === null) {
			continue;
		}
		wayIsOpen &&= !ofTheWay.has(id);
		const rest = uncovered(
			sighting,
			id,
			proved.filter(({ cause }) => !led.has(cause.id)),
		);
		if (rest.length > 0) {
			const found = unproved(evidence, id, { ...sighting, subjects: rest }, { likely, open, probes });
			diagnoses.push({ ...found, consequences: found.certainty === 'likely' ? [...led] : [] });
		}
	}
	const worthKnowing = likely.filter(({ cause }) => cause.explains.length === 0);
	const all = [
		...diagnoses,
		...worthKnowing.map(({ cause, found }) => diagnosis(evidence, cause, found, { certainty: 'likely' })),
	];
	return all
		.map((one) => ({ ...one, rulesOut: one.rulesOut.filter((id) => excluded.has(id)) }))
		.toSorted((one, other) => rank[one.severity] - rank[other.severity]);
}

const rank = { error: 0, warning: 1, info: 2 } as const;

/** Where these fail and the connection knows why, that is what was learned, and the finding says it. */
const ofTheFirstStep: ReadonlySet<ProbeId> = new Set(['kubeconfig', 'plugin', 'version']);

/** Everything that was asked and not learned, with the right that would let it. */
export function notLearned(evidence: Evidence, probes: readonly ProbeRights[]): readonly Unchecked[] {
	return probes.flatMap((probe) => {
		// A 404 or 503 is what a cause is judged by: it was learned.
		const { errorId, outcome } = answerOf(evidence, probe.id);
		const isKnown = ['answered', 'not-asked'].includes(outcome) || (ofTheFirstStep.has(probe.id) && errorId !== '');
		return isKnown ? [] : (uncheckedOf(evidence, probe.id, [probe]) ?? []);
	});
}

/** The subjects of a sight that no proved cause explains. */
function uncovered({ orElse = [], subjects }: Sighting, id: SightId, proved: readonly Judged[]): readonly string[] {
	const explained = new Set(
		proved.filter(({ cause }) => explainsAny(cause, [id, ...orElse])).flatMap(({ found }) => found.subjects),
	);
	// What is seen of the cluster as a whole is explained by a cause at any of its parts.
	return explained.has('cluster') || (explained.size > 0 && subjects.includes('cluster'))
		? []
		: subjects.filter((subject) => !explained.has(subject));
}

function unproved(evidence: Evidence, id: SightId, sighting: Sighting, { likely, open, probes }: Unproved): Diagnosis {
	const of = ({ cause }: { cause: Cause }) => explainsAny(cause, [id, ...(sighting.orElse ?? [])]);
	const fitting = likely.filter(of);
	const others = open.filter(of);
	const wouldDecide = deciding(evidence, others, probes);
	const [only] = fitting;
	if (only !== undefined && fitting.length === 1) {
		const candidates = byHowOften(others.map(({ cause }) => cause.id));
		return diagnosis(evidence, only.cause, only.found, { certainty: 'likely', candidates, wouldDecide });
	}
	const { because, facts, subjects } = sighting;
	return {
		id,
		severity: 'error',
		subject: subjectOf(subjects),
		subjects,
		facts: toldTo(evidence, facts, subjects),
		since: evidence.now,
		certainty: 'open',
		because: because(subjects),
		rulesOut: [],
		candidates: [
			...byHowOften(fitting.map(({ cause }) => cause.id)),
			...byHowOften(others.map(({ cause }) => cause.id)),
		],
		wouldDecide,
		consequences: [],
	};
}

function explainsAny({ explains }: Cause, ids: readonly string[]): boolean {
	return explains.some((id) => ids.includes(id));
}

interface Unproved {
	likely: readonly Judged[];
	open: readonly Open[];
	probes: readonly ProbeRights[];
}

/**
 * What is proved can itself only follow from something that is not: that no pod is ready says nothing of the reason to
 * someone who may not see the pods. The set of the reasons, and what would decide. What is expected to pass by itself has
 * no worse reasons behind it as long as nothing says so.
 */
function behind(
	evidence: Evidence,
	{ cause: { id, severity }, found }: Judged,
	causes: readonly Cause[],
	{ likely, open, probes }: Unproved,
): Pick<Diagnosis, 'candidates' | 'wouldDecide'> {
	const own = found.severity ?? severity;
	const leadsTo = ({ cause }: { cause: Cause }) =>
		entailedBy(cause, causes).has(id) && rank[cause.severity] >= rank[own];
	const fitting = likely.filter(leadsTo);
	const others = open.filter(leadsTo);
	return {
		candidates: [
			...byHowOften(fitting.map(({ cause }) => cause.id)),
			...byHowOften(others.map(({ cause }) => cause.id)),
		],
		wouldDecide: deciding(evidence, others, probes),
	};
}

function deciding(evidence: Evidence, open: readonly Open[], probes: readonly ProbeRights[]): readonly Unchecked[] {
	return [...new Set(open.flatMap(({ wouldDecide }) => wouldDecide))].flatMap(
		(probe) => uncheckedOf(evidence, probe, probes) ?? [],
	);
}

/** With the names that it is about, whose Kubernetes it is, and how its commands reach the same cluster. */
function toldTo(evidence: Evidence, facts: Finding['facts'], subjects: readonly string[]): Finding['facts'] {
	const kubectlFlags = factsOf(evidence, 'surroundings')?.kubectlFlags ?? '';
	const distribution = distributionOf(evidence);
	return {
		...(distribution === '' ? {} : { distribution }),
		...facts,
		...(subjects.includes('cluster') ? {} : namesOf(subjects)),
		...(kubectlFlags === '' ? {} : { kubectlFlags }),
	};
}

function diagnosis(
	evidence: Evidence,
	cause: Cause,
	{ because, facts, severity = cause.severity, subjects }: Found,
	more: Pick<Diagnosis, 'certainty'> & Partial<Diagnosis>,
): Diagnosis {
	return {
		id: cause.id,
		severity,
		subject: subjectOf(subjects),
		subjects,
		facts: toldTo(evidence, facts, subjects),
		since: evidence.now,
		because,
		rulesOut: cause.rulesOut ?? [],
		candidates: [],
		wouldDecide: [],
		consequences: [],
		...more,
	};
}

/** Ids of everything that follows from a cause, however far. */
function entailedBy(cause: Cause, causes: readonly Cause[], known = new Set<string>()): ReadonlySet<string> {
	for (const id of cause.entails ?? []) {
		const next = causes.find((other) => other.id === id);
		if (!known.has(id)) {
			known.add(id);
			if (next !== undefined) {
				entailedBy(next, causes, known);
			}
		}
	}
	return known;
}

/**
 * What is proved and only follows from the one cause that is likely: that metrics-server is not ready is true, and it is
 * no answer where its log names the reason. Nothing where several are likely.
 */
function ledToBy(
	likely: readonly Judged[],
	proved: readonly Judged[],
	evidence: Evidence,
	causes: readonly Cause[],
): ReadonlySet<string> {
	const seenNow = (Object.keys(sights) as SightId[]).filter((id) => sights[id](evidence) !== null);
	const [only, ...others] = likely.filter(({ cause }) => cause.explains.some((id) => seenNow.includes(id)));
	if (only === undefined || others.length > 0) {
		return new Set();
	}
	const entailed = entailedBy(only.cause, causes);
	return new Set(proved.map(({ cause }) => cause.id).filter((id) => entailed.has(id)));
}

function consequences(proved: readonly Judged[]): ReadonlySet<string> {
	const causes = proved.map(({ cause }) => cause);
	return new Set(causes.flatMap((cause) => [...entailedBy(cause, causes)]));
}

function uncheckedOf(evidence: Evidence, id: ProbeId, probes: readonly ProbeRights[]): Unchecked | null {
	const { outcome, value } = answerOf(evidence, id);
	if (outcome === 'answered' && value !== null) {
		return null;
	}
	const probe = probes.find((other) => other.id === id);
	const needs = probe === undefined || probe.sensitive === true || outcome !== 'forbidden' ? '' : probe.needs;
	return { probe: id, why: outcome === 'answered' ? 'failed' : outcome, needs };
}
