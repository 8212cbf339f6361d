/** What is read of a HorizontalPodAutoscaler, and of the pods that it counts. */

export interface AutoscalerFacts {
	namespace: string;
	name: string;
	/** `Deployment/web`: what it scales. */
	target: string;
	/** Path of the target's scale, '' if it is of a kind that is not known. */
	scalePath: string;
	/** What it is told to look at: `Resource cpu`, `ContainerResource cpu`, `Pods http_requests`. */
	metrics: readonly string[];
	/** Names of the containers that it counts by themselves (ContainerResource). */
	aimedAt: readonly string[];
	/** `AbleToScale`, `ScalingActive`, `ScalingLimited`. */
	conditions: readonly { type: string; status: string; reason: string; message: string }[];
}

/** A pod that its target's selector selects, be it the target's or not. */
export interface AutoscaledPod {
	name: string;
	/** `ReplicaSet/web-5d7f`, '' if it has none. */
	owner: string;
	phase: string;
	ready: boolean;
	/** Names of its containers, sidecars among them. */
	containers: readonly string[];
	/** Names of its containers that request no CPU, no memory. */
	withoutCpu: readonly string[];
	withoutMemory: readonly string[];
}
