import { evidenceOf, healthy, listedContainer, listedPod, log, node, now, read, samples } from '../../evidence.ts';
import type { Case } from '../case.ts';

const line = (time: string, words: string) => `E1128 ${time}.123456       1 scraper.go:149] ${words}`;
const failure = (time: string) =>
	line(
		time,
		'"Failed to scrape node" err="Get \\"https://10.0.0.6:10250/metrics/resource\\": context deadline exceeded" node="n2"',
	);

const agedBy = (age: number, ...names: readonly string[]) => ({
	namespace: null,
	samples: new Map(
		[...samples(['n1', 'n2']).samples].map(([name, sample]) => [
			name,
			names.includes(name) ? { ...sample, timestamp: now - age } : sample,
		]),
	),
});

export const partialSamplesCases: readonly Case[] = [
	{
		proves: 'container-rate-skipped',
		evidence: evidenceOf({
			...healthy,
			pods: read([
				listedPod('web', 'api', { containers: [listedContainer('app'), listedContainer('sidecar')] }),
				listedPod('kube-system', 'metrics-server-1'),
			]),
		}),
	},
	{ proves: 'stale-sample', evidence: evidenceOf({ ...healthy, 'metrics-nodes': read(agedBy(600_000, 'n2')) }) },
	{
		proves: 'stale-sample',
		title: 'of all nodes',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': read(agedBy(600_000, 'n1', 'n2')) }),
	},
	{
		proves: 'stale-sample',
		title: 'and a pod came after them',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': read(agedBy(600_000, 'n1', 'n2')),
			pods: read([
				listedPod('web', 'api'),
				listedPod('kube-system', 'metrics-server-1'),
				listedPod('web', 'late', { containers: [listedContainer('app', { startedAt: now - 300_000 })] }),
			]),
		}),
	},
	{
		proves: 'cpu-over-100-percent',
		evidence: evidenceOf({
			...healthy,
			nodes: read([node('n1', { allocatableCpu: 3_800e6, capacityCpu: 4_000e6 }), node('n2')]),
			'metrics-nodes': read({
				namespace: null,
				samples: new Map(
					[...samples(['n1', 'n2']).samples].map(([name, sample]) => [name, { ...sample, cpu: 3_912e6 }]),
				),
			}),
		}),
	},
	{
		proves: 'node-extra-row',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': read(samples(['n1', 'n2', 'n9'])) }),
	},
	{
		proves: 'no-pods-match',
		evidence: evidenceOf(
			{ ...healthy, pods: read([]), 'metrics-pods': read(samples([], 'web')) },
			{ namespace: 'web' },
		),
	},
	{
		proves: 'metrics-vanish-after-failed-scrape',
		evidence: evidenceOf({ ...healthy, log: log(failure('11:52:05'), failure('11:56:20')) }),
	},
	{
		proves: 'duplicate-pod-point',
		evidence: evidenceOf({ ...healthy, log: log(line('11:59:50', '"Got duplicate pod point" pod="web/db-0"')) }),
	},
	{
		proves: 'duplicate-node-name',
		evidence: evidenceOf({ ...healthy, log: log(line('11:59:50', '"Got duplicate node point" node="n2"')) }),
	},
	{
		proves: 'large-cluster-timeout',
		evidence: evidenceOf({
			...healthy,
			nodes: read(Array.from({ length: 150 }, (_, index) => node(`n${index}`))),
			'metrics-nodes': read(samples(Array.from({ length: 150 }, (_, index) => `n${index}`))),
			log: log(
				line(
					'11:59:50',
					'"Failed probe" probe="metric-collection-timely" err="metric collection didn\'t finish on time"',
				),
			),
		}),
	},
];
