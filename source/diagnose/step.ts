/** The doctor's way, from what costs nothing to what costs most. Each step's probes are asked side by side. */
export const steps = [
	/** The kubeconfig and the credentials that it names: no network. */
	'local',
	/** Is it an API server, and does it let this user in? */
	'reach',
	/** What the API server says of the metrics group. */
	'discovery',
	/** The samples, and what they should be samples of. */
	'data',
	/** The APIService, its Service and what stands behind that. */
	'registration',
	/** The pods that serve the metrics API, their Deployment and events. */
	'workload',
	/** Their logs, and what they are allowed to do. */
	'scraping',
	/** The kubelets of nodes that have no samples. */
	'kubelets',
] as const;

export type StepId = (typeof steps)[number];
