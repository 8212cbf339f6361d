/** What is asked of `whytop top`. */
export interface TopRequest {
	/** `containers` is kubectl's `top pod --containers`. */
	resource: 'nodes' | 'pods' | 'containers';
	/** Of a node, or of a pod; '' for all. */
	name: string;
	allNamespaces: boolean;
	/** Of the flag; undefined leaves it to the context. */
	namespace: string | undefined;
	labelSelector: string;
	/** Pods and containers only. */
	fieldSelector: string;
	/** '', `cpu` or `memory`; anything else is refused as kubectl refuses it. */
	sortBy: string;
	containers: boolean;
	sum: boolean;
	headers: boolean;
	showCapacity: boolean;
	showSwap: boolean;
	output: 'table' | 'wide' | 'json' | 'yaml' | 'csv';
	/** What a command for kubectl needs to reach the same cluster, '' if nothing. */
	kubectlFlags: string;
}

/** Outputs for programs. */
export type DocumentOutput = Exclude<TopRequest['output'], 'table' | 'wide'>;

export interface TopStreams {
	out: (text: string) => void;
	error: (text: string) => void;
}

/** Which pods, once the namespace is settled. */
export interface PodScope {
	/** '' for all namespaces. */
	namespace: string;
	/** The namespace that the flag or the context names, also where all are asked for. */
	current: string;
	name: string;
	labelSelector: string;
	fieldSelector: string;
}

/** Which nodes. */
export interface NodeScope {
	name: string;
	labelSelector: string;
}
