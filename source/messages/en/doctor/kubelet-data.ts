/** Texts of kubelets that answer without usable numbers. */
import { type CauseTexts, type Facts, type Fix, firstName, links, name, safe, things, word } from './cause-text.ts';

const decode = 'metrics-server, pkg/scraper/client/resource/decode.go';
const ofNodes = (facts: Facts): string => (word(facts, 'names') === '' ? 'a node' : things(facts, 'node'));
const ofPods = (facts: Facts): string => (word(facts, 'names') === '' ? 'the pods of a node' : things(facts, 'pod'));

const kubeletLog = (facts: Facts): Fix => ({
	say: `See the kubelet’s log on ${firstName(facts, 'the node')}:`,
	run: ['journalctl -u kubelet --since -10min | grep -iE "stats|cgroup|cadvisor|summary"'],
});

export const kubeletDataTexts: CauseTexts = {
	'kubelet-scrape-error': {
		title: (facts) => `the kubelet could not measure its own node: ${ofNodes(facts)}`,
		explanation: () =>
			'It answers, and says with resource_scrape_error 1 that it could not gather its numbers. So metrics-server gets nothing of the node and of its pods, without an error on its own side.',
		fixes: (facts) => [
			kubeletLog(facts),
			{ say: 'See whether the container runtime answers there:', run: ['crictl stats'] },
		],
		source: 'kubelet, /metrics/resource (scrape_error up to 1.28)',
		more: [links.pipeline],
	},
	'node-cpu-zero': {
		title: (facts) => `the kubelet reports no CPU or no memory for the whole machine: ${ofNodes(facts)}`,
		explanation: () =>
			'metrics-server takes a zero for a missing number and leaves the node out; its pods may be shown. The kubelet cannot read the root cgroup: a controller is switched off, or kubelet and runtime are too old for cgroup v2.',
		fixes: (facts) => [
			{
				say: 'See on the node which cgroup controllers are on; cpu and memory must be among them:',
				run: ['cat /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/cgroup.subtree_control'],
			},
			kubeletLog(facts),
			{ say: 'cgroup v2 needs containerd 1.4 or Docker 20.10 and a kubelet of 1.22 or newer: upgrade what is older.' },
		],
		source: `${decode}; metrics-server#819, #1117, rke2#10759`,
		more: ['https://kubernetes.io/docs/concepts/architecture/cgroups/'],
	},
	'kubelet-old-metric-names': {
		title: (facts) => `the kubelet names its numbers as metrics-server does not know them: ${ofNodes(facts)}`,
		explanation: (facts) =>
			`Kubelets of 1.18 and 1.19 call them otherwise than later ones (here ${word(facts, 'version', 'one of these')}), and metrics-server since 0.6 reads only the later names. So it gets an answer, and finds nothing in it.`,
		fixes: () => [
			{ say: 'Upgrade these nodes.' },
			{ say: 'Until then metrics-server 0.5.2 reads them: take the whole manifest of that release, with its rights.' },
		],
		source: 'kubelet 1.20, its change of /metrics/resource',
		more: ['https://github.com/kubernetes-sigs/metrics-server#compatibility-matrix'],
	},
	'windows-stats-missing': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a Windows node does not report all of its numbers'
				: `on Windows, and without numbers: ${word(facts, 'names')}`,
		explanation: (facts) =>
			`Kubelets on Windows have gaps: zeros, and nothing for host process containers. What ${name(facts, 'node', 'the node')} leaves out, metrics-server leaves out as well.`,
		fixes: (facts) => [
			{
				say: 'See its version; newer kubelets report more:',
				run: [`kubectl get node ${name(facts, 'node', 'NODE')} -o wide`],
			},
			{ say: 'Upgrade the node. The pods themselves need no change.' },
		],
		source: 'kubernetes#98704, #91575, #124700; metrics-server#539',
		more: [links.pipeline],
	},
	'pods-missing-cri-stats': {
		title: (facts) => `the kubelet knows the node and none of its containers: ${ofPods(facts)}`,
		explanation: (facts) =>
			`It reports the machine, and no container at all, because it gets no numbers from the runtime${word(facts, 'runtime') === '' ? '' : ` (${word(facts, 'runtime')})`}. cri-dockerd before 0.2.3 is known for it, as is a runtime at another socket than the kubelet looks at.`,
		fixes: (facts) => [
			{
				say: `See on ${name(facts, 'node', 'the node')} whether the runtime gives them:`,
				run: ['crictl stats'],
			},
			{
				say: 'With Docker: upgrade cri-dockerd to 0.2.3 or newer. With another runtime: see that the kubelet’s containerRuntimeEndpoint is its socket.',
			},
			{
				say: 'See the kubelet’s own words:',
				run: ['journalctl -u kubelet --since -10min | grep -iE "stats|cadvisor"'],
			},
		],
		source: 'metrics-server#1036, #1061, #1558; k3s#1067',
		more: ['https://github.com/Mirantis/cri-dockerd/releases'],
	},
	'runtime-docker-old': {
		title: (facts) => `Docker is too old for its kubelet: ${ofPods(facts)}`,
		explanation: (facts) =>
			`Kubelets since 1.19 need Docker 19.03 or newer to read the numbers of containers; here it is ${word(facts, 'runtime', 'an older one')}. The node itself is measured, its pods are not.`,
		fixes: (facts) => [
			{ say: 'See the runtimes of the nodes:', run: ['kubectl get nodes -o wide'] },
			{
				say: 'Upgrade Docker on the node, one node after another:',
				run: [`kubectl drain ${name(facts, 'node', 'NODE')} --ignore-daemonsets`],
			},
		],
		source: 'kubernetes#94281',
		more: [links.pipeline],
	},
	'usage-decreased': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a counter of CPU time went back, so that one interval is skipped'
				: `a counter of CPU time went back: ${things(facts, 'pod')}`,
		explanation: (facts) =>
			`CPU time of ${word(facts, 'container', 'a container')} became less, which happens when it or its node restarts. metrics-server leaves that container out for one interval, so the pod’s sum is too low for a moment.`,
		fixes: (facts) => [{ say: 'Wait for the next sample:', run: [`kubectl top pod ${podOf(facts)} --containers`] }],
		source: 'metrics-server, pkg/storage/pod.go',
		more: [],
	},
};

/** `-n NAMESPACE NAME` of the first pod. */
function podOf(facts: Facts): string {
	const [namespace = '', pod = ''] = (word(facts, 'names').split(/, | and /)[0] ?? '').split('/');
	return `-n ${safe(namespace, 'NAMESPACE')} ${safe(pod, 'POD')}`;
}
