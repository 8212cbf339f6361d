/**
 * What all causes between metrics-server and the kubelets share: they are judged by the line in its log, because through
 * the metrics API they all look the same.
 */
import { type Cause, type Found, likely, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { isServedByAdapter } from '../evidence/adapter.ts';
import { answerOf, type Evidence, factsOf, unknownOf } from '../evidence/evidence.ts';
import type { KubeletPortFacts } from '../evidence/kubelet-port-facts.ts';
import { seenAtPorts } from '../evidence/kubelet-ports.ts';
import { isVirtual, mayLackNodes, samplesAreEmpty } from '../evidence/missing.ts';
import type { NodeFacts } from '../evidence/objects.ts';
import { byProxy, type ScrapeFailure, scrapeFailures } from '../evidence/scrape-log.ts';
import { triedInVain } from '../sights.ts';
import { brokenBackend, emptyAnswer, type Symptom, symptom } from '../symptom.ts';

export const unknownRow = symptom(
	'kubectl top node, of some nodes',
	/<unknown>/,
	'n05    <unknown>   <unknown>   <unknown>   <unknown>',
);

export const ofScraping: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'entails'> = {
	family: 'kubelet',
	severity: 'error',
	explains: ['nodes-missing', 'empty', 'unavailable'],
	// Each node may have its own.
	terminal: false,
	entails: ['ms-not-ready-no-metrics', 'ms-liveness-killed', 'apiservice-missing-endpoints'],
};

/** Where it is all kubelets, metrics-server is never ready, and its API counts as broken. */
export function scrapeSymptom(pattern: RegExp, sample: string): readonly Symptom[] {
	return [symptom('the log of metrics-server', pattern, sample), unknownRow, ...emptyAnswer, ...brokenBackend];
}

/** Whether something is missing that a kubelet could be the reason of. */
function kubeletMayBeIt(evidence: Evidence): boolean {
	return (
		!isServedByAdapter(evidence) && (mayLackNodes(evidence) || samplesAreEmpty(evidence) || nothingIsReady(evidence))
	);
}

/** The API server finds no ready address, which is what follows where no kubelet can be scraped; or it may be so. */
function nothingIsReady(evidence: Evidence): boolean {
	const { body, status } = answerOf(evidence, 'metrics-version');
	const reason = factsOf(evidence, 'apiservice')?.reason ?? 'MissingEndpoints';
	return status === 503 && !body.includes(triedInVain) && reason === 'MissingEndpoints' && !isServedReady(evidence);
}

function isServedReady(evidence: Evidence): boolean {
	return factsOf(evidence, 'endpoints')?.some(({ ready }) => ready) === true;
}

export function nodeOf(evidence: Evidence, name: string): NodeFacts | undefined {
	return factsOf(evidence, 'nodes')?.find((node) => node.name === name);
}

/** A kubelet that is down, or none at all: its failing scrapes are what they should be. */
function isExpectedToFail(evidence: Evidence, name: string): boolean {
	const node = nodeOf(evidence, name);
	return node !== undefined && (node.ready !== 'True' || isVirtual(node));
}

/** The last line of a chain of errors that says what happened: without the URL before it. */
function reasonOf(tail: string): string {
	return tail.replace(/^Get "[^"]*": /, '');
}

/** By the lines of the log that match; undecided where the log cannot be read. */
export function byLog(
	evidence: Evidence,
	matches: (failure: ScrapeFailure) => boolean,
	more: Found['facts'] = {},
): Verdict {
	if (!kubeletMayBeIt(evidence)) {
		return ruledOut;
	}
	const failures = scrapeFailures(evidence).filter(
		({ node, tail: words }) => !isExpectedToFail(evidence, node) && !byProxy.test(words),
	);
	const found = failures.filter(matches);
	const [first] = found;
	if (first !== undefined) {
		return provedOf(
			found.map(({ node }) => `node/${node}`),
			{ reason: reasonOf(first.tail), distribution: distributionOf(evidence), ...addressIn(first.tail), ...more },
			found.slice(0, 3).map(({ line, request }) => ({ request, status: 200, quote: line.slice(0, 400) })),
		);
	}
	const logIsUnread = unknownOf(evidence, ['log']).length > 0;
	// A log that names other reasons for the same nodes rules this one out; a silent one leaves it open.
	return logIsUnread || failures.length === 0 ? undecided('log', 'kubelets') : ruledOut;
}

function addressIn(tail: string): { address: string; port: number } {
	const match =
		/https?:\/\/(\[[^\]]+\]|[^:/"\s]+):(\d+)/.exec(tail) ?? /dial tcp (\[[^\]]+\]|[^:\s]+):(\d+)/.exec(tail);
	return { address: match?.[1] ?? '', port: Number(match?.[2] ?? 10250) };
}

export const tail = (pattern: RegExp, except?: RegExp) => (failure: ScrapeFailure) =>
	pattern.test(failure.tail) && (except === undefined || !except.test(failure.tail));

const lookAlikes = [
	'kubelet-cert-no-ip-san',
	'kubelet-cert-unknown-ca',
	'kubelet-timeout',
	'kubelet-conn-refused-10250',
	'kubelet-401',
	'kubelet-403-metrics',
	'node-not-ready',
] as const;

/** Through the metrics API they all look the same: the line in the log excludes the others. */
export const othersThan = (id: string): readonly string[] => lookAlikes.filter((other) => other !== id);

/** What this machine sees of a kubelet that has this cause. */
export type SeenFromHere = (facts: KubeletPortFacts, evidence: Evidence) => boolean;

interface LoggedOptions {
	except?: RegExp;
	unless?: (evidence: Evidence) => boolean;
	fromHere?: SeenFromHere;
	/** What this machine sees that speaks against it. */
	excludes?: SeenFromHere;
}

/** A cause that one pattern of the log's line proves. */
export function logged(
	id: string,
	pattern: RegExp,
	sample: string,
	{ except, excludes, fromHere, unless }: LoggedOptions = {},
): Cause {
	return {
		id,
		...ofScraping,
		needs: ['log', 'nodes', ...(fromHere === undefined ? [] : (['kubelet-ports'] as const))],
		rulesOut: othersThan(id),
		symptoms: scrapeSymptom(pattern, sample),
		judge(evidence) {
			const verdict = unlessExcluded(evidence, byLog(evidence, tail(pattern, except)), unless);
			return fromHere === undefined ? verdict : withPorts(evidence, verdict, fromHere, excludes);
		},
	};
}

/**
 * What this machine sees of kubelets, beside what the log says. It is never proof of what metrics-server sees: without
 * the log it makes a cause likely, and with it, it is one more thing that was seen.
 *
 * @param excludes whether what is seen of a kubelet speaks against it, whoever asks
 */
export function withPorts(evidence: Evidence, verdict: Verdict, isIt: SeenFromHere, excludes?: SeenFromHere): Verdict {
	const { now } = evidence;
	const found = (factsOf(evidence, 'kubelet-ports') ?? []).filter((facts) => isIt(facts, evidence));
	if (verdict.verdict === 'proved') {
		const its = found.filter(({ node }) => verdict.subjects.includes(`node/${node}`));
		return { ...verdict, because: [...verdict.because, ...its.slice(0, 1).flatMap((one) => seenAtPorts(one, now))] };
	}
	const inQuestion = found.filter(({ node }) => lacksSamples(evidence, node) && !isExpectedToFail(evidence, node));
	const [first] = inQuestion;
	if (verdict.verdict !== 'undecided') {
		return verdict;
	}
	return first === undefined
		? isNowhere(evidence, excludes)
			? ruledOut
			: verdict
		: likely(
				provedOf(
					inQuestion.map(({ node }) => `node/${node}`),
					{ distribution: distributionOf(evidence), address: first.address, port: first.port, fromHere: 'yes' },
					inQuestion.slice(0, 2).flatMap((one) => seenAtPorts(one, now)),
				),
			);
}

/** Every kubelet that may have it was asked, and speaks against it. */
function isNowhere(evidence: Evidence, excludes: SeenFromHere | undefined): boolean {
	const asked = new Map((factsOf(evidence, 'kubelet-ports') ?? []).map((facts) => [facts.node, facts]));
	const nodes = (factsOf(evidence, 'nodes') ?? []).filter(
		({ name }) => lacksSamples(evidence, name) && !isExpectedToFail(evidence, name),
	);
	return (
		excludes !== undefined &&
		nodes.length > 0 &&
		nodes.every(({ name }) => {
			const facts = asked.get(name);
			return facts !== undefined && excludes(facts, evidence);
		})
	);
}

function lacksSamples(evidence: Evidence, node: string): boolean {
	const samples = factsOf(evidence, 'metrics-nodes')?.samples;
	return samples === undefined || !samples.has(node);
}

export const scraped = 'Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": ';

/** Without the log it is open, unless something else speaks against it. */
export function unlessExcluded(
	evidence: Evidence,
	verdict: Verdict,
	unless?: (evidence: Evidence) => boolean,
): Verdict {
	return verdict.verdict === 'undecided' && unless?.(evidence) === true ? ruledOut : verdict;
}

/** The kubelets answer the API server with metrics: what fails is between them and metrics-server. */
export function kubeletsAnswer(evidence: Evidence): boolean {
	const kubelets = factsOf(evidence, 'kubelets') ?? [];
	return kubelets.length > 0 && kubelets.every(({ status }) => status === 200);
}

/** The flags of metrics-server; null if they are not known. */
function flagsOf(evidence: Evidence): readonly string[] | null {
	const pods = factsOf(evidence, 'workload-pods');
	return pods === null || pods.length === 0
		? null
		: pods.flatMap(({ containers }) => containers.flatMap(({ args, command }) => [...command, ...args]));
}

/** It is known to run without such a flag. */
export const runsWithout =
	(flag: RegExp) =>
	(evidence: Evidence): boolean =>
		flagsOf(evidence)?.some((one) => flag.test(one)) === false;

export const runsWith =
	(flag: RegExp) =>
	(evidence: Evidence): boolean =>
		flagsOf(evidence)?.some((one) => flag.test(one)) === true;

/** Its image is of this minor version or newer: 6 for v0.6.0. */
export const isAtLeast =
	(minor: number) =>
	(evidence: Evidence): boolean =>
		(factsOf(evidence, 'workload-pods') ?? []).some(({ containers }) =>
			containers.some(({ image }) => Number(/metrics-server[^:]*:v?0\.(\d+)/.exec(image)?.[1] ?? Number.NaN) >= minor),
		);
