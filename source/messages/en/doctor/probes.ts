/** What each probe asks, in words, for the lines of progress and the report. */

export const stepTitles: Readonly<Record<string, string>> = {
	local: 'kubeconfig and credentials',
	reach: 'the way to the API server',
	discovery: 'the API group metrics.k8s.io',
	data: 'samples, and what should have some',
	registration: 'the APIService and its Service',
	workload: 'the pods of metrics-server',
	scraping: 'its log and its rights',
	kubelets: 'the kubelets',
};

export const probeQuestions: Readonly<Record<string, string>> = {
	kubeconfig: 'which cluster, as whom',
	surroundings: 'what the environment says of kubeconfigs and proxies',
	credentials: 'what is presented, and until when it is good',
	plugin: 'whether the credentials can be made',
	clock: 'how far this clock is from the server’s',
	version: 'is it an API server, and does it let us in',
	discovery: 'which API groups there are, and whether the metrics group is stale',
	'metrics-group': 'whether metrics.k8s.io is registered, in which versions',
	'first-node': 'whose Kubernetes this is, by one of its nodes',
	heapster: 'whether Heapster is there in its place',
	'metrics-version': 'whether what stands behind it answers',
	access: 'what this user may list',
	'metrics-nodes': 'the samples of nodes',
	'metrics-pods': 'the samples of pods',
	nodes: 'which nodes there are, and whether they are ready',
	pods: 'which pods run',
	apiservice: 'the APIService and its condition',
	apiservices: 'the other APIServices',
	service: 'the Service that it names',
	services: 'a metrics-server elsewhere',
	endpoints: 'the addresses behind that Service',
	'workload-pods': 'the pods of metrics-server',
	deployments: 'its Deployment',
	events: 'events about it',
	log: 'its log',
	'previous-log': 'the log of the container before',
	readiness: 'its own readiness checks',
	policy: 'what RBAC grants to it',
	'auth-configmap': 'how it knows the API server',
	'network-policies': 'policies that may keep the API server from it',
	'signing-requests': 'kubelets that wait for a certificate',
	autoscaler: 'the autoscaler and its conditions',
	'autoscaled-pods': 'the pods that it counts',
	kubelets: 'what the kubelets themselves report',
};

/** Said of a question that was given up. */
export const noAnswerInTime = 'no answer in the time that is waited for one';
