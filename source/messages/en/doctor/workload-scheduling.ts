/** Texts of a metrics-server that has no node, or one that is down. */
import { type CauseTexts, type Facts, links, name, word } from './cause-text.ts';
import { applyRelease, editDeployment, itsDeployment, itsPod, seeDeployment } from './workload-words.ts';

export const workloadSchedulingTexts: CauseTexts = {
	'ms-unschedulable-taints': {
		title: (facts) =>
			`no node takes metrics-server, because of a taint${word(facts, 'what') === '' ? '' : `: ${word(facts, 'what')}`}`,
		explanation: (facts) =>
			`Nodes carry a taint that its pod does not tolerate${isOfHealth(facts) ? ', which they get by themselves while they are not well' : ''}. So it waits without a node, and nothing stands behind the metrics API.`,
		fixes: (facts) =>
			isOfHealth(facts)
				? [
						{ say: 'See what ails the nodes; the taint goes by itself:', run: ['kubectl get nodes'] },
						{ say: 'node.cloudprovider.kubernetes.io/uninitialized goes when the cloud’s controller manager has run.' },
					]
				: [
						{
							say: 'See the taints:',
							run: ["kubectl get nodes -o custom-columns='NODE:.metadata.name,TAINTS:.spec.taints[*].key'"],
						},
						editDeployment(facts, 'Let its pods tolerate it (spec.template.spec.tolerations):'),
						{
							say: 'Where the cluster is one machine, and that is the control plane, its taint can go:',
							run: ['kubectl taint nodes --all node-role.kubernetes.io/control-plane-'],
						},
					],
		source: 'the condition PodScheduled, in the scheduler’s words',
		more: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
	},
	'ms-unschedulable-selector': {
		title: () => 'no node has the labels that metrics-server asks for',
		explanation: (facts) =>
			`Its pod may run only on nodes with certain labels${word(facts, 'selector') === '' ? '' : ` (${word(facts, 'selector')})`}, and no node has them. Old manifests ask for beta.kubernetes.io/os or for amd64, which newer nodes do not have or are not.`,
		fixes: (facts) => [
			{ say: 'Compare with the labels of the nodes:', run: ['kubectl get nodes --show-labels'] },
			applyRelease('Apply the manifest of a current release, which asks for kubernetes.io/os=linux alone:'),
			editDeployment(facts, 'Or change the nodeSelector:'),
		],
		source: 'the condition PodScheduled, in the scheduler’s words; metrics-server#908',
		more: ['https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/'],
	},
	'ms-unschedulable-resources': {
		title: (facts) =>
			`no node has room for metrics-server${word(facts, 'what') === '' ? '' : `: not enough ${word(facts, 'what')}`}`,
		explanation: () =>
			'What its pod requests (100m of CPU and 200 MiB, unless it was changed) is free on no node. Requests count there, not usage, so nodes can be full and idle.',
		fixes: (facts) => [
			{
				say: 'See what is requested on each node:',
				run: ["kubectl describe nodes | grep -A 8 'Allocated resources'"],
			},
			{ say: 'Add a node, or lower the requests of something that needs less.' },
			editDeployment(facts, 'Or lower its own, where the cluster is small:'),
		],
		source: 'the condition PodScheduled, in the scheduler’s words',
		more: [links.metricsServer],
	},
	'ms-hostport-conflict': {
		title: () => 'the port of metrics-server is taken on every node that could run it',
		explanation: () =>
			'With hostNetwork each port of the container is a port of the node, and another pod has it already. So no node is free for it.',
		fixes: (facts) => [
			seeDeployment(facts),
			editDeployment(
				facts,
				'Run it without hostNetwork, or on a port that is free: --secure-port=4443 with the same containerPort:',
			),
		],
		source: 'the condition PodScheduled, in the scheduler’s words; metrics-server#1026',
		more: [links.knownIssues],
	},
	'ms-unschedulable-antiaffinity': {
		title: () => 'a further replica of metrics-server waits for a node of its own',
		explanation: () =>
			'The manifest for high availability wants each replica on another node, and there are too few. One replica is enough to serve, but a rollout can wait for ever behind it.',
		fixes: (facts) => [
			seeDeployment(facts),
			{ say: 'Run one replica where there is one node:', run: [`kubectl scale ${itsDeployment(facts)} --replicas=1`] },
			applyRelease('Or apply the manifest without high availability:'),
		],
		source: 'the condition PodScheduled; podAntiAffinity in high-availability.yaml',
		more: [links.metricsServer],
	},
	'ms-node-not-ready': {
		title: (facts) =>
			`the node that runs metrics-server is down${word(facts, 'node') === '' ? '' : `: ${word(facts, 'node')}`}`,
		explanation: () =>
			'Its only pod is on a node that is not ready, so nothing stands behind the metrics API. The pod is made anew on another node about five minutes after the node was lost.',
		fixes: (facts) => [
			{ say: 'See the node:', run: [`kubectl describe node ${name(facts, 'node', 'NODE')}`] },
			{
				say: 'Where it must not wait, and the node is surely down:',
				run: [`kubectl delete ${itsPod(facts)}`],
			},
		],
		source: 'the conditions of the node and of the pod',
		more: ['https://kubernetes.io/docs/concepts/architecture/nodes/#condition'],
	},
};

/** A taint that Kubernetes sets by itself, and takes away when the node is well again. */
function isOfHealth(facts: Facts): boolean {
	return /not-ready|unreachable|uninitialized|pressure|unavailable/.test(word(facts, 'what'));
}
