/** Texts of kubelets whose numbers are empty, old or out of order. */
import { type CauseTexts, firstName, name, things, word } from './cause-text.ts';
import { seeLog } from './kubelet-words.ts';

export const kubeletRuntimeTexts: CauseTexts = {
	'cgroupv2-old-runtime': {
		title: (facts) =>
			`${things(facts, 'node')}: ${word(facts, 'runtime', 'the runtime')} is older than cgroup v2, which ${word(facts, 'system', 'the system')} uses`,
		explanation: () =>
			'containerd before 1.4, Docker before 20.10 and kubelets before 1.19 cannot read the unified hierarchy of cgroups. So the node reports zero, or nothing, and metrics-server drops it.',
		fixes: (facts) => [
			{ say: 'See the versions of all nodes:', run: ['kubectl get nodes -o wide'] },
			{ say: 'On the node, see which hierarchy it has:', run: ['ls /sys/fs/cgroup/cgroup.controllers'] },
			{ say: `Upgrade the runtime and the kubelet of ${firstName(facts, 'NODE')}.` },
			{ say: 'Where that cannot be, start its kernel with systemd.unified_cgroup_hierarchy=0.' },
		],
		source: 'metrics-server, KNOWN_ISSUES.md; kubernetes#111291',
		more: ['https://kubernetes.io/docs/concepts/architecture/cgroups/'],
	},
	'cri-stats-gate': {
		title: (facts) => `the kubelet of ${word(facts, 'node', 'a node')} asks its runtime for statistics, and gets none`,
		explanation: (facts) =>
			`The feature gate PodAndContainerStatsFromCRI is on, so that the kubelet does not measure containers by itself, and ${word(facts, 'runtime', 'the runtime')} does not give the numbers. The node has its own, and no pod on it has any.`,
		fixes: (facts) => [
			{
				say: 'See whether the runtime has them, on the node:',
				run: ['crictl stats'],
			},
			{
				say: `Turn the gate off for ${name(facts, 'node', 'NODE')} (featureGates in the KubeletConfiguration), or upgrade the runtime.`,
			},
		],
		source: 'kubelet, pkg/kubelet/stats/cri_stats_provider.go',
		more: ['https://kubernetes.io/docs/reference/instrumentation/cri-pod-container-metrics/'],
	},
	'metric-timestamp-stale': {
		title: (facts) =>
			`the numbers of the kubelet of ${word(facts, 'node', 'a node')} stand still${word(facts, 'age') === '' ? '' : `: they are ${word(facts, 'age')} old`}`,
		explanation: () =>
			'The kubelet answers, and what it answers carries an old time: its measuring has stopped, or its clock is wrong. metrics-server passes such numbers on, and everything that reads them sees yesterday’s weather.',
		fixes: (facts) => [
			{
				say: 'Ask twice, a minute apart, and compare the times at the ends of the lines (administrators):',
				run: [`kubectl get --raw /api/v1/nodes/${name(facts, 'node', 'NODE')}/proxy/metrics/resource | grep node_cpu`],
			},
			{
				say: 'On the node, see its clock and what the kubelet says:',
				run: ['timedatectl', "journalctl -u kubelet --since '10 min ago' | grep -iE 'cadvisor|stats|housekeeping'"],
			},
			{ say: 'Restart the kubelet, if the clock is right.' },
		],
		source: 'kubelet, pkg/kubelet/metrics/collectors/resource_metrics.go',
		more: [],
	},
	'kubelet-housekeeping-long': {
		title: (facts) =>
			`minikube lets its kubelet measure only every five minutes${word(facts, 'age') === '' ? '' : `: samples are ${word(facts, 'age')} old`}`,
		explanation: () =>
			'minikube starts the kubelet with a long --housekeeping-interval to be gentle with laptops. Samples hardly change then, and new pods wait for theirs.',
		fixes: () => [
			{ say: 'See the times of the samples:', run: ['kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes'] },
			{
				say: 'Start it with a shorter one:',
				run: ['minikube start --extra-config=kubelet.housekeeping-interval=10s'],
			},
		],
		source: 'minikube#13620, #13969',
		more: [],
	},
	'out-of-order-points': {
		title: (facts) => `${things(facts, 'node')}: a new sample is older than the one before, so both are dropped`,
		explanation: () =>
			'Times of one node went backwards: its clock was set back, or two machines go by its name. metrics-server starts over with it, and needs two samples in order.',
		fixes: () => [
			seeLog,
			{
				say: 'See whether two machines go by one name:',
				run: [
					'kubectl get nodes -o custom-columns=NODE:.metadata.name,MACHINE:.status.nodeInfo.machineID,ADDRESS:.status.addresses[0].address',
				],
			},
			{ say: 'On the node, see its clock:', run: ['timedatectl'] },
		],
		source: 'metrics-server, pkg/storage/node.go',
		more: [],
	},
};
