/** What is kept of the cluster's objects: only what a cause reads. */

export interface ApiServiceFacts {
	/** `v1beta1.metrics.k8s.io` */
	name: string;
	group: string;
	version: string;
	/** Null if it has no backend: the API server serves it by itself. */
	service: { namespace: string; name: string; port: number } | null;
	/** Whether `caBundle` is there, and `insecureSkipTLSVerify`. */
	hasAuthority: boolean;
	skipsVerification: boolean;
	/** The condition `Available`; '' where it is not set. */
	status: string;
	reason: string;
	message: string;
	/** ms since 1970; NaN if it is not given. */
	since: number;
	labels: Readonly<Record<string, string>>;
	annotations: Readonly<Record<string, string>>;
}

export interface ServicePort {
	/** '' if it has none. */
	name: string;
	port: number;
	targetPort: string;
}

export interface ServiceFacts {
	namespace: string;
	name: string;
	/** `ClusterIP`, `ExternalName` … */
	type: string;
	clusterIp: string;
	/** Null if it selects nothing. */
	selector: Readonly<Record<string, string>> | null;
	ports: readonly ServicePort[];
}

export interface EndpointFacts {
	addresses: readonly string[];
	ready: boolean;
	/** Name of the pod, '' if it is none. */
	pod: string;
	ports: readonly { name: string; port: number }[];
}

export interface ContainerFacts {
	name: string;
	image: string;
	command: readonly string[];
	args: readonly string[];
	/** Names of the environment's variables. */
	environment: readonly string[];
	ports: readonly { name: string; port: number }[];
	/** What the kubelet asks it over HTTP to know whether it is ready; null if it does not. */
	readinessCheck: { path: string; port: string; scheme: string } | null;
	/** `running`, `waiting`, `terminated`, '' if nothing is reported. */
	state: '' | 'running' | 'waiting' | 'terminated';
	/** Of the state: `ImagePullBackOff`, `CrashLoopBackOff`, `Completed` … */
	reason: string;
	message: string;
	ready: boolean;
	restarts: number;
	/** ms since 1970; NaN where it does not run. */
	startedAt: number;
	/** How it ended the last time: `OOMKilled`, `Error`; '' if it never did. */
	lastReason: string;
	lastExitCode: number;
	lastFinishedAt: number;
	cpuRequest: boolean;
}

export interface PodFacts {
	namespace: string;
	name: string;
	uid: string;
	labels: Readonly<Record<string, string>>;
	/** `ReplicaSet/metrics-server-5d7f`, '' if it has none. */
	owner: string;
	/** '' while it is not scheduled. */
	node: string;
	phase: string;
	/** Reason and message where the pod itself has one, as Evicted. */
	reason: string;
	message: string;
	createdAt: number;
	startedAt: number;
	deletedAt: number;
	ip: string;
	hostNetwork: boolean;
	serviceAccount: string;
	automountsToken: boolean;
	nodeSelector: Readonly<Record<string, string>>;
	/** Condition PodScheduled, where it is not true. */
	unscheduled: string;
	ready: boolean;
	/** Ordinary containers and sidecars, which are sampled. */
	containers: readonly ContainerFacts[];
	initContainers: readonly ContainerFacts[];
}

/** A pod of a whole list: there can be very many. */
export interface ListedPod {
	namespace: string;
	name: string;
	node: string;
	phase: string;
	/** kubectl's STATUS column. */
	status: string;
	createdAt: number;
	owner: string;
	/** Ordinary containers and sidecars, which are sampled. */
	containers: readonly ListedContainer[];
}

export interface ListedContainer {
	name: string;
	/** `Running`, or the reason why not. */
	state: string;
	restarts: number;
	/** ms since 1970, NaN where it does not run. */
	startedAt: number;
	lastTerminatedAt: number;
}

export interface DeploymentFacts {
	namespace: string;
	name: string;
	replicas: number;
	/** Those that exist, and those that are ready. */
	existing: number;
	readyReplicas: number;
	labels: Readonly<Record<string, string>>;
	podLabels: Readonly<Record<string, string>>;
	/** Condition ReplicaFailure, '' if it is not true. */
	failure: string;
	images: readonly string[];
}

export interface EventFacts {
	/** `Pod/metrics-server-…` */
	about: string;
	type: string;
	reason: string;
	message: string;
	count: number;
	/** When it was seen last, ms since 1970. */
	at: number;
}

export interface NodeFacts {
	name: string;
	labels: Readonly<Record<string, string>>;
	annotations: Readonly<Record<string, string>>;
	taints: readonly string[];
	addresses: readonly { type: string; address: string }[];
	/** Port of the kubelet that the node's status names, 0 if none. */
	kubeletPort: number;
	/** Condition Ready: `True`, `False`, `Unknown`. */
	ready: string;
	readyReason: string;
	readyMessage: string;
	createdAt: number;
	/** What pods may have of its CPU, and all that it has, counted as in a sample; NaN if it does not say. */
	allocatableCpu: number;
	capacityCpu: number;
	kubeletVersion: string;
	runtime: string;
	osImage: string;
	operatingSystem: string;
	architecture: string;
	providerId: string;
}

/** What RBAC grants to metrics-server, as far as it can be read. */
export interface PolicyFacts {
	/** Rules of ClusterRole `system:metrics-server` as `get nodes/metrics`; null if it is not there. */
	metricsServerRules: readonly string[] | null;
	/** Subjects (`namespace/name`) bound to `system:auth-delegator`, to `system:metrics-server`, in ClusterRoleBindings. */
	authDelegators: readonly string[];
	metricsServerSubjects: readonly string[];
	/** Subjects bound to Role `extension-apiserver-authentication-reader` in kube-system; null if it could not be read. */
	authReaders: readonly string[] | null;
	/** ClusterRole `system:aggregated-metrics-reader`: the roles that it is aggregated to; null if it is not there. */
	aggregatedTo: readonly string[] | null;
}

export interface AuthConfigMapFacts {
	hasClientAuthority: boolean;
	hasRequestHeaderAuthority: boolean;
	allowedNames: readonly string[];
	sameAuthority: boolean;
}

export interface NetworkPolicyFacts {
	namespace: string;
	name: string;
	/** Labels of the pods that it selects; none selects all. */
	selector: Readonly<Record<string, string>>;
	ingress: boolean;
}

export interface SigningRequestFacts {
	name: string;
	signer: string;
	requestor: string;
	/** `Pending`, `Approved`, `Denied`, `Failed` */
	state: string;
	createdAt: number;
}
