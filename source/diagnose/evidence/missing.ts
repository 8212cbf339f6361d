/** Which nodes and pods have no sample: arithmetic of sets on what was answered. Pure. */
import { timeToFirstSample } from '../causes/no-sample.ts';
import type { Sample } from './api.ts';
import { type Evidence, factsOf } from './evidence.ts';
import type { ListedPod, NodeFacts } from './objects.ts';
import { once } from './once.ts';
import { standsStillSince } from './stale.ts';

/** Nodes without a sample, while at least one has one; none if that cannot be told. */
export const nodesWithoutSamples = once((evidence): readonly NodeFacts[] => {
	const samples = factsOf(evidence, 'metrics-nodes')?.samples;
	const nodes = factsOf(evidence, 'nodes');
	return samples === undefined || samples.size === 0 || nodes === null
		? []
		: nodes.filter(({ name }) => !samples.has(name));
});

/** The answers hold no sample at all. What is asked of one namespace alone proves nothing about the others. */
export function samplesAreEmpty(evidence: Evidence): boolean {
	const nodes = factsOf(evidence, 'metrics-nodes');
	const pods = factsOf(evidence, 'metrics-pods');
	if (nodes !== null) {
		return nodes.samples.size === 0 && (pods === null || pods.samples.size === 0);
	}
	return pods !== null && pods.namespace === null && pods.samples.size === 0;
}

/** The sample of each pod, in the order of the pods. */
const sampleOfEach = once((evidence): readonly (Sample | undefined)[] => {
	const samples = factsOf(evidence, 'metrics-pods')?.samples;
	return (factsOf(evidence, 'pods') ?? []).map(({ name, namespace }) => samples?.get(`${namespace}/${name}`));
});

/**
 * Running pods without a sample, while there are samples. Pods of a node that has none are not counted: what explains
 * the node explains them.
 */
export const podsWithoutSamples = once((evidence): readonly ListedPod[] => {
	const samples = factsOf(evidence, 'metrics-pods');
	const pods = factsOf(evidence, 'pods');
	if (samples === null || pods === null || samplesAreEmpty(evidence)) {
		return [];
	}
	const lost = new Set(nodesWithoutSamples(evidence).map(({ name }) => name));
	const each = sampleOfEach(evidence);
	return pods.filter(
		({ namespace, node, phase, status }, index) =>
			each[index] === undefined &&
			phase === 'Running' &&
			status !== 'Terminating' &&
			(samples.namespace === null || samples.namespace === namespace) &&
			!lost.has(node),
	);
});

/** How long a new thing waits for its first sample here, ms: by the longest window that is seen. */
export const waitForFirstSample = once((evidence): number => {
	const windows = [factsOf(evidence, 'metrics-nodes'), factsOf(evidence, 'metrics-pods')].flatMap((facts) =>
		facts === null ? [] : [...facts.samples.values()].map(({ window }) => window).filter((window) => window > 0),
	);
	return timeToFirstSample(windows.length === 0 ? Number.NaN : windows.reduce((one, other) => Math.max(one, other)));
});

/** Since its youngest running container started; since it was made, where none runs. */
export function ageOf({ containers, createdAt }: ListedPod, now: number): number {
	const started = containers.map(({ startedAt }) => startedAt).filter((time) => !Number.isNaN(time));
	return now - (started.length > 0 ? Math.max(...started) : createdAt);
}

/** When it was asked who has a sample, ms since 1970. */
function asked(evidence: Evidence): number {
	return factsOf(evidence, 'metrics-pods')?.asOf ?? evidence.now;
}

/**
 * A container restarted within the time that a first sample takes, or waits to be started again: the kubelet calls that
 * CrashLoopBackOff only for a part of the wait, before that by what ended it (Error, OOMKilled).
 */
export function isRestarting({ containers }: ListedPod, evidence: Evidence): boolean {
	const since = asked(evidence) - waitForFirstSample(evidence);
	const noneRuns = containers.length > 0 && containers.every(({ startedAt }) => Number.isNaN(startedAt));
	return (
		noneRuns ||
		containers.some(
			({ lastTerminatedAt, restarts, startedAt }) =>
				restarts > 0 && (Number.isNaN(startedAt) || startedAt > since || lastTerminatedAt > since),
		)
	);
}

export function isYoung(pod: ListedPod, evidence: Evidence): boolean {
	return !isRestarting(pod, evidence) && ageOf(pod, asked(evidence)) < waitForFirstSample(evidence);
}

/**
 * Pods without a sample that came too late for one: nothing has been renewed since. What is new or restarting anyway is
 * not among them.
 */
export function podsAfterSamples(evidence: Evidence): readonly ListedPod[] {
	return standing(evidence).filter(cameAfterSamples(evidence));
}

/** Pods without a sample that are neither new nor restarting, and could have one. */
export const unexplainedPods = once((evidence): readonly ListedPod[] => {
	const isLate = cameAfterSamples(evidence);
	return standing(evidence).filter((pod) => !isLate(pod));
});

/** By node: pods that lack a sample they should have, of nodes of which no pod has one. */
export const podsOfUnheardNodes = once((evidence): ReadonlyMap<string, readonly ListedPod[]> => {
	const samples = factsOf(evidence, 'metrics-pods')?.samples;
	const pods = factsOf(evidence, 'pods') ?? [];
	const heard = new Set(
		pods.filter(({ name, namespace }) => samples?.has(`${namespace}/${name}`) === true).map(({ node }) => node),
	);
	const unheard = unexplainedPods(evidence).filter(({ node }) => !heard.has(node));
	return Map.groupBy(unheard, ({ node }) => node);
});

/**
 * The same where this user may not read the samples of nodes: whether it is the node or its pods, nobody can tell from
 * that.
 */
export function silentNodes(evidence: Evidence): ReadonlyMap<string, readonly ListedPod[]> {
	return factsOf(evidence, 'metrics-nodes') === null ? podsOfUnheardNodes(evidence) : new Map();
}

/** Nodes without a sample that nothing explains, or that may be such. */
export function mayLackNodes(evidence: Evidence): boolean {
	return unexplainedNodes(evidence).length > 0 || silentNodes(evidence).size > 0;
}

function standing(evidence: Evidence): readonly ListedPod[] {
	return podsWithoutSamples(evidence).filter((pod) => !isYoung(pod, evidence) && !isRestarting(pod, evidence));
}

/** Whether all samples are of a time when this was not there for long enough. */
function cameAfterSamples(evidence: Evidence): (what: ListedPod | NodeFacts) => boolean {
	const until = standsStillSince(evidence);
	const wait = waitForFirstSample(evidence);
	return (what) => {
		const since = 'containers' in what ? evidence.now - ageOf(what, evidence.now) : what.createdAt;
		return !Number.isNaN(until) && since + wait > until;
	};
}

/** There is no machine behind it. */
export function isVirtual({ labels, taints }: NodeFacts): boolean {
	return labels['type'] === 'virtual-kubelet' || taints.includes('virtual-kubelet.io/provider');
}

/** Nodes without a sample that are ready, old enough, and real. */
export const unexplainedNodes = once((evidence): readonly NodeFacts[] => {
	const wait = waitForFirstSample(evidence);
	const isLate = cameAfterSamples(evidence);
	return nodesWithoutSamples(evidence).filter(
		(node) => node.ready === 'True' && !isVirtual(node) && evidence.now - node.createdAt >= wait && !isLate(node),
	);
});

/** Running pods whose sample lacks a container that has been running long enough to be in it. */
export const podsLackingContainers = once(
	(evidence): readonly { pod: ListedPod; left: ListedPod['containers'][number]; sample: Sample }[] => {
		const each = sampleOfEach(evidence);
		const wait = waitForFirstSample(evidence);
		const found: { pod: ListedPod; left: ListedPod['containers'][number]; sample: Sample }[] = [];
		for (const [index, pod] of (factsOf(evidence, 'pods') ?? []).entries()) {
			const sample = each[index];
			// What runs since long, and since before the sample was taken.
			const left =
				sample &&
				pod.containers.find(
					({ name, startedAt, state }) =>
						!sample.containers.includes(name) &&
						state === 'Running' &&
						evidence.now - startedAt > wait &&
						sample.timestamp - startedAt > wait,
				);
			if (sample && left && pod.phase === 'Running' && !isRestarting(pod, evidence)) {
				found.push({ pod, left, sample });
			}
		}
		return found;
	},
);
