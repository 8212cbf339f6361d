/** What is read of metrics-server at work, and of the kubelets that it asks. */

export interface LogFacts {
	pod: string;
	/** As it can be asked again. */
	request: string;
	/** Cleaned lines, the oldest first. */
	lines: readonly string[];
}

/** What `readyz?verbose` of metrics-server says. */
export interface ReadinessFacts {
	ready: boolean;
	/** Names of the checks that fail. */
	failing: readonly string[];
}

/** One kubelet's `/metrics/resource`, through the API server. */
export interface KubeletFacts {
	node: string;
	request: string;
	/** HTTP status; 0 if there was no answer. */
	status: number;
	/** The answer's beginning, or what went wrong. */
	words: string;
	/** ms */
	took: number;
	/** Of the node's own CPU, as the kubelet tells it: ms since 1970, NaN if it does not. */
	timestamp: number;
	/** NaN if the series is not there. */
	nodeCpu: number;
	nodeMemory: number;
	scrapeError: boolean;
	containers: readonly KubeletContainer[];
}

export interface KubeletContainer {
	/** `namespace/name` */
	pod: string;
	container: string;
	/** NaN if the series is not there. */
	cpu: number;
	memory: number;
	startedAt: number;
}

/** How one kubelet is set up, by its `/configz` through the API server. */
export interface KubeletConfigFacts {
	node: string;
	request: string;
	/** `authentication.webhook.enabled`: tokens are shown to the API server. */
	asksForTokens: boolean;
	/** `authentication.anonymous.enabled` */
	letsAnyoneIn: boolean;
	/** `Webhook`, `AlwaysAllow` */
	authorization: string;
	/** Feature gate PodAndContainerStatsFromCRI. */
	statsFromRuntime: boolean;
}
