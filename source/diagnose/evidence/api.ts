/** What is read from the API server's own answers, and from the way to it. */

export interface ConnectionFacts {
	context: string;
	cluster: string;
	user: string;
	/** Origin and path prefix. */
	server: string;
	namespace: string;
	insecure: '' | 'unverified' | 'plain';
	/** The file(s) that it was read from, `in-cluster` or `flags`. */
	origin: string;
}

export interface VersionFacts {
	/** As the server calls it: `v1.36.3`, `v1.33.4+k3s1`, `v1.32.3-gke.1785003`. */
	gitVersion: string;
	/** NaN if it does not say. */
	minor: number;
}

export interface GroupFacts {
	/** In the server's order: `v1beta1`. */
	versions: readonly string[];
}

export interface DiscoveryFacts {
	groups: readonly string[];
	/** Groups of which a version is marked as stale: what stands behind them does not answer. */
	staleGroups: readonly string[];
	/** The metrics group is in the list. */
	listed: boolean;
	/** `Current`, `Stale`; '' where the server is too old to say. */
	freshness: string;
}

/** One question to the authorizer: `list nodes.metrics.k8s.io`, with ` -n NAMESPACE` if it is about one. */
export interface AccessFacts {
	allowed: ReadonlyMap<string, boolean>;
	/** Who the server says it is, '' if it did not. */
	user: string;
	groups: readonly string[];
}

export interface Sample {
	/** `n05`, or `namespace/name`. */
	name: string;
	/** ms since 1970; NaN if it is not given. */
	timestamp: number;
	/** ms */
	window: number;
	/** Of a node, as the API counts CPU; NaN of a pod. */
	cpu: number;
	/** Names of the containers in it, of a pod. */
	containers: readonly string[];
}

export interface SamplesFacts {
	/** Null for all namespaces. */
	namespace: string | null;
	samples: ReadonlyMap<string, Sample>;
	/** When they were asked for, ms since 1970: what was too young for a sample then has none. Not given: now. */
	asOf?: number;
}
