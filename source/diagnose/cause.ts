/** One known reason for a missing or wrong number: what proves it, what it rules out, and how it looks from outside. */
import type { Observation } from '../model/diagnosis.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { ProbeId } from './evidence/values.ts';
import type { SightId } from './sights.ts';
import type { Symptom } from './symptom.ts';

/** In the order of the catalogue. */
export const families = [
	/** Kubeconfig and credentials. */
	'client',
	/** Network, TLS and what stands between here and the API server. */
	'network',
	/** Rancher's front. */
	'rancher',
	/** What the caller may read. */
	'authorization',
	/** The API group and its APIService. */
	'registration',
	/** From the API server to metrics-server. */
	'aggregation',
	/** metrics-server as a workload. */
	'workload',
	/** From metrics-server to the kubelets. */
	'kubelet',
	/** The kubelet answers, and its numbers are missing. */
	'kubelet-data',
	/** Only some numbers are missing. */
	'partial',
	/** HPA and others who read the same API. */
	'consumers',
] as const;

export type FamilyId = (typeof families)[number];

export interface Found {
	verdict: 'proved' | 'likely';
	/** `cluster`, or each thing that it explains: `node/n05`, `pod/web/api-1`. */
	subjects: readonly string[];
	facts: Finding['facts'];
	because: readonly Observation[];
	/** Where it depends on the evidence; else the cause's own. */
	severity?: Severity;
}

export type Verdict =
	| Found
	/** The evidence excludes it. */
	| { verdict: 'ruled-out' }
	/** It may be. These probes would tell, if they were answered; without any, those that it needs. */
	| { verdict: 'undecided'; wouldDecide: readonly ProbeId[] };

export interface Cause {
	/** As in the catalogue; the same for good, people search for it. */
	id: string;
	family: FamilyId;
	severity: Severity;
	/** Probes whose answers `judge` reads. */
	needs: readonly ProbeId[];
	/** What is seen from outside where this is the reason. A cause that explains nothing is only worth knowing. */
	explains: readonly SightId[];
	/** Once proved, nothing else can be told before it is mended: the doctor stops. */
	terminal: boolean;
	/** Causes that are true as well where this is true, because they follow from it. They need no finding of their own. */
	entails?: readonly string[];
	/** Look-alikes that its proof excludes. */
	rulesOut?: readonly string[];
	/** Texts that people see and paste, by what prints them in which versions. */
	symptoms: readonly Symptom[];
	/** Pure: the same evidence gets the same verdict. */
	judge(evidence: Evidence): Verdict;
}

export const ruledOut: Verdict = { verdict: 'ruled-out' };

export function undecided(...wouldDecide: readonly ProbeId[]): Verdict {
	return { verdict: 'undecided', wouldDecide };
}

/** Of the whole cluster. */
export function proved(facts: Finding['facts'], because: readonly Observation[], severity?: Severity): Found {
	return provedOf(['cluster'], facts, because, severity);
}

export function provedOf(
	subjects: readonly string[],
	facts: Finding['facts'],
	because: readonly Observation[],
	severity?: Severity,
): Found {
	return { verdict: 'proved', subjects, facts, because, ...(severity === undefined ? {} : { severity }) };
}

export function likely(found: Found): Found {
	return { ...found, verdict: 'likely' };
}
