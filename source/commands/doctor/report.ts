/** What the doctor hands out: the findings with their texts, what was asked, and what could not be. Data, for every face. */
import { distributionOf } from '../../diagnose/distribution.ts';
import { type Evidence, factsOf } from '../../diagnose/evidence/evidence.ts';
import { seenAtPorts } from '../../diagnose/evidence/kubelet-ports.ts';
import type { Examination } from '../../diagnose/examine.ts';
import type { AnyProbe } from '../../diagnose/probe.ts';
import type { ClusterTarget } from '../../kube/client.ts';
import type { Fix } from '../../messages/en/doctor/cause-text.ts';
import { probeQuestions, stepTitles } from '../../messages/en/doctor/probes.ts';
import { fixesOf } from '../../messages/en/doctor/typed.ts';
import { causeTexts, diagnosisText, meaningOf, uncheckedReason } from '../../messages/en/doctor.ts';
import type { Diagnosis, Observation, Unchecked } from '../../model/diagnosis.ts';

export interface ReportedCause {
	id: string;
	title: string;
}

export interface ReportedFinding {
	id: string;
	severity: Diagnosis['severity'];
	certainty: Diagnosis['certainty'];
	subject: string;
	subjects: readonly string[];
	title: string;
	explanation: string;
	because: readonly Observation[];
	rulesOut: readonly ReportedCause[];
	candidates: readonly ReportedCause[];
	wouldDecide: readonly ReportedQuestion[];
	consequences: readonly ReportedCause[];
	fixes: readonly Fix[];
	source: string;
	more: readonly string[];
	facts: Diagnosis['facts'];
}

export interface ReportedQuestion {
	probe: string;
	question: string;
	reason: string;
	needs: string;
}

export interface ReportedProbe {
	step: string;
	probe: string;
	request: string;
	outcome: string;
	status: number;
	milliseconds: number;
	error: string;
}

export interface Report {
	apiVersion: 'whytop/v1';
	kind: 'Diagnosis';
	/** The samples were read, and nothing has to be mended. */
	healthy: boolean;
	patient: string;
	/** Null where no kubeconfig could be used. */
	cluster: { server: string; context: string; user: string; version: string; distribution: string } | null;
	findings: readonly ReportedFinding[];
	unchecked: readonly ReportedQuestion[];
	/** What this machine saw of kubelets' ports, where it was told to look. */
	fromHere: readonly Observation[];
	asked: readonly ReportedProbe[];
	requests: number;
	milliseconds: number;
	outOfTime: boolean;
}

export interface ReportOptions {
	examination: Examination;
	probes: readonly AnyProbe[];
	target: ClusterTarget | null;
	/** Findings about anything else are left out. */
	diagnoses: readonly Diagnosis[];
	patient: string;
	requests: number;
}

export function reportOf({ diagnoses, examination, patient, probes, requests, target }: ReportOptions): Report {
	const { asked, evidence, outOfTime, took, unchecked } = examination;
	return {
		apiVersion: 'whytop/v1',
		kind: 'Diagnosis',
		healthy: samplesWereRead(evidence) && diagnoses.every(({ severity }) => severity === 'info'),
		patient,
		cluster: target && {
			server: target.server,
			context: target.context,
			user: target.user,
			version: factsOf(evidence, 'version')?.gitVersion ?? '',
			distribution: distributionOf(evidence),
		},
		findings: diagnoses.map(findingOf),
		unchecked: unchecked.map(questionOf),
		fromHere: (factsOf(evidence, 'kubelet-ports') ?? []).flatMap((facts) => seenAtPorts(facts, evidence.now)),
		asked: probes
			.filter(({ id }) => asked.includes(id))
			.flatMap(({ id, step }) => {
				const answer = evidence.answers[id];
				return answer === undefined
					? []
					: [
							{
								step: stepTitles[step] ?? step,
								probe: id,
								request: answer.request,
								outcome: answer.outcome,
								status: answer.status,
								milliseconds: Math.round(answer.took),
								error: answer.error.split('\n')[0] ?? '',
							},
						];
			}),
		requests,
		milliseconds: Math.round(took),
		outOfTime,
	};
}

/** Nothing has to be mended as far as one knows, and one does not know: the samples were not read. */
export function isUnknown({ findings, healthy }: Report): boolean {
	return !healthy && findings.every(({ severity }) => severity === 'info');
}

function samplesWereRead(evidence: Evidence): boolean {
	return factsOf(evidence, 'metrics-nodes') !== null || factsOf(evidence, 'metrics-pods') !== null;
}

function findingOf(diagnosis: Diagnosis): ReportedFinding {
	const { because, certainty, facts, id, severity, subject, subjects } = diagnosis;
	const text = diagnosisText(diagnosis);
	return {
		id,
		severity,
		certainty,
		subject,
		subjects,
		title: text?.title(facts) ?? id,
		explanation: meaningOf(diagnosis),
		because,
		rulesOut: diagnosis.rulesOut.map(causeOf),
		candidates: diagnosis.candidates.map(causeOf),
		wouldDecide: diagnosis.wouldDecide.map(questionOf),
		consequences: diagnosis.consequences.map(causeOf),
		fixes: fixesOf(text, facts),
		source: text?.source ?? '',
		more: text?.more ?? [],
		facts,
	};
}

export function causeOf(id: string): ReportedCause {
	return { id, title: causeTexts[id]?.title({}) ?? '' };
}

function questionOf(unchecked: Unchecked): ReportedQuestion {
	const { needs, probe } = unchecked;
	const question = probeQuestions[probe] ?? probe;
	return { probe, question, reason: uncheckedReason(unchecked), needs };
}
