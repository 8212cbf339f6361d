/** Kubelets that answer, and something is wrong or missing in what they say. */
import type { CadvisorSample } from '../model/cadvisor.ts';
import { lifeAt } from '../model/life.ts';
import type { SampleFilter } from '../model/metrics-server.ts';
import type { NodeModel } from '../model/node.ts';
import { virtualNode } from '../model/node.ts';
import type { Behaviour } from '../server/behaviour.ts';
import { brokenNode, klog, textAnswer } from './changes.ts';
import type { Fault } from './fault.ts';
import { severalContainers } from './samples.ts';
import { ofKubernetes, ofRelease } from './versions.ts';

/** What becomes of the broken node's samples. */
function filterOf(behaviour: Behaviour, make: (node: NodeModel) => SampleFilter): void {
	behaviour.samples.push((world) => {
		const node = brokenNode(world);
		return node ? make(node) : {};
	});
}

/** What becomes of its kubelet's readings. */
function readAs(behaviour: Behaviour, change: (samples: readonly CadvisorSample[]) => readonly CadvisorSample[]): void {
	behaviour.readings.push((node, world, samples) => (node === brokenNode(world) ? change(samples) : samples));
}

/** The broken node's machine is another. */
function machineWith(behaviour: Behaviour, change: Partial<NodeModel>): void {
	behaviour.adaptNode.push((node, nodes) =>
		node.name === brokenNode({ nodes })?.name ? { ...node, ...change } : node,
	);
}

const ofPods = ({ group: { kind } }: CadvisorSample): boolean => kind === 'pod' || kind === 'container';

/** The runtime of that machine tells nothing of containers. */
function withoutContainers(behaviour: Behaviour): void {
	readAs(behaviour, (samples) => samples.filter((sample) => !ofPods(sample)));
	filterOf(behaviour, (node) => ({ young: (pod) => pod.slot.node === node }));
}

export const kubeletDataFaults: readonly Fault[] = [
	{
		name: 'kubelet-scrape-error',
		change(behaviour) {
			readAs(behaviour, () => []);
			const error = 'failed to get root cgroup stats: failed to get cgroup stats for "/": unknown container "/"';
			behaviour.kubelets.push((node, world, path) =>
				node === brokenNode(world) && path === 'stats/summary'
					? textAnswer(500, `Internal Error: ${error}`)
					: undefined,
			);
			filterOf(behaviour, (node) => ({ node: (each) => each === node }));
		},
	},
	{
		name: 'node-cpu-zero',
		change(behaviour) {
			readAs(behaviour, (samples) =>
				samples.map((sample) =>
					sample.group.kind === 'root' ? { ...sample, processor: { ...sample.processor, total: 0 } } : sample,
				),
			);
			filterOf(behaviour, (node) => ({ alone: (each) => each === node }));
		},
	},
	{
		name: 'pods-missing-cri-stats',
		change(behaviour) {
			// By cri-dockerd before 0.2.3.
			machineWith(behaviour, { runtime: 'docker://20.10.17' });
			withoutContainers(behaviour);
		},
	},
	{
		name: 'cri-stats-gate',
		change(behaviour) {
			behaviour.featureGates = (node, world): Record<string, boolean> =>
				node === brokenNode(world) ? { PodAndContainerStatsFromCRI: true } : {};
			machineWith(behaviour, { runtime: 'cri-o://1.22.5' });
			withoutContainers(behaviour);
		},
	},
	{
		name: 'cgroupv2-old-runtime',
		change(behaviour) {
			ofKubernetes(behaviour, 'v1.21.14');
			ofRelease(behaviour, '0.6.4');
			// It looks for the counters of cgroup v1, and there are none.
			machineWith(behaviour, { osImage: 'Debian GNU/Linux 12 (bookworm)', runtime: 'containerd://1.3.9' });
			readAs(behaviour, (samples) =>
				samples.map((sample) =>
					sample.group.kind === 'root' ? { ...sample, processor: { ...sample.processor, total: 0 } } : sample,
				),
			);
			filterOf(behaviour, (node) => ({ alone: (each) => each === node }));
		},
	},
	{
		name: 'runtime-docker-old',
		change(behaviour) {
			ofKubernetes(behaviour, 'v1.21.14');
			ofRelease(behaviour, '0.6.4');
			machineWith(behaviour, { runtime: 'docker://18.9.9' });
			withoutContainers(behaviour);
		},
	},
	{
		name: 'kubelet-old-metric-names',
		change(behaviour) {
			ofKubernetes(behaviour, 'v1.21.14');
			ofRelease(behaviour, '0.6.4');
			machineWith(behaviour, { kubelet: 'v1.19.16' });
			filterOf(behaviour, (node) => ({ node: (each) => each === node }));
		},
	},
	{
		name: 'usage-decreased',
		change(behaviour) {
			behaviour.samples.push((world) => {
				const slot = severalContainers(world);
				return { skip: (pod, life) => pod.slot === slot && life === pod.containers.at(-1) };
			});
			behaviour.logs.push((world, now) => {
				const slot = severalContainers(world);
				const pod = slot && lifeAt(world, slot, now).pod?.name;
				const container = slot?.workload.containers.at(-1)?.name ?? '';
				const error = 'unexpected decrease in cumulative CPU usage value';
				const text = `"Skipping container usage metric" err="${error}" container="${container}" pod="${slot?.workload.namespace ?? ''}/${pod ?? ''}"`;
				return { previous: false, lines: klog(now, 'E', 'pod.go:74', [text], 20) };
			});
		},
	},
	{
		name: 'virtual-kubelet',
		change(behaviour) {
			behaviour.adaptNode.push((node, nodes) => {
				const isLast = node.name === nodes.at(-1)?.name && nodes.length > 1;
				return isLast && nodes.every(({ role }) => role !== 'virtual') ? virtualNode(node) : node;
			});
		},
	},
];
