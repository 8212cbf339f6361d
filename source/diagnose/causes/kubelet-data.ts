/** The kubelet answers, and what it reports is not what metrics-server can use. */
import { age } from '../../model/display.ts';
import { type Cause, likely, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { isServedByAdapter } from '../evidence/adapter.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { reportOfKubelet, seenAtKubelet, seriesWord, versionNumber } from '../evidence/kubelet-report.ts';
import { newestLine } from '../evidence/log-line.ts';
import {
	ageOf,
	isVirtual,
	podsLackingContainers,
	podsOfUnheardNodes,
	samplesAreEmpty,
	silentNodes,
	unexplainedNodes,
	unexplainedPods,
} from '../evidence/missing.ts';
import type { ListedPod, NodeFacts } from '../evidence/objects.ts';
import { scrapeFailures } from '../evidence/scrape-log.ts';
import { releaseOf, serverOf } from '../evidence/server-container.ts';
import { emptyAnswer, metricsNotAvailableForPod, symptom } from '../symptom.ts';
import { unknownRow } from './scraped-kubelets.ts';

export const ofNodes: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'entails' | 'needs'> = {
	family: 'kubelet-data',
	severity: 'error',
	explains: ['nodes-missing', 'empty'],
	// Each node may have its own.
	terminal: false,
	entails: ['ms-not-ready-no-metrics', 'apiservice-missing-endpoints'],
	needs: ['metrics-nodes', 'nodes', 'kubelets'],
};

export const ofPods: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'needs'> = {
	family: 'kubelet-data',
	severity: 'error',
	explains: ['pods-missing'],
	terminal: false,
	needs: ['metrics-pods', 'nodes', 'pods', 'kubelets'],
};

/** Nodes without a sample whose kubelet metrics-server does not complain of. */
export function uncomplainedNodes(evidence: Evidence): readonly NodeFacts[] {
	if (isServedByAdapter(evidence)) {
		return [];
	}
	const failing = new Set(scrapeFailures(evidence).map(({ node }) => node));
	const nodes = samplesAreEmpty(evidence)
		? (factsOf(evidence, 'nodes') ?? []).filter((node) => node.ready === 'True' && !isVirtual(node))
		: unexplainedNodes(evidence);
	return nodes.filter(({ name }) => !failing.has(name));
}

/** Judges the kubelets of nodes without samples; undecided where they could not be asked. */
export function byReport(
	evidence: Evidence,
	is: (node: NodeFacts) => string | null,
	facts: (node: NodeFacts) => Readonly<Record<string, string | number>> = () => ({}),
): Verdict {
	const nodes = uncomplainedNodes(evidence);
	if (nodes.length === 0) {
		return silentNodes(evidence).size > 0 ? undecided('nodes', 'kubelets') : ruledOut;
	}
	const found = nodes.flatMap((node) => {
		const quote = is(node);
		return quote === null ? [] : [{ node, quote }];
	});
	const [first] = found;
	if (first === undefined) {
		return factsOf(evidence, 'kubelets') === null ? undecided('kubelets') : ruledOut;
	}
	return provedOf(
		found.map(({ node }) => `node/${node.name}`),
		{ runtime: first.node.runtime, version: first.node.kubeletVersion, ...facts(first.node) },
		found.slice(0, 3).map(({ node, quote }) => {
			const report = reportOfKubelet(evidence, node.name);
			return report === undefined
				? seen(answerOf(evidence, 'nodes'), `${node.name}: ${quote}`)
				: seenAtKubelet(report, quote);
		}),
	);
}

export const nodeRow = [unknownRow, ...emptyAnswer];
const subjectOfPod = ({ name, namespace }: ListedPod): string => `pod/${namespace}/${name}`;

export const kubeletDataCauses: readonly Cause[] = [
	{
		id: 'kubelet-scrape-error',
		...ofNodes,
		rulesOut: ['node-cpu-zero', 'kubelet-timeout', 'kubelet-401'],
		symptoms: [
			symptom('the kubelet’s /metrics/resource', /^(?:resource_)?scrape_error 1/m, 'resource_scrape_error 1'),
			...nodeRow,
		],
		judge: (evidence) =>
			byReport(evidence, ({ name }) =>
				reportOfKubelet(evidence, name)?.scrapeError === true ? 'resource_scrape_error 1' : null,
			),
	},
	{
		id: 'node-cpu-zero',
		...ofNodes,
		rulesOut: ['kubelet-scrape-error', 'kubelet-timeout', 'kubelet-401'],
		symptoms: [
			symptom(
				'the kubelet’s /metrics/resource',
				/^node_(?:cpu_usage_seconds_total|memory_working_set_bytes) 0\b/m,
				'node_cpu_usage_seconds_total 0 1764331200000',
			),
			...nodeRow,
		],
		judge: (evidence) =>
			byReport(evidence, (node) => {
				const report = reportOfKubelet(evidence, node.name);
				return report === undefined ||
					report.scrapeError ||
					hasOldNames(node) ||
					node.operatingSystem === 'windows' ||
					(report.nodeCpu > 0 && report.nodeMemory > 0)
					? null
					: `node_cpu_usage_seconds_total ${seriesWord(report.nodeCpu)}, node_memory_working_set_bytes ${seriesWord(report.nodeMemory)}`;
			}),
	},
	{
		id: 'kubelet-old-metric-names',
		...ofNodes,
		needs: ['metrics-nodes', 'nodes', 'workload-pods'],
		rulesOut: ['node-cpu-zero', 'kubelet-404-resource'],
		symptoms: [
			symptom(
				'the kubelet’s /metrics/resource of 1.18 and 1.19',
				/^node_cpu_usage_seconds(?!_total)\b/m,
				'node_cpu_usage_seconds 1234.5 1764331200000',
			),
			...nodeRow,
		],
		judge(evidence) {
			const old = uncomplainedNodes(evidence).filter(hasOldNames);
			if (old.length === 0) {
				return silentNodes(evidence).size > 0 ? undecided('nodes', 'workload-pods') : ruledOut;
			}
			const [pod] = factsOf(evidence, 'workload-pods') ?? [];
			const server = pod === undefined ? undefined : serverOf(pod);
			if (server === undefined) {
				return undecided('workload-pods');
			}
			return releaseOf(server) >= 6
				? provedOf(
						old.map(({ name }) => `node/${name}`),
						{ version: old[0]?.kubeletVersion ?? '', image: server.image },
						[
							seen(answerOf(evidence, 'nodes'), `${old[0]?.name}: kubeletVersion ${old[0]?.kubeletVersion}`),
							seen(answerOf(evidence, 'workload-pods'), `image: ${server.image}`),
						],
					)
				: ruledOut;
		},
	},
	{
		id: 'windows-stats-missing',
		...ofNodes,
		severity: 'warning',
		explains: ['nodes-missing', 'pods-missing'],
		needs: ['metrics-nodes', 'metrics-pods', 'nodes', 'pods', 'kubelets'],
		rulesOut: ['node-cpu-zero', 'pods-missing-cri-stats'],
		symptoms: [unknownRow, metricsNotAvailableForPod],
		judge(evidence) {
			const windows = (factsOf(evidence, 'nodes') ?? []).filter(({ operatingSystem }) => operatingSystem === 'windows');
			const names = new Set(windows.map(({ name }) => name));
			const nodes = unexplainedNodes(evidence).filter(({ name }) => names.has(name));
			const pods = unexplainedPods(evidence).filter(({ node }) => names.has(node));
			const [first] = windows.filter(
				({ name }) => nodes.some((node) => node.name === name) || pods.some(({ node }) => node === name),
			);
			if (first === undefined) {
				return silentNodes(evidence).size > 0 ? undecided('nodes', 'kubelets') : ruledOut;
			}
			const report = reportOfKubelet(evidence, first.name);
			const found = provedOf(
				[...nodes.map(({ name }) => `node/${name}`), ...pods.map(subjectOfPod)],
				{ node: first.name, system: first.osImage, version: first.kubeletVersion },
				[
					seen(answerOf(evidence, 'nodes'), `${first.name}: ${first.osImage}, kubelet ${first.kubeletVersion}`),
					...(report === undefined ? [] : [seenAtKubelet(report, `it reports ${report.containers.length} containers`)]),
				],
			);
			return report === undefined ? likely(found) : found;
		},
	},
	{
		id: 'pods-missing-cri-stats',
		...ofPods,
		rulesOut: ['one-container-lacks-sample', 'idle-container-zero-cpu', 'pod-too-young'],
		symptoms: [metricsNotAvailableForPod],
		judge: (evidence) =>
			byNodeOfPods(evidence, (node) => {
				const report = reportOfKubelet(evidence, node.name);
				return report !== undefined && report.nodeCpu > 0 && report.containers.length === 0
					? [seenAtKubelet(report, `node_cpu_usage_seconds_total ${report.nodeCpu}, and no container_* at all`)]
					: null;
			}),
	},
	{
		id: 'runtime-docker-old',
		...ofPods,
		entails: ['pods-missing-cri-stats'],
		needs: ['metrics-pods', 'nodes', 'pods'],
		rulesOut: ['one-container-lacks-sample', 'idle-container-zero-cpu'],
		symptoms: [metricsNotAvailableForPod],
		judge: (evidence) =>
			byNodeOfPods(evidence, ({ kubeletVersion, name, runtime }) =>
				runtime.startsWith('docker://') && versionNumber(runtime) < 19.03 && versionNumber(kubeletVersion) >= 1.19
					? [seen(answerOf(evidence, 'nodes'), `${name}: ${runtime}, kubelet ${kubeletVersion}`)]
					: null,
			),
	},
	{
		id: 'usage-decreased',
		...ofPods,
		severity: 'warning',
		// The pod is shown with fewer containers: nothing is missing that is seen as such.
		explains: [],
		entails: ['container-rate-skipped'],
		needs: ['log', 'pods', 'metrics-pods'],
		rulesOut: ['one-container-lacks-sample'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				/Skipping (?:container|node) usage metric|unexpected decrease in cumulative CPU usage/,
				'"Skipping container usage metric" err="unexpected decrease in cumulative CPU usage value" container="app" pod="web/api-1"',
			),
		],
		judge(evidence) {
			// Of one that has its sample again, the line tells what is over.
			for (const { left, pod } of podsLackingContainers(evidence)) {
				const name = `${pod.namespace}/${pod.name}`;
				const its = `container="${left.name}" pod="${name}"`;
				const line = newestLine(evidence, {
					test: (text) => text.includes('unexpected decrease in cumulative CPU usage') && text.includes(its),
				});
				if (line !== null) {
					return provedOf([`pod/${name}`], { container: left.name }, [
						line,
						seen(answerOf(evidence, 'metrics-pods'), `${name} has no container ${left.name}`),
					]);
				}
			}
			return ruledOut;
		},
	},
];

/** 1.18 and 1.19 call them otherwise. */
function hasOldNames({ kubeletVersion }: NodeFacts): boolean {
	const version = versionNumber(kubeletVersion);
	return version >= 1.18 && version < 1.2;
}

/** Judges nodes of which every pod that should have a sample lacks one. */
export function byNodeOfPods(
	evidence: Evidence,
	judge: (node: NodeFacts) => ReturnType<typeof seen>[] | null,
): Verdict {
	if (unexplainedPods(evidence).length === 0) {
		return ruledOut;
	}
	const unheard = podsOfUnheardNodes(evidence);
	for (const node of factsOf(evidence, 'nodes') ?? []) {
		const its = unheard.get(node.name) ?? [];
		const because = its.length === 0 || node.operatingSystem === 'windows' ? null : judge(node);
		const [first] = its;
		if (because !== null && first !== undefined) {
			const { kubeletVersion: version, name, runtime } = node;
			return provedOf(its.map(subjectOfPod), { node: name, runtime, version }, [
				...because,
				seen(
					answerOf(evidence, 'pods'),
					`${first.namespace}/${first.name} runs on ${name} since ${age(ageOf(first, evidence.now))}`,
				),
			]);
		}
	}
	return factsOf(evidence, 'kubelets') === null ? undecided('kubelets') : ruledOut;
}
