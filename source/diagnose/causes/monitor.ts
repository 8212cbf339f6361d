/**
 * What the monitor itself meets while it follows a cluster, as findings. Pure: evidence in, findings out. It judges only
 * from requests that were made anyway; the doctor asks more.
 */
import type { Finding, Severity } from '../../model/finding.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import type { MetricsAnswer } from './no-sample.ts';

/** How one of the followed lists stands. */
export interface ListEvidence {
	/** `nodes`, `pods`. */
	resource: string;
	/** 0 if the newest request went well or had no status. */
	status: number;
	/** The error in words, '' if the newest request went well. */
	error: string;
	/** It could not be reached at all. */
	unreachable: boolean;
	watchRefused: boolean;
}

export interface MetricsEvidence {
	answer: MetricsAnswer;
	version: string;
	error: string;
	/** The newest timestamp is older than two windows and a refresh, ms; NaN if it is not. */
	staleFor: number;
}

/** How many subjects lack a sample for one reason, and the names of the first of them: of at most so many as are shown. */
export interface Missing {
	count: number;
	names: readonly string[];
}

export const namesShown = 3;

export interface MonitorEvidence {
	server: string;
	/** Those that a command for kubectl needs to reach the same cluster, '' if none. */
	kubectlFlags: string;
	/** The namespace that is followed, null for all. */
	namespace: string | null;
	insecure: '' | 'unverified' | 'plain';
	/** Server's clock minus ours, ms; NaN if unknown. */
	clockSkew: number;
	lists: readonly ListEvidence[];
	/** What has been asked and not answered for remarkably long, ms; NaN where that is not so. */
	slow: readonly { resource: string; waiting: number }[];
	nodeMetrics: MetricsEvidence;
	podMetrics: MetricsEvidence;
	/** Names by code. */
	nodesWithoutSamples: ReadonlyMap<NoSampleCode, Missing>;
	/** `namespace/name` by code. */
	podsWithoutSamples: ReadonlyMap<NoSampleCode, Missing>;
	nodesSampled: number;
}

type FindingWithoutTime = Omit<Finding, 'since'>;

/** Clocks of one site agree within a second or two; a minute makes young tokens and ages wrong. */
const noticeableSkew = 60_000;

/** Codes that are everyday life of a cluster, and no finding. */
const ordinary: ReadonlySet<NoSampleCode> = new Set(['pod-finished', 'pod-pending-or-init', 'not-asked-yet']);

/** Codes that explain themselves: time or the kind of node is all there is to it. */
const expected: ReadonlySet<NoSampleCode> = new Set([
	'pod-too-young',
	'container-restarting',
	'node-virtual',
	'node-fargate',
	'node-windows',
]);

/** Codes that only repeat what the finding about the metrics API says. */
const sayTheSame: ReadonlySet<NoSampleCode> = new Set([
	'api-group-absent',
	'apiservice-unavailable',
	'metrics-forbidden',
	'metrics-empty',
	'metrics-unreachable',
]);

export function judgeMonitor(evidence: MonitorEvidence): FindingWithoutTime[] {
	const { kubectlFlags } = evidence;
	const findings = [
		...judgeConnection(evidence),
		...evidence.lists.flatMap((list) => judgeList(list, evidence)),
		...judgeSlowness(evidence),
		...judgeMetrics(evidence),
		...judgeMissing(evidence),
	];
	return kubectlFlags === ''
		? findings
		: findings.map(({ facts, ...rest }) => ({ ...rest, facts: { ...facts, kubectlFlags } }));
}

function judgeConnection({ clockSkew, insecure, lists, server }: MonitorEvidence): FindingWithoutTime[] {
	const findings: FindingWithoutTime[] = [];
	const broken = lists.find((list) => list.unreachable);
	if (broken !== undefined) {
		findings.push(finding('api-unreachable', 'error', 'cluster', { server, error: broken.error }));
	}
	const rejected = lists.find((list) => list.status === 401);
	if (rejected !== undefined) {
		findings.push(finding('credentials-rejected', 'error', 'cluster', { server, error: rejected.error }));
	}
	if (insecure === 'unverified') {
		findings.push(finding('tls-not-verified', 'warning', 'cluster', { server }));
	}
	if (insecure === 'plain') {
		findings.push(finding('plain-http', 'info', 'cluster', { server }));
	}
	if (Math.abs(clockSkew) > noticeableSkew) {
		findings.push(finding('clock-skew', 'warning', 'cluster', { seconds: Math.round(clockSkew / 1_000) }));
	}
	return findings;
}

function judgeList(list: ListEvidence, { namespace }: MonitorEvidence): FindingWithoutTime[] {
	const facts = { resource: list.resource, error: list.error, namespace: namespace ?? '' };
	if (list.status === 403) {
		// Who looks at one namespace is not expected to see nodes: worth knowing, nothing to mend.
		const severity = namespace !== null && list.resource === 'nodes' ? 'info' : 'error';
		return [finding(`${list.resource}-forbidden`, severity, list.resource, facts)];
	}
	if (list.error !== '' && !list.unreachable && list.status !== 401) {
		return [finding('list-failing', 'error', list.resource, { ...facts, status: list.status })];
	}
	return list.watchRefused ? [finding('watch-unavailable', 'warning', list.resource, facts)] : [];
}

function judgeSlowness({ server, slow }: MonitorEvidence): FindingWithoutTime[] {
	return slow
		.filter(({ waiting }) => !Number.isNaN(waiting))
		.map(({ resource, waiting }) =>
			finding('api-slow', 'warning', resource, { server, resource, seconds: Math.floor(waiting / 1_000) }),
		);
}

function judgeMetrics({ lists, namespace, nodeMetrics, podMetrics }: MonitorEvidence): FindingWithoutTime[] {
	const findings: FindingWithoutTime[] = [];
	// A server that cannot be reached, or lets nobody in, has been reported: its metrics fail with it.
	const nothingAnswers = lists.some((list) => list.unreachable || list.status === 401);
	for (const [resource, metrics] of [
		['nodes', nodeMetrics],
		['pods', podMetrics],
	] as const) {
		const facts = { resource, version: metrics.version, error: metrics.error, namespace: namespace ?? '' };
		const same = resource === 'pods' && nodeMetrics.answer === podMetrics.answer;
		if (metrics.answer !== 'answering' && metrics.answer !== 'not-asked-yet' && !same && !nothingAnswers) {
			const severity: Severity =
				metrics.answer === 'metrics-forbidden' && resource === 'nodes' && podMetrics.answer === 'answering'
					? 'info'
					: 'error';
			findings.push(finding(metrics.answer, severity, `${resource}.metrics.k8s.io`, facts));
		}
		if (metrics.staleFor > 0 && !(resource === 'pods' && nodeMetrics.staleFor > 0)) {
			const seconds = Math.round(metrics.staleFor / 1_000);
			findings.push(finding('stale-samples', 'warning', `${resource}.metrics.k8s.io`, { ...facts, seconds }));
		}
	}
	return findings;
}

function judgeMissing(evidence: MonitorEvidence): FindingWithoutTime[] {
	const findings: FindingWithoutTime[] = [];
	for (const [code, missing] of evidence.nodesWithoutSamples) {
		if (sayTheSame.has(code) || ordinary.has(code)) {
			continue;
		}
		const severity = code === 'node-row-unknown' ? 'error' : 'info';
		findings.push(finding('node-without-samples', severity, subjectOf('node', missing), missingFacts(code, missing)));
	}
	for (const [code, missing] of evidence.podsWithoutSamples) {
		if (sayTheSame.has(code) || ordinary.has(code)) {
			continue;
		}
		const severity = expected.has(code) ? 'info' : 'warning';
		findings.push(finding('pods-without-samples', severity, subjectOf('pod', missing), missingFacts(code, missing)));
	}
	return findings;
}

function subjectOf(kind: 'node' | 'pod', { count, names }: Missing): string {
	return count === 1 ? `${kind}/${names[0]}` : `${kind}s`;
}

function missingFacts(code: NoSampleCode, { count, names }: Missing): Finding['facts'] {
	const shown = names.slice(0, namesShown);
	const more = count - shown.length;
	return { code, count, names: shown.join(', ') + (more > 0 ? ` and ${more} more` : '') };
}

function finding(id: string, severity: Severity, subject: string, facts: Finding['facts']): FindingWithoutTime {
	return { id, severity, subject, facts };
}
