/** Why a pod, container or node has no sample, told from the objects that `top` has read. */
import {
	type MetricsAnswer,
	type PodEvidence,
	timeToFirstSample,
	whyContainerHasNoSample,
	whyNodeHasNoSample,
	whyPodHasNoSample,
} from '../../diagnose/causes/no-sample.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import type { Container, Node, Pod } from './read-objects.ts';

/** What is known besides the object itself. */
export interface SampleContext {
	/** Of the list that the subject is missing from. */
	metrics: MetricsAnswer;
	/** The server's clock, ms. */
	serverTime: number;
	/** The longest window of the answer, ms; NaN if it was empty. */
	window: number;
	/** Nodes that have a sample; null if that was not asked, or is not allowed. */
	sampledNodes: ReadonlySet<string> | null;
}

/** The longest window of some samples, ms; NaN of none. */
export function longestWindow(samples: readonly { window: number }[]): number {
	return samples.reduce(
		(longest, { window }) => (window > longest || Number.isNaN(longest) ? window : longest),
		Number.NaN,
	);
}

export function whyNoPodSample(pod: Pod, context: SampleContext): NoSampleCode {
	return whyPodHasNoSample(podEvidence(pod, context));
}

export function whyNoContainerSample(
	pod: Pod,
	container: Container,
	podSampled: boolean,
	context: SampleContext,
): NoSampleCode {
	return whyContainerHasNoSample({
		pod: podEvidence(pod, context),
		podSampled,
		kind: container.kind,
		running: container.state === 'Running',
	});
}

export function whyNoNodeSample(node: Node, { metrics, serverTime, window }: SampleContext): NoSampleCode {
	return whyNodeHasNoSample({ metrics, kind: node.kind, age: serverTime - node.createdAt, window });
}

function podEvidence(pod: Pod, { metrics, serverTime, window, sampledNodes }: SampleContext): PodEvidence {
	const settled = timeToFirstSample(window);
	let youngestStart = Number.NaN;
	let restarting = false;
	for (const { startedAt, restarts, state } of pod.containers) {
		if (Number.isNaN(youngestStart) || startedAt > youngestStart) {
			youngestStart = startedAt;
		}
		restarting ||= state === 'CrashLoopBackOff' || (restarts > 0 && serverTime - startedAt < settled);
	}
	return {
		metrics,
		phase: pod.phase,
		sinceStart: serverTime - youngestStart,
		restarting,
		nodeKind: null,
		nodeSampled: pod.node === '' || sampledNodes === null ? null : sampledNodes.has(pod.node),
		window,
	};
}
