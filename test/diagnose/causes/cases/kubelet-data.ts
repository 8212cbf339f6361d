import type { KubeletFacts } from '../../../../source/diagnose/evidence/scraping.ts';
import {
	container,
	evidenceOf,
	healthy,
	listedContainer,
	listedPod,
	log,
	node,
	now,
	read,
	samples,
	seconds,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

const kubelet = (name: string, more: Partial<KubeletFacts> = {}) =>
	read([
		{
			node: name,
			request: `GET /api/v1/nodes/${name}/proxy/metrics/resource`,
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

/** n2 has no sample, and nobody complains of it. */
const silent = { ...healthy, 'metrics-nodes': read(samples(['n1'])) };

/** Two nodes, of which the second is like that. */
const nodes = (more: Parameters<typeof node>[1]) => read([node('n1'), node('n2', more)]);

/** A pod on n2 without a sample, alone there. */
const lonely = { ...healthy, pods: read([...(healthy.pods.value ?? []), listedPod('web', 'new', { node: 'n2' })]) };

export const kubeletDataCases: readonly Case[] = [
	{
		proves: 'kubelet-scrape-error',
		evidence: evidenceOf({
			...silent,
			kubelets: kubelet('n2', { scrapeError: true, nodeCpu: Number.NaN, nodeMemory: Number.NaN, containers: [] }),
		}),
	},
	{ proves: 'node-cpu-zero', evidence: evidenceOf({ ...silent, kubelets: kubelet('n2', { nodeCpu: 0 }) }) },
	{
		proves: 'node-cpu-zero',
		title: 'whose memory is not reported',
		evidence: evidenceOf({ ...silent, kubelets: kubelet('n2', { nodeMemory: Number.NaN }) }),
	},
	{
		proves: 'node-cpu-zero',
		title: 'the only node',
		evidence: evidenceOf({
			...healthy,
			nodes: read([node('n2')]),
			'metrics-nodes': read(samples([])),
			'metrics-pods': read(samples([])),
			kubelets: kubelet('n2', { nodeCpu: 0 }),
		}),
	},
	{
		proves: 'kubelet-old-metric-names',
		evidence: evidenceOf({
			...silent,
			nodes: nodes({ kubeletVersion: 'v1.19.16' }),
			'workload-pods': read([
				workloadPod({ containers: [container({ image: 'registry.k8s.io/metrics-server/metrics-server:v0.6.4' })] }),
			]),
			kubelets: kubelet('n2', { nodeCpu: Number.NaN, nodeMemory: Number.NaN, containers: [] }),
		}),
	},
	{
		proves: 'windows-stats-missing',
		evidence: evidenceOf({
			...silent,
			nodes: nodes({ operatingSystem: 'windows', osImage: 'Windows Server 2019 Datacenter' }),
			kubelets: kubelet('n2', { nodeCpu: Number.NaN, containers: [] }),
		}),
	},
	{
		proves: 'windows-stats-missing',
		title: 'of a single pod, which the kubelet does not name',
		evidence: evidenceOf({
			...lonely,
			nodes: nodes({ operatingSystem: 'windows', osImage: 'Windows Server 2019 Datacenter' }),
			kubelets: kubelet('n2', { containers: [] }),
		}),
	},
	{
		proves: 'pods-missing-cri-stats',
		evidence: evidenceOf({ ...lonely, kubelets: kubelet('n2', { containers: [] }) }),
	},
	{
		proves: 'runtime-docker-old',
		evidence: evidenceOf({
			...lonely,
			nodes: nodes({ runtime: 'docker://18.9.7', kubeletVersion: 'v1.19.3' }),
			kubelets: kubelet('n2', { containers: [] }),
		}),
	},
	{
		proves: 'usage-decreased',
		evidence: evidenceOf({
			...healthy,
			pods: read([
				listedPod('web', 'api', { containers: [listedContainer('app'), listedContainer('proxy')] }),
				listedPod('kube-system', 'metrics-server-1'),
			]),
			log: log(
				'E1128 11:59:50.1 1 pod.go:74] "Skipping container usage metric" err="unexpected decrease in cumulative CPU usage value" container="proxy" pod="web/api"',
			),
		}),
	},
];
