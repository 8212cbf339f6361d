import type { ContainerKind } from '../../model/records.ts';
import type { MemoryProfile } from './memory.ts';
import type { ProcessorProfile } from './processor.ts';

/** Requests or limits of a container or pod: millicores and MiB. */
export interface Allotment {
	cpu?: number;
	memory?: number;
}

/** How the life of a container goes. Seconds. */
export type Fate =
	/** Runs for ever. */
	| { kind: 'runs' }
	/** Ends after so long with this exit code; nobody starts it again. */
	| { kind: 'ends'; after: number; exitCode: number }
	/** Ends after so long, waits for the back-off, starts again, and so on. */
	| { kind: 'loops'; after: number; backOff: number; reason: 'Completed' | 'Error' | 'OOMKilled'; exitCode: number }
	/** Its image is not there. */
	| { kind: 'no-image'; message: string };

/** A check over HTTP that the kubelet makes of a container. */
export interface ProbeTemplate {
	kind: 'liveness' | 'readiness';
	path: string;
	/** Name of one of the container's, or its number. */
	port: string | number;
	scheme: 'HTTP' | 'HTTPS';
	/** Seconds before the first one. */
	delay: number;
	/** Why it fails, in the kubelet's words; without it, it does not. @param address of the pod */
	failure?: (address: string) => string;
}

export interface ContainerTemplate {
	name: string;
	image: string;
	kind: Exclude<ContainerKind, 'ephemeral'>;
	requests?: Allotment;
	limits?: Allotment;
	cpu: ProcessorProfile;
	memory: MemoryProfile;
	fate: Fate;
	/** From the start until it is ready. */
	readyAfter: number;
	command?: readonly string[];
	args?: readonly string[];
	environment?: Readonly<Record<string, string>>;
	probes?: readonly ProbeTemplate[];
	port?: number;
	portName?: string;
	/** Its image has its program and no other: no shell, no cat (distroless, scratch). */
	bare?: boolean;
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'Pod' | 'Node';

/** How the pods of a workload come and go. Seconds. */
export type Comings =
	/** All were made at one time and stay. */
	| { kind: 'stay' }
	/** A new revision each `every`; its pods replace the old ones one after another. */
	| { kind: 'rollout'; every: number; step: number }
	/** A new Job each `every`, of which the last `keep` are kept. */
	| { kind: 'schedule'; every: number; keep: number }
	/** The last `count` replicas are there only for `length` out of each `every`, as under an autoscaler. */
	| { kind: 'elastic'; count: number; every: number; length: number }
	/** Each pod is replaced by a new one after about `every`. */
	| { kind: 'turnover'; every: number };

export interface Workload {
	namespace: string;
	name: string;
	kind: WorkloadKind;
	/** Pods of it; ignored for a DaemonSet, which has one on each node that it may run on. */
	replicas: number;
	containers: readonly ContainerTemplate[];
	comings: Comings;
	/** Hours since it was made. */
	age: number;
	/** Requests and limits of the pod as a whole. */
	podRequests?: Allotment;
	podLimits?: Allotment;
	/** What the runtime class needs for itself. */
	runtimeClass?: { name: string; overhead: Required<Allotment> };
	restartPolicy?: 'Always' | 'OnFailure' | 'Never';
	priorityClass?: { name: string; value: number };
	hostNetwork?: boolean;
	/** `default` unless it is named. */
	serviceAccount?: string;
	/** All of its pods are there, however few the cluster has. */
	kept?: boolean;
	/** Its pods are given no token of that account. */
	withoutToken?: boolean;
	/** Only on such nodes; without it on ordinary workers. */
	nodes?: 'control-plane' | 'virtual' | 'all-real' | 'workers';
	/** It finds no node, and this is why. */
	unschedulable?: string;
	/** So many of its pods have found one nevertheless. */
	placed?: number;
	/** The kubelet threw it out. */
	evicted?: string;
	/** A Service in front of it, by port number; headless for a StatefulSet. */
	service?: number;
	/** One of very many: nothing but its pods is there, no Deployment and no events. */
	bulk?: boolean;
	labels?: Readonly<Record<string, string>>;
	annotations?: Readonly<Record<string, string>>;
}

type ContainerOptions = Pick<ContainerTemplate, 'name' | 'image' | 'cpu' | 'memory'> & Partial<ContainerTemplate>;

/** A container that runs for ever, unless told otherwise. */
export function container(options: ContainerOptions): ContainerTemplate {
	return { kind: 'app', fate: { kind: 'runs' }, readyAfter: 2, ...options };
}

type WorkloadOptions = Pick<Workload, 'namespace' | 'name' | 'kind' | 'containers'> & Partial<Workload>;

/** A workload of one replica that was made some weeks ago, unless told otherwise. */
export function workload(options: WorkloadOptions): Workload {
	return { replicas: 1, comings: { kind: 'stay' }, age: 24 * 19, ...options };
}
