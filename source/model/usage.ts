/**
 * The usage of one subject as the screen and the one-shot commands get it: a number with its birth certificate, or the
 * reason why there is none. Missing is never zero.
 */

/** Ids of the cause catalogue that the monitor itself can tell from what it fetched anyway. */
export type NoSampleCode =
	/** The API server has no group metrics.k8s.io. */
	| 'api-group-absent'
	/** The group exists, and the API server cannot reach what stands behind it. */
	| 'apiservice-unavailable'
	/** This user may not read the metrics. */
	| 'metrics-forbidden'
	/** The metrics API answers with an empty list. */
	| 'metrics-empty'
	/** No answer of the metrics API has arrived yet, or none since this is known. */
	| 'not-asked-yet'
	/** Of this machine: a counter was read once, and a rate needs two readings. */
	| 'read-once'
	/** The last polls failed for another reason; the sources line says which. */
	| 'metrics-unreachable'
	| 'pod-too-young'
	| 'node-too-young'
	| 'pod-pending-or-init'
	| 'pod-finished'
	| 'container-restarting'
	/** The pod's node has no sample either. */
	| 'node-without-samples'
	/** A running, old enough pod that the answer leaves out: usually one of its containers has no sample. */
	| 'one-container-lacks-sample'
	/** The pod is in the answer, this container is not. */
	| 'container-without-sample'
	/** An init container that has ended, or one that has not started. */
	| 'container-not-running'
	| 'node-row-unknown'
	| 'node-virtual'
	| 'node-fargate'
	| 'node-windows';

export interface Sampled {
	kind: 'sampled';
	/** Nanocores. */
	cpu: number;
	/** Working set in bytes. */
	memory: number;
	/** End of the sample's interval by the server's clock, ms since 1970. */
	timestamp: number;
	/** Length of the CPU interval, ms. */
	window: number;
	/** Too old to be called current: shown greyed, with its age. */
	stale: boolean;
}

export interface NotSampled {
	kind: 'none';
	code: NoSampleCode;
}

export type Usage = Sampled | NotSampled;
