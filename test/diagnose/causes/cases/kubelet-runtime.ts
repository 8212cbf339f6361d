import type { KubeletConfigFacts, KubeletFacts } from '../../../../source/diagnose/evidence/scraping.ts';
import { evidenceOf, healthy, listedPod, log, node, now, read, samples, seconds } from '../../evidence.ts';
import type { Case } from '../case.ts';

/** What the kubelet of n2 reports. */
const kubelet = (more: Partial<KubeletFacts> = {}) =>
	read([
		{
			node: 'n2',
			request: 'GET /api/v1/nodes/n2/proxy/metrics/resource',
			status: 200,
			words: '',
			took: 12,
			timestamp: now - seconds(8),
			nodeCpu: 100,
			nodeMemory: 1e9,
			scrapeError: false,
			containers: [{ pod: 'web/other', container: 'app', cpu: 3, memory: 1e6, startedAt: now - seconds(3_600) }],
			...more,
		},
	]);

/** How it is set up. */
export const config = (more: Partial<KubeletConfigFacts> = {}) =>
	read([
		{
			node: 'n2',
			request: 'GET /api/v1/nodes/n2/proxy/configz',
			asksForTokens: true,
			letsAnyoneIn: false,
			authorization: 'Webhook',
			statsFromRuntime: false,
			...more,
		},
	]);

const silent = { ...healthy, 'metrics-nodes': read(samples(['n1'])) };
const old = { osImage: 'Debian GNU/Linux 12 (bookworm)', runtime: 'containerd://1.3.9', kubeletVersion: 'v1.21.14' };
const lonely = { ...healthy, pods: read([...(healthy.pods.value ?? []), listedPod('web', 'new', { node: 'n2' })]) };

/** The sample of n2 is ten minutes old. */
const standingStill = read({
	namespace: null,
	samples: new Map([
		...samples(['n1']).samples,
		['n2', { name: 'n2', timestamp: now - seconds(600), window: seconds(15), cpu: Number.NaN, containers: [] }],
	]),
});

const staleToo = { 'stale-sample': 'which is what is seen of it' };

export const kubeletRuntimeCases: readonly Case[] = [
	{
		proves: 'cgroupv2-old-runtime',
		evidence: evidenceOf({
			...silent,
			nodes: read([node('n1'), node('n2', old)]),
			kubelets: kubelet({ nodeCpu: 0 }),
		}),
	},
	{
		proves: 'cgroupv2-old-runtime',
		title: 'where the kubelet may not be asked',
		certainty: 'likely',
		evidence: evidenceOf({ ...silent, nodes: read([node('n1'), node('n2', old)]) }),
	},
	{
		proves: 'node-cpu-zero',
		title: 'of a runtime that knows cgroup v2',
		evidence: evidenceOf({
			...silent,
			nodes: read([node('n1'), node('n2', { ...old, runtime: 'containerd://1.4.13' })]),
			kubelets: kubelet({ nodeCpu: 0 }),
		}),
	},
	{
		proves: 'cri-stats-gate',
		evidence: evidenceOf({
			...lonely,
			kubelets: kubelet({ containers: [] }),
			'kubelet-config': config({ statsFromRuntime: true }),
		}),
	},
	{
		proves: 'pods-missing-cri-stats',
		title: 'with a kubelet that measures by itself',
		evidence: evidenceOf({ ...lonely, kubelets: kubelet({ containers: [] }), 'kubelet-config': config() }),
	},
	{
		proves: 'metric-timestamp-stale',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': standingStill,
			kubelets: kubelet({ timestamp: now - seconds(600) }),
		}),
	},
	{
		proves: 'stale-sample',
		title: 'while the kubelet’s own numbers advance',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': standingStill, kubelets: kubelet() }),
	},
	{
		proves: 'kubelet-housekeeping-long',
		certainty: 'likely',
		evidence: evidenceOf({
			...healthy,
			nodes: read([node('n1', { labels: { 'minikube.k8s.io/name': 'minikube' } }), node('n2')]),
			'metrics-nodes': standingStill,
		}),
		also: staleToo,
	},
	{
		proves: 'out-of-order-points',
		evidence: evidenceOf({
			...silent,
			log: log(
				'I1128 11:59:50.123456       1 node.go:57] "Found new node metrics point is older than stored previous , drop previous" node="n2" previousTimestamp="2026-11-28T12:10:00Z" timestamp="2026-11-28T11:59:40Z"',
			),
		}),
	},
];
