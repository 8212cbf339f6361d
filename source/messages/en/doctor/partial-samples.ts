/** Texts of numbers that are there, and not what one expects. */
import { type CauseTexts, type Facts, firstName, links, safe, things, word } from './cause-text.ts';

/** `-n NAMESPACE NAME` of the first pod. */
function pod(facts: Facts): string {
	const [namespace = '', podName = ''] = (word(facts, 'names').split(/, | and /)[0] ?? '').split('/');
	return `-n ${safe(namespace, 'NAMESPACE')} ${safe(podName, 'POD')}`;
}

const logOfServer = 'kubectl -n kube-system logs deployment/metrics-server --tail=200';

export const partialSamplesTexts: CauseTexts = {
	'container-rate-skipped': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a container is missing from its pod’s numbers'
				: `a container is missing from the numbers, so the sum is too low: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`metrics-server could not make a rate of ${word(facts, 'container', 'one container')} and shows the pod without it. The pod’s sum is then too low, and nothing on kubectl’s screen says so.`,
		fixes: (facts) => [
			{ say: 'Wait for the next sample, and compare:', run: [`kubectl top pod ${pod(facts)} --containers`] },
			{
				say: 'Where it stays so, see what metrics-server says of it:',
				run: [`${logOfServer} | grep -i 'skipping container'`],
			},
		],
		source: 'metrics-server, pkg/storage/pod.go',
		more: [links.faq],
	},
	'stale-sample': {
		title: (facts) =>
			word(facts, 'all') === 'yes'
				? `all samples are old${word(facts, 'age') === '' ? '' : ` (${word(facts, 'age')})`}`
				: `the sample does not advance: ${word(facts, 'names')}`,
		explanation: (facts) =>
			word(facts, 'all') === 'yes'
				? 'metrics-server goes on to serve what it had, and scrapes nothing new. The numbers on any screen are of that time.'
				: 'Either the kubelet does not renew its numbers, or the clock of the node runs behind. The numbers of that node and of its pods are of that time.',
		fixes: (facts) => [
			{ say: 'See the times themselves:', run: ['kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes'] },
			word(facts, 'all') === 'yes'
				? { say: 'See why it does not scrape:', run: [logOfServer] }
				: {
						say: `See the clock on ${firstName(facts, 'the node')}; if it is right, restart the kubelet there:`,
						run: ['timedatectl status'],
					},
		],
		source: 'timestamp and window of the sample; the kubelet’s housekeeping every 10 to 15 s',
		more: [links.pipeline],
	},
	'cpu-over-100-percent': {
		title: (facts) =>
			`more than 100 % of ${word(facts, 'names') === '' ? 'a node' : things(facts, 'node')} is used, because kubectl divides by what pods may have`,
		explanation: (facts) =>
			`The percentage is of allocatable, which is the capacity without what is kept for the system, while usage is of the whole machine${word(facts, 'percent') === '' ? '' : `: ${word(facts, 'percent')} % of the one is ${word(facts, 'ofCapacity')} % of the other`}. So a full node is beyond 100 %, and nothing is wrong with the number.`,
		fixes: (facts) => [
			{ say: 'Divide by the capacity:', run: ['kubectl top node --show-capacity'] },
			{
				say: 'See where the number comes from, term by term:',
				run: [`whytop explain node/${firstName(facts, 'NODE')}`],
			},
		],
		source: 'kubectl, pkg/metricsutil/metrics_printer.go',
		more: [],
	},
	'node-extra-row': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'there are samples of a node that is not there'
				: `samples of what is no node any more: ${things(facts, 'node')}`,
		explanation: () =>
			'metrics-server still has a sample of it, and the API server has no such node. It was deleted a moment ago; kubectl shows such a row without percentages.',
		fixes: () => [{ say: 'Wait for the next scrape:', run: ['kubectl get nodes'] }],
		source: 'the lists of nodes and of their samples',
		more: [],
	},
	'no-pods-match': {
		title: (facts) => `there are no pods in namespace ${safe(word(facts, 'namespace'), 'of this kubeconfig')}`,
		explanation: () =>
			'Nothing is there that could have a number. Usually another namespace was meant than the one that the kubeconfig or -n names.',
		fixes: () => [
			{ say: 'See where the pods are:', run: ['kubectl get pods -A'] },
			{
				say: 'See which namespace kubectl takes by itself:',
				run: ['kubectl config view --minify -o jsonpath={..namespace}'],
			},
		],
		source: 'the list of pods',
		more: [],
	},
	'metrics-vanish-after-failed-scrape': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a node’s numbers come and go'
				: `numbers come and go, because scrapes fail now and then: ${things(facts, 'node')}`,
		explanation: (facts) =>
			`One failed scrape takes the node and all of its pods out, and it needs two good ones to come back. Its scrapes failed ${word(facts, 'failures', 'several')} times in the last quarter of an hour, and at the moment there is a sample.`,
		fixes: () => [
			{ say: 'See why they fail:', run: [`${logOfServer} | grep -i 'failed to scrape'`] },
			{ say: 'Most often the kubelet is too slow: look at the load of that node and at its runtime.' },
		],
		source: 'metrics-server, pkg/storage/node.go (each round replaces all that was there)',
		more: [links.knownIssues],
	},
	'duplicate-pod-point': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'two kubelets report the same pod'
				: `two kubelets report the same pod: ${word(facts, 'names')}`,
		explanation: () =>
			'metrics-server keeps the first that it gets, so the value jumps between the two. It happens while a StatefulSet’s pod moves, and for good where a node is a copy of another.',
		fixes: (facts) => [
			{ say: 'See where it runs:', run: [`kubectl get pod ${pod(facts)} -o wide`] },
			{
				say: 'See whether two nodes are one machine’s copies (the same machineID):',
				run: ['kubectl get nodes -o custom-columns=NODE:.metadata.name,MACHINE:.status.nodeInfo.machineID'],
			},
		],
		source: 'metrics-server, pkg/storage/pod.go',
		more: [],
	},
	'duplicate-node-name': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'two machines report as the same node'
				: `two machines report as the same node: ${word(facts, 'names')}`,
		explanation: () =>
			'Both have one hostname, and the API server knows one node by it. One of the two is not seen at all, or the numbers jump between them.',
		fixes: () => [
			{
				say: 'See the machines’ names and ids:',
				run: [
					'kubectl get nodes -o custom-columns=NODE:.metadata.name,MACHINE:.status.nodeInfo.machineID,ADDRESS:.status.addresses[0].address',
				],
			},
			{ say: 'Give each machine a hostname of its own, and join it again (k3s: --with-node-id).' },
		],
		source: 'metrics-server, pkg/scraper/scraper.go',
		more: [],
	},
	'large-cluster-timeout': {
		title: (facts) =>
			`metrics-server does not finish its rounds in time${word(facts, 'nodes') === '' ? '' : `, with ${word(facts, 'nodes')} nodes`}`,
		explanation: () =>
			'What it is given by default is meant for a hundred nodes, and a round that lasts too long leaves gaps. It needs about 1m of CPU and 2 MiB of memory more for each further node.',
		fixes: (facts) => {
			const nodes = Number(word(facts, 'nodes', '200'));
			return [
				{
					say: 'See what it takes, and what it was given:',
					run: [
						'kubectl -n kube-system top pod --containers | grep metrics-server',
						"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].resources}'",
					],
				},
				{
					say: 'Give it what so many nodes need:',
					run: [
						`kubectl -n kube-system set resources deployment/metrics-server --requests=cpu=${nodes + 50}m,memory=${2 * nodes + 100}Mi`,
					],
				},
				{ say: 'A CPU limit slows it down further: take it out, where there is one.' },
			];
		},
		source: 'metrics-server, README, scaling; its check metric-collection-timely',
		more: ['https://github.com/kubernetes-sigs/metrics-server#scaling'],
	},
};
