/** What is said of something that is seen while its cause is open. */
import { type Facts, type Fix, links, lookAtApiService, lookAtPods, things, word } from './cause-text.ts';

export interface SightText {
	title: (facts: Facts) => string;
	explanation: (facts: Facts) => string;
	fixes: (facts: Facts) => readonly Fix[];
	more: readonly string[];
}

const firstLine = (facts: Facts): string => word(facts, 'error').split('\n')[0] ?? '';

const logFix: Fix = {
	say: 'Its log tells most of them apart:',
	run: ['kubectl -n kube-system logs deployment/metrics-server --tail=100'],
};

export const sightTexts: Readonly<Record<string, SightText>> = {
	'no-target': {
		title: () => 'there is no usable kubeconfig',
		explanation: (facts) => word(facts, 'error'),
		fixes: () => [{ say: 'See what kubectl would use:', run: ['kubectl config view --minify'] }],
		more: [],
	},
	'no-connection': {
		title: () => 'the API server cannot be reached',
		explanation: (facts) => word(facts, 'error'),
		fixes: () => [{ say: 'See whether kubectl reaches it:', run: ['kubectl version'] }],
		more: [],
	},
	'no-api': {
		title: (facts) =>
			`what answers does not let us in, or is no API server${word(facts, 'status') === '' ? '' : ` (${word(facts, 'status')})`}`,
		explanation: (facts) => word(facts, 'error'),
		fixes: () => [{ say: 'See which address and user are meant:', run: ['kubectl config view --minify'] }],
		more: [],
	},
	'group-absent': {
		title: () => 'nothing is registered for metrics.k8s.io',
		explanation: () => 'The API server does not know the group.',
		fixes: () => [{ say: 'See what is registered:', run: ['kubectl get apiservices'] }],
		more: [links.metricsServer],
	},
	'version-absent': {
		title: (facts) =>
			`metrics.k8s.io is registered, but not in a version that answers${word(facts, 'versions') === '' ? '' : ` (${word(facts, 'versions')})`}`,
		explanation: () => 'The group is there, and its version is answered 404.',
		fixes: () => [lookAtApiService],
		more: [links.aggregation],
	},
	unavailable: {
		title: () => 'metrics-server is registered, and the API server counts it as unavailable',
		explanation: () =>
			'The API server answers 503 by itself: the condition Available of the APIService is not True, so it does not pass requests on. Which of the reasons below it is, the condition’s own reason says.',
		fixes: () => [lookAtApiService, lookAtPods],
		more: [links.knownIssues, links.aggregation],
	},
	'dial-failed': {
		title: (facts) =>
			`the API server cannot connect to metrics-server${firstLine(facts) === '' ? '' : `: ${firstLine(facts).replace('error trying to reach service: ', '')}`}`,
		explanation: () =>
			'The condition still says that it is available, and the connection fails. Right after a crash that is usual for half a minute; else it is the network or the certificate.',
		fixes: () => [lookAtApiService, lookAtPods],
		more: [links.aggregation],
	},
	'backend-error': {
		title: (facts) =>
			`metrics-server answers with an error (${word(facts, 'status')})${firstLine(facts) === '' ? '' : `: ${firstLine(facts)}`}`,
		explanation: () =>
			'The request came through to what stands behind the metrics API, and that refused it or failed at it.',
		fixes: () => [logFix],
		more: [links.aggregation],
	},
	throttled: {
		title: () => 'the API server is asked too much (429)',
		explanation: () => 'It turns requests away to protect itself. Ask less often, or look who else asks.',
		fixes: () => [{ say: 'See its priority levels:', run: ['kubectl get flowschemas'] }],
		more: ['https://kubernetes.io/docs/concepts/cluster-administration/flow-control/'],
	},
	'no-answer': {
		title: () => 'the metrics API takes requests and does not answer',
		explanation: () => 'Nothing came within the time that a probe waits; kubectl waits a minute and says “Timeout”.',
		fixes: () => [lookAtApiService, lookAtPods],
		more: [links.knownIssues],
	},
	forbidden: {
		title: () => 'this user may not read the samples',
		explanation: () => 'The API server refuses before it passes anything on.',
		fixes: () => [{ say: 'See what is allowed:', run: ['kubectl auth can-i list pods.metrics.k8s.io'] }],
		more: [links.rbac],
	},
	empty: {
		title: () => 'the metrics API answers, and has no samples at all',
		explanation: () =>
			'metrics-server runs and has not scraped any kubelet twice. Its answer is the same for all the reasons below.',
		fixes: () => [logFix, lookAtPods],
		more: [links.knownIssues],
	},
	'nodes-missing': {
		title: (facts) => `no samples of ${things(facts, 'node')}`,
		explanation: () =>
			'Other nodes have samples, so the pipeline works up to metrics-server; it cannot scrape these kubelets, or got nothing usable from them. kubectl top prints <unknown> for such a node and leaves its pods out.',
		fixes: () => [logFix],
		more: [links.knownIssues],
	},
	'scaling-inactive': {
		title: (facts) =>
			`an HPA does not scale${word(facts, 'autoscaler') === '' ? '' : `: ${word(facts, 'autoscaler')}`}${word(facts, 'reason') === '' ? '' : ` (${word(facts, 'reason')})`}`,
		explanation: () => 'Its own condition says that it cannot tell how many replicas there should be.',
		fixes: () => [{ say: 'See its conditions and events:', run: ['kubectl describe hpa -n NAMESPACE NAME'] }],
		more: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
	},
	'nodes-silent': {
		title: (facts) => `no samples of ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`They run and are old enough, and no pod that this user sees on ${word(facts, 'nodes') === '' ? 'their nodes' : word(facts, 'nodes')} has a sample. Whether the node has one, which would tell a kubelet that is not scraped from a pod that is left out, this user may not see.`,
		fixes: () => [
			{
				say: 'Ask somebody who may see nodes whether theirs has numbers:',
				run: ['kubectl top node', 'kubectl get nodes'],
			},
			{ say: 'Meanwhile, see its containers:', run: ['kubectl describe pod -n NAMESPACE POD'] },
		],
		more: [links.knownIssues],
	},
	'pods-missing': {
		title: (facts) => `no samples of ${things(facts, 'pod')}`,
		explanation: () => 'They run and are old enough, and other pods of the same node have samples.',
		fixes: () => [{ say: 'See its containers:', run: ['kubectl describe pod -n NAMESPACE POD'] }],
		more: [links.knownIssues],
	},
};
