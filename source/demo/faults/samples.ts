/** The metrics API answers, and something is missing from what it says. */
import { cycleStart } from '../model/metrics-server.ts';
import type { Workload } from '../model/workload.ts';
import { container, workload } from '../model/workload.ts';
import type { Slot, World } from '../model/world.ts';
import { adaptMetricsServer } from './changes.ts';
import type { Fault } from './fault.ts';

/** The first slot with several containers that run together; such a pod can lack one of its samples. */
export function severalContainers(world: World): Slot | undefined {
	return world.slots.find(({ workload: { containers, comings }, node }) => {
		const running = containers.filter((template) => template.kind !== 'init');
		return running.length > 1 && comings.kind === 'stay' && node && node.role !== 'virtual';
	});
}

/** Its pods are replaced every half minute, in turn, so there is always one, and it is always too young. */
const newcomer: Workload = workload({
	namespace: 'web',
	name: 'newcomer',
	kind: 'Deployment',
	replicas: 2,
	comings: { kind: 'turnover', every: 34 },
	containers: [
		container({
			name: 'newcomer',
			image: 'registry.example.com/web/newcomer:1',
			requests: { cpu: 50, memory: 64 },
			cpu: { mean: 40 },
			memory: { anonymous: 40 },
		}),
	],
});

export const samplesFaults: readonly Fault[] = [
	{
		name: 'metrics-empty',
		change(behaviour) {
			behaviour.metricsEmpty = true;
		},
	},
	{
		name: 'ms-just-started',
		change(behaviour) {
			const age = 4_000;
			// Without a probe it is ready, and asked, before it has anything.
			adaptMetricsServer(behaviour, ({ containers }) => ({
				age: age / 3_600_000,
				containers: containers.map((template) => ({ ...template, readyAfter: 1 })),
			}));
			behaviour.samples.push((world) => ({
				node: (_node, cycle) => cycleStart(cycle - 1) < world.origin - age,
			}));
		},
	},
	{
		name: 'pod-too-young',
		also: ['fresh-pod'],
		change(behaviour) {
			behaviour.workloads.push(newcomer);
			behaviour.samples.push(() => ({ young: (pod) => pod.slot.workload === newcomer }));
		},
	},
	{
		name: 'one-container-lacks-sample',
		also: ['container-without-sample'],
		change(behaviour) {
			behaviour.samples.push((world) => {
				const slot = severalContainers(world);
				return { zero: (pod, life) => pod.slot === slot && life === pod.containers.at(-1) };
			});
		},
	},
	{
		name: 'container-rate-skipped',
		also: ['container-skipped'],
		change(behaviour) {
			behaviour.samples.push((world) => {
				const slot = severalContainers(world);
				return { skip: (pod, life) => pod.slot === slot && life === pod.containers.at(-1) };
			});
		},
	},
	{
		name: 'stale-sample',
		also: ['stale-metrics'],
		change(behaviour) {
			behaviour.metricsStopped = 10 * 60_000;
		},
	},
];
