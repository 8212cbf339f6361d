/** A text that people see when something is wrong, and paste. */

export interface Symptom {
	/** Matches the text within whatever surrounds it. */
	pattern: RegExp;
	/** The text as it is printed, for the catalogue; the pattern matches it. */
	sample: string;
	/** What prints it: `kubectl 1.26 and newer, server 1.27 and newer`, `metrics-server 0.6 and newer`. */
	printedBy: string;
}

export function symptom(printedBy: string, pattern: RegExp, sample: string): Symptom {
	return { pattern, sample, printedBy };
}

/** The same words for an absent API and, by newer kubectls, for one that is there and broken. */
const notAvailable = /metrics api not available/i;

export const metricsApiNotAvailable = symptom(
	'kubectl 1.19 and newer',
	notAvailable,
	'error: Metrics API not available',
);

export const brokenMetricsApiNotAvailable = symptom(
	'kubectl 1.26 and newer, with a server of 1.27 or newer whose discovery marks the group as stale',
	notAvailable,
	'error: Metrics API not available',
);

/** With the resource in brackets it came by the aggregated API; without, the whole API server is meant. */
export const metricsServiceUnavailable = symptom(
	'kubectl up to 1.25; newer ones while discovery still lists the group as current',
	/ServiceUnavailable.*the server is currently unable to handle the request \(get (?:nodes|pods)\.metrics\.k8s\.io/i,
	'Error from server (ServiceUnavailable): the server is currently unable to handle the request (get nodes.metrics.k8s.io)',
);

export const metricsNotAvailableYet = symptom(
	'kubectl, of an empty answer',
	/metrics not available yet/i,
	'error: metrics not available yet',
);

export const metricsNotAvailableForPod = symptom(
	'kubectl, if the first pod without samples is older than two minutes',
	/metrics not available for pod/i,
	'error: Metrics not available for pod default/p1, age: 2h0m0s',
);

/** Both lines of a broken backend, by version of kubectl. */
export const brokenBackend = [brokenMetricsApiNotAvailable, metricsServiceUnavailable] as const;

/** What is said of an empty answer. */
export const emptyAnswer = [metricsNotAvailableYet, metricsNotAvailableForPod] as const;

/** Where no server is named, kubectl takes its default address, and what it then says looks like a cluster that is down. */
export const localhostRefused = symptom(
	'kubectl, which has found no server to ask and took its default address',
	/The connection to the server (?:localhost|127\.0\.0\.1|\[::1\]):8080 was refused/,
	'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
);

/** It names the API server, whoever has refused: the server, a proxy before it, or who issues the credentials. */
export const connectionRefused = symptom(
	'kubectl',
	/The connection to the server (?!localhost:8080 )\S+ was refused/,
	'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?',
);

/** A user's entry that presents nothing, over https: kubectl asks for a password, which no API server takes any more. */
export const asksForUsername = symptom(
	'kubectl, of a user without credentials and an address with https',
	/Please enter Username:|^error: EOF$/m,
	'Please enter Username: error: EOF',
);

/** 401 of what is asked first (/api); all that can be wrong with a credential looks like this. */
export const unauthorizedByServer = symptom(
	'kubectl 1.27 and newer; any version, if what answers is not an API server',
	/the server has asked for the client to provide credentials/,
	'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
);

export const unauthorizedStatus = symptom(
	'kubectl up to 1.26; newer ones of the list of samples alone',
	/You must be logged in to the server \(Unauthorized\)/,
	'error: You must be logged in to the server (Unauthorized)',
);

/** 403 of what is asked first (/api): kubectl does not read the words that come with it. */
export const forbiddenUnknown = symptom(
	'kubectl 1.27 and newer',
	/\(Forbidden\): unknown$/m,
	'Error from server (Forbidden): unknown',
);

/** 404 of what is asked first; with a resource in brackets it is another matter. */
export const notFoundByServer = symptom(
	'kubectl 1.27 and newer, of every command',
	/\(NotFound\): the server could not find the requested resource$/m,
	'Error from server (NotFound): the server could not find the requested resource',
);

/** 503 of what is asked first. */
export const unavailableByServer = symptom(
	'kubectl, with no resource in brackets',
	/\(ServiceUnavailable\): the server is currently unable to handle the request$/m,
	'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
);

/** What kubectl prints of a thing that is asked for by its name and is missing from the samples, for every cause of that. */
export const symptomsOfMissing: Readonly<Record<string, readonly Symptom[]>> = {
	'nodes-missing': [
		symptom(
			'kubectl top node NAME',
			/nodemetrics\.metrics\.k8s\.io ".*" not found/,
			'Error from server (NotFound): nodemetrics.metrics.k8s.io "n1" not found',
		),
	],
	'pods-missing': [
		symptom(
			'kubectl top pod NAME',
			/podmetrics\.metrics\.k8s\.io ".*" not found/,
			'Error from server (NotFound): podmetrics.metrics.k8s.io "default/p1" not found',
		),
	],
};
