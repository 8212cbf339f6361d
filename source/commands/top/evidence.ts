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
	return whyNodeHasNoSample({ metrics, kind: node.kind, age: serverTime - node.createdAt, asked: true, window });
}

function podEvidence(pod: Pod, { metrics, serverTime, window, sampledNodes }: SampleContext): PodEvidence {
	const since = serverTime - timeToFirstSample(window);
	let youngestStart = Number.NaN;
	for (const { startedAt } of pod.containers) {
		if (Number.isNaN(youngestStart) || startedAt > youngestStart) {
			youngestStart = startedAt;
		}
	}
	return {
		metrics,
		phase: pod.phase,
		sinceStart: serverTime - youngestStart,
		asked: true,
		restarting: pod.containers.some((container) => isRestarting(container, since)),
		nodeKind: null,
		nodeSampled: pod.node === '' || sampledNodes === null ? null : sampledNodes.has(pod.node),
		window,
	};
}

/** Between two runs, or begun anew after `since`: each restart throws the container's first sample away. */
function isRestarting({ kind, restarts, startedAt, state }: Container, since: number): boolean {
	return kind !== 'init' && restarts > 0 && (state !== 'Running' || startedAt > since);
}
