/**
 * What a source tells the fleet about one object: plain numbers and strings, projected out of the wire format.
 *
 * A decoder fills ONE record and hands it to a visitor again and again, so nobody may keep a record (or a container
 * of it) beyond the visit. Strings were cleaned of control characters before they came here (see `clean.ts`).
 *
 * Units everywhere: CPU in nanocores, memory in bytes, times in milliseconds since 1970. `NaN` means "not set" or
 * "not given": it is never 0.
 */

/** What the pod spec allots: NaN where nothing is set. */
export interface Resources {
	cpuRequest: number;
	cpuLimit: number;
	memoryRequest: number;
	memoryLimit: number;
}

/** `init` runs to its end before the others start; `sidecar` is an init container with restartPolicy Always. */
export type ContainerKind = 'app' | 'sidecar' | 'init' | 'ephemeral';

export interface ContainerRecord extends Resources {
	name: string;
	kind: ContainerKind;
	image: string;
	/** As kubectl describes it: `Running`, or the reason of a waiting or terminated state (`CrashLoopBackOff`, `Completed`, `OOMKilled` …). */
	state: string;
	ready: boolean;
	restarts: number;
	/** When the running state began, NaN if it does not run. */
	startedAt: number;
	/** Reason of the last termination (`OOMKilled`, `Error` …), '' if there was none. */
	lastTermination: string;
	/** When the last termination ended, NaN if there was none. */
	lastTerminatedAt: number;
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface PodRecord extends Resources {
	uid: string;
	namespace: string;
	name: string;
	resourceVersion: string;
	createdAt: number;
	/** The node's name, '' while the pod is not scheduled. */
	node: string;
	phase: PodPhase;
	/** The STATUS column of `kubectl get pods`. */
	status: string;
	/** The two numbers of kubectl's READY column. */
	readyContainers: number;
	totalContainers: number;
	/** kubectl's RESTARTS column: count, and when the last one was (NaN if none). */
	restarts: number;
	lastRestartAt: number;
	/** `kind/name` of the controlling owner as in `ReplicaSet/web-5d4`, '' if there is none. */
	owner: string;
	qosClass: string;
	ip: string;
	/**
	 * The pod's own requests and limits as the scheduler counts them (pod-level resources, init containers, sidecars,
	 * overhead), inherited from {@link Resources}. A limit is NaN unless it really bounds the whole pod: one running
	 * container without a limit leaves the pod without one.
	 */
	containers: ContainerRecord[];
}

/** Why a node is one that may never have samples. */
export type NodeKind = 'ordinary' | 'virtual' | 'fargate' | 'windows';

export interface NodeRecord {
	uid: string;
	name: string;
	resourceVersion: string;
	createdAt: number;
	kind: NodeKind;
	/** kubectl's STATUS column: `Ready`, `NotReady`, `Ready,SchedulingDisabled` … */
	status: string;
	/** kubectl's ROLES column, `<none>` if there is none. */
	roles: string;
	kubeletVersion: string;
	internalIp: string;
	externalIp: string;
	osImage: string;
	kernelVersion: string;
	containerRuntime: string;
	architecture: string;
	cpuCapacity: number;
	memoryCapacity: number;
	podCapacity: number;
	cpuAllocatable: number;
	memoryAllocatable: number;
	podAllocatable: number;
	/** `status.nodeInfo.swap.capacity`, NaN where the kubelet does not report it. */
	swapCapacity: number;
	/** Conditions that are not as they should be (`MemoryPressure`, `DiskPressure` …), joined by commas. */
	pressure: string;
}

export interface ContainerUsageRecord {
	name: string;
	cpu: number;
	memory: number;
	swap: number;
}

/** One item of `pods.metrics.k8s.io`. */
export interface PodUsageRecord {
	namespace: string;
	name: string;
	/** End of the interval that the CPU rate was taken over. */
	timestamp: number;
	/** Length of that interval in milliseconds. */
	window: number;
	containers: ContainerUsageRecord[];
}

/** One item of `nodes.metrics.k8s.io`. */
export interface NodeUsageRecord {
	name: string;
	timestamp: number;
	window: number;
	cpu: number;
	memory: number;
	swap: number;
}

/** What a list answer says about itself. */
export interface ListMeta {
	resourceVersion: string;
	/** The token of the next page, '' on the last. */
	continueToken: string;
	/** How many items come after this page; NaN if the server does not say. */
	remainingItemCount: number;
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** What a watch frame says besides the object it carries. */
export interface WatchEventMeta {
	type: WatchEventType;
	/** resourceVersion of the object, also of a bookmark; '' on an error. */
	resourceVersion: string;
	/** True on the bookmark that ends the initial events (annotation k8s.io/initial-events-end). */
	initialEventsEnd: boolean;
	/** On ERROR: the Status' code (410 = expired) and message; 0 and '' otherwise. */
	code: number;
	message: string;
}
