import {
	container,
	evidenceOf,
	healthy,
	listedContainer,
	listedPod,
	node,
	now,
	read,
	samples,
	seconds,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

const others = healthy.pods.value ?? [];
const withPods = (...pods: readonly ReturnType<typeof listedPod>[]) => ({
	...healthy,
	pods: read([...others, ...pods]),
});
const several = [listedContainer('app'), listedContainer('sidecar')];

/** What the kubelet of n1 reports of web/new. */
const reported = (...containers: readonly { container: string; cpu: number; memory: number }[]) =>
	read([
		{
			node: 'n1',
			request: 'GET /api/v1/nodes/n1/proxy/metrics/resource',
			status: 200,
			words: '',
			took: 12,
			timestamp: now - seconds(8),
			nodeCpu: 100,
			nodeMemory: 1e9,
			scrapeError: false,
			containers: containers.map((one) => ({ pod: 'web/new', startedAt: now - seconds(3_600), ...one })),
		},
	]);

export const partialCases: readonly Case[] = [
	{
		proves: 'pod-too-young',
		evidence: evidenceOf(
			withPods(
				listedPod('web', 'new', {
					createdAt: now - seconds(12),
					containers: [listedContainer('app', { startedAt: now - seconds(10) })],
				}),
			),
		),
	},
	{
		proves: 'pod-too-young',
		title: 'made long ago, but started just now, after waiting for its image',
		evidence: evidenceOf(
			withPods(listedPod('web', 'new', { containers: [listedContainer('app', { startedAt: now - seconds(10) })] })),
		),
	},
	{
		proves: 'pod-too-young',
		title: 'in a namespace that has nothing else, by someone who may see only that',
		evidence: evidenceOf(
			{
				...healthy,
				'metrics-nodes': read(samples(['n1', 'n2'])),
				'metrics-pods': read(samples([], 'web')),
				pods: read([
					listedPod('web', 'new', { containers: [listedContainer('app', { startedAt: now - seconds(10) })] }),
				]),
			},
			{ namespace: 'web' },
		),
	},
	{
		proves: 'node-too-young',
		evidence: evidenceOf({
			...healthy,
			nodes: read([...(healthy.nodes.value ?? []), node('n3', { createdAt: now - seconds(20) })]),
		}),
	},
	{
		proves: 'container-restarting',
		evidence: evidenceOf(
			withPods(
				listedPod('web', 'new', {
					containers: [
						listedContainer('app', {
							state: 'CrashLoopBackOff',
							restarts: 7,
							startedAt: Number.NaN,
							lastTerminatedAt: now - seconds(100),
						}),
					],
				}),
			),
		),
	},
	{
		proves: 'container-restarting',
		title: 'which ended just now, and the run before long ago',
		evidence: evidenceOf(
			withPods(
				listedPod('web', 'new', {
					containers: [
						listedContainer('app', {
							state: 'OOMKilled',
							restarts: 25,
							startedAt: Number.NaN,
							lastTerminatedAt: now - seconds(140),
						}),
					],
				}),
			),
		),
	},
	{
		proves: 'container-restarting',
		title: 'for the first time',
		evidence: evidenceOf(
			withPods(
				listedPod('web', 'new', {
					containers: [listedContainer('app', { state: 'Error', startedAt: Number.NaN })],
				}),
			),
		),
	},
	{
		proves: 'container-restarting',
		title: 'back again since a moment',
		evidence: evidenceOf(
			withPods(
				listedPod('web', 'new', {
					containers: [
						listedContainer('app', { restarts: 1, startedAt: now - seconds(8), lastTerminatedAt: now - seconds(9) }),
					],
				}),
			),
		),
	},
	{
		proves: 'one-container-lacks-sample',
		evidence: evidenceOf({
			...withPods(listedPod('web', 'new', { containers: several })),
			kubelets: reported({ container: 'app', cpu: 12, memory: 1e6 }, { container: 'sidecar', cpu: 0, memory: 0 }),
		}),
	},
	{
		proves: 'one-container-lacks-sample',
		title: 'of which only the start time is reported',
		evidence: evidenceOf({
			...withPods(listedPod('web', 'new', { containers: several })),
			kubelets: reported(
				{ container: 'app', cpu: 12, memory: 1e6 },
				{ container: 'sidecar', cpu: Number.NaN, memory: Number.NaN },
			),
		}),
	},
	{
		proves: 'idle-container-zero-cpu',
		evidence: evidenceOf({
			...withPods(listedPod('web', 'new')),
			kubelets: reported({ container: 'app', cpu: 0, memory: 4096 }),
		}),
	},
	{
		proves: 'only-completed-pods',
		evidence: evidenceOf(
			{ ...healthy, pods: read([listedPod('jobs', 'job-1', { phase: 'Succeeded', status: 'Completed' })]) },
			{ namespace: 'jobs' },
		),
	},
	{
		proves: 'pod-pending-or-init',
		evidence: evidenceOf(
			{
				...healthy,
				pods: read([listedPod('web', 'new', { phase: 'Pending', status: 'ImagePullBackOff', containers: [] })]),
			},
			{ namespace: 'web', patient: { kind: 'pod', namespace: 'web', name: 'new' } },
		),
	},
	{
		proves: 'ms-just-started',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': read(samples([])),
			'metrics-pods': read(samples([])),
			'workload-pods': read([workloadPod({ containers: [container({ startedAt: now - seconds(20) })] })]),
		}),
	},
	{
		proves: 'ms-just-started',
		title: 'and has the first samples of some pods only',
		evidence: evidenceOf({
			...withPods(listedPod('web', 'new')),
			'workload-pods': read([workloadPod({ containers: [container({ startedAt: now - seconds(30) })] })]),
		}),
	},
];
