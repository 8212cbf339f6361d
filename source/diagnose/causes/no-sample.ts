/**
 * Why a node, pod or container has no number, as far as it can be told from what the monitor fetched anyway. Pure. The
 * codes are ids of the cause catalogue; each names the nearest cause that the evidence proves, never a guess beyond it.
 */
import type { ContainerKind, NodeKind, PodPhase } from '../../model/records.ts';
import type { NoSampleCode } from '../../model/usage.ts';

/** How the metrics API answered last. */
export type MetricsAnswer =
	| 'answering'
	| Extract<
			NoSampleCode,
			| 'not-asked-yet'
			| 'api-group-absent'
			| 'apiservice-unavailable'
			| 'metrics-forbidden'
			| 'metrics-empty'
			| 'metrics-unreachable'
			| 'read-once'
	  >;

export interface NodeEvidence {
	metrics: MetricsAnswer;
	kind: NodeKind;
	/** How old it was when the newest answer was asked for, ms; NaN if unknown. */
	age: number;
	/** It was known by then: there was a row to write its sample to. */
	asked: boolean;
	/** The longest window in the newest answer, ms: an estimate of the scrape resolution. */
	window: number;
}

export interface PodEvidence {
	metrics: MetricsAnswer;
	phase: PodPhase;
	/** For how long the youngest running container had run when the newest answer was asked for, ms; NaN if none runs. */
	sinceStart: number;
	/** It was known by then: there was a row to write its sample to. */
	asked: boolean;
	/** A container was restarted so recently that it has no two samples yet, or waits in CrashLoopBackOff. */
	restarting: boolean;
	/** Kind of the pod's node, and whether that node had a sample in the newest answer; null if not known. */
	nodeKind: NodeKind | null;
	nodeSampled: boolean | null;
	window: number;
}

export interface ContainerEvidence {
	pod: PodEvidence;
	/** The pod has a sample in the newest answer. */
	podSampled: boolean;
	kind: ContainerKind;
	running: boolean;
}

/**
 * Metrics Server gives a rate after two scrapes of a container: twice its resolution, plus up to 4 s by which it
 * staggers its scrapes and up to 15 s until the kubelet has sampled (metrics-server 0.9, `storage/pod.go`, kubelet
 * housekeeping).
 */
export function timeToFirstSample(window: number): number {
	const resolution = Math.max(Number.isNaN(window) ? 0 : window, 15_000);
	return 2 * resolution + 19_000;
}

const kindCodes: Readonly<Record<Exclude<NodeKind, 'ordinary'>, NoSampleCode>> = {
	virtual: 'node-virtual',
	fargate: 'node-fargate',
	windows: 'node-windows',
};

export function whyNodeHasNoSample(evidence: NodeEvidence): NoSampleCode {
	if (evidence.metrics !== 'answering') {
		return evidence.metrics;
	}
	if (evidence.kind !== 'ordinary') {
		return kindCodes[evidence.kind];
	}
	if (evidence.age < timeToFirstSample(evidence.window)) {
		return 'node-too-young';
	}
	return evidence.asked ? 'node-row-unknown' : 'not-asked-yet';
}

export function whyPodHasNoSample(evidence: PodEvidence): NoSampleCode {
	if (evidence.phase === 'Succeeded' || evidence.phase === 'Failed') {
		return 'pod-finished';
	}
	if (evidence.phase === 'Pending') {
		return 'pod-pending-or-init';
	}
	if (evidence.metrics !== 'answering') {
		return evidence.metrics;
	}
	if (evidence.restarting) {
		return 'container-restarting';
	}
	if (evidence.sinceStart < timeToFirstSample(evidence.window)) {
		return 'pod-too-young';
	}
	const { nodeKind, nodeSampled } = evidence;
	// The kind says enough also where nobody has asked, or knows whether the node has a sample.
	if (nodeSampled !== true && nodeKind !== null && nodeKind !== 'ordinary') {
		return kindCodes[nodeKind];
	}
	if (!evidence.asked) {
		return 'not-asked-yet';
	}
	return nodeSampled === false ? 'node-without-samples' : 'one-container-lacks-sample';
}

export function whyContainerHasNoSample(evidence: ContainerEvidence): NoSampleCode {
	if (!evidence.running && evidence.pod.phase === 'Running') {
		return evidence.pod.restarting ? 'container-restarting' : 'container-not-running';
	}
	return evidence.podSampled ? 'container-without-sample' : whyPodHasNoSample(evidence.pod);
}
