import { faultDescriptions } from '../messages/en/demo.ts';
import type { Workload } from './model/workload.ts';
import { container, workload } from './model/workload.ts';
import type { Slot, World } from './model/world.ts';
import type { Behaviour } from './server/behaviour.ts';

/**
 * What can be made to go wrong, by name. A name that is also the id of a cause in the diagnostics is that cause; the
 * others say what one sees. One entry adds one fault (and its description in the messages).
 */
export interface Fault {
	name: FaultName;
	/** Other names that it answers to. */
	also: readonly string[];
	change(behaviour: Behaviour): void;
}

export type FaultName = keyof typeof faultDescriptions;

/** The first slot with several containers that run together; such a pod can lack one of its samples. */
function severalContainers(world: World): Slot | undefined {
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

/** Names and texts that a terminal could take for orders, that are wider than they are long, or that combine. */
function hostile(name: string, image: string): Workload {
	return workload({
		namespace: 'web',
		name,
		kind: 'Deployment',
		age: 3,
		containers: [
			container({
				name: image,
				image: `registry.example.com/${image}:1`,
				cpu: { mean: 30 },
				memory: { anonymous: 30 },
				fate: { kind: 'no-image', message: `\u001b]0;owned\u0007\u001b[2J\u001b[31m${name}\r\n\u0000not found` },
			}),
		],
	});
}

export const faults: readonly Fault[] = [
	{
		name: 'api-group-absent',
		also: ['no-metrics-api'],
		change(behaviour) {
			behaviour.metricsApi = 'absent';
		},
	},
	{
		name: 'apiservice-missing-endpoints',
		also: ['aggregator-503', 'apiservice-unavailable'],
		change(behaviour) {
			behaviour.metricsApi = 'unavailable';
		},
	},
	{
		name: 'ms-pod-not-listening',
		also: ['aggregator-stale'],
		change(behaviour) {
			behaviour.metricsApi = 'stale';
		},
	},
	{
		name: 'apiservice-cabundle-wrong',
		also: ['backend-dial-failed'],
		change(behaviour) {
			behaviour.metricsApi = 'untrusted';
		},
	},
	{
		name: 'ms-missing-auth-delegator',
		also: [],
		change(behaviour) {
			behaviour.metricsApi = 'no-delegation';
			behaviour.user = 'viewer';
		},
	},
	{
		name: 'backend-hang',
		also: [],
		change(behaviour) {
			behaviour.metricsApi = 'hangs';
		},
	},
	{
		name: 'metrics-empty',
		also: ['ms-just-started'],
		change(behaviour) {
			behaviour.metricsEmpty = true;
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
		name: 'node-row-unknown',
		also: ['node-without-samples'],
		change(behaviour) {
			behaviour.samples.push((world) => {
				const workers = world.nodes.filter((node) => node.role === 'worker');
				const broken = workers[Math.min(2, workers.length - 1)];
				return { node: (node) => node === broken };
			});
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
		also: ['stale-metrics', 'metric-timestamp-stale'],
		change(behaviour) {
			behaviour.metricsStopped = true;
		},
	},
	{
		name: 'namespace-only',
		also: ['rbac-metrics-pods-cluster'],
		change(behaviour) {
			behaviour.user = 'namespaceOnly';
		},
	},
	{
		name: 'token-expired-or-revoked',
		also: ['credentials-refused'],
		change(behaviour) {
			behaviour.refused = true;
		},
	},
	{
		name: 'api-throttled',
		also: [],
		change(behaviour) {
			behaviour.throttled = 3;
		},
	},
	{
		name: 'json-only',
		also: [],
		change(behaviour) {
			behaviour.jsonOnly = true;
		},
	},
	{
		name: 'slow-api',
		also: [],
		change(behaviour) {
			behaviour.delay = 3000;
		},
	},
	{
		name: 'api-goes-away',
		also: ['api-refused'],
		change(behaviour) {
			behaviour.outage = { period: 40_000, length: 10_000 };
		},
	},
	{
		name: 'watch-expires',
		also: [],
		change(behaviour) {
			behaviour.watchLife = 3000;
		},
	},
	{
		name: 'hostile-names',
		also: [],
		change(behaviour) {
			behaviour.workloads.push(
				hostile('red-\u001b[31malert\u001b[0m', 'bell\u0007'),
				hostile('wide-数据库-テスト', '映像'),
				hostile('combining-e\u0301\u0308-\u200bzero\u202ewidth', '👩‍👩‍👧‍👦'),
			);
		},
	},
];

/** The fault of a name or one of its other names. */
export function findFault(name: string): Fault | undefined {
	return faults.find((fault) => fault.name === name || fault.also.includes(name));
}

/** Every fault with its description, for the help. */
export function listFaults(): readonly { name: string; also: readonly string[]; description: string }[] {
	return faults.map(({ name, also }) => ({ name, also, description: faultDescriptions[name] }));
}
