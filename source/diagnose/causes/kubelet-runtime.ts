/** A kubelet whose numbers are empty, old or out of order, for a reason of its runtime, its settings or its clock. */
import { age } from '../../model/display.ts';
import { type Cause, likely, provedOf, ruledOut, undecided } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { reportOfKubelet, seenAtKubelet, versionNumber } from '../evidence/kubelet-report.ts';
import { logsAreUnread, newestLine } from '../evidence/log-line.ts';
import { mayLackNodes, nodesWithoutSamples, silentNodes } from '../evidence/missing.ts';
import type { NodeFacts } from '../evidence/objects.ts';
import { staleSamples } from '../evidence/stale.ts';
import { metricsNotAvailableForPod, symptom } from '../symptom.ts';
import { byNodeOfPods, nodeRow, ofNodes, ofPods, uncomplainedNodes } from './kubelet-data.ts';

/** Systems that come with cgroup v2. */
const withCgroup2 =
	/Fedora.* (?:3[1-9]|[4-9]\d)|Debian GNU\/Linux 1[1-9]|Ubuntu (?:21\.10|2[2-9])|Flatcar|Red Hat Enterprise Linux (?:CoreOS 4[1-9]\d|9|1\d)|(?:Rocky|AlmaLinux|CentOS Stream|Oracle Linux)\D*9|Amazon Linux 2023|Talos|Arch Linux|openSUSE Tumbleweed|Container-Optimized OS/;

/** Of a time before that. */
function isOlderThanCgroup2({ kubeletVersion, runtime }: NodeFacts): boolean {
	const version = versionNumber(runtime);
	return (
		(runtime.startsWith('containerd://') && version < 1.04) ||
		(runtime.startsWith('docker://') && version < 20.1) ||
		versionNumber(kubeletVersion) < 1.19
	);
}

/** Later than any beat of a kubelet, ms. */
const standingStill = 120_000;

function silentConfig(evidence: Evidence, node: string) {
	return factsOf(evidence, 'kubelet-config')?.find((facts) => facts.node === node);
}

export const kubeletRuntimeCauses: readonly Cause[] = [
	{
		id: 'cgroupv2-old-runtime',
		...ofNodes,
		explains: ['nodes-missing', 'empty'],
		entails: [...(ofNodes.entails ?? []), 'node-cpu-zero', 'kubelet-scrape-error'],
		rulesOut: ['kubelet-timeout', 'kubelet-401'],
		symptoms: nodeRow,
		judge(evidence) {
			const found = uncomplainedNodes(evidence).filter((node) => {
				const report = reportOfKubelet(evidence, node.name);
				const isEmpty = report === undefined || report.scrapeError || !(report.nodeCpu > 0 && report.nodeMemory > 0);
				return withCgroup2.test(node.osImage) && isOlderThanCgroup2(node) && isEmpty;
			});
			const [first] = found;
			if (first === undefined) {
				return silentNodes(evidence).size > 0 ? undecided('nodes', 'kubelets') : ruledOut;
			}
			const report = reportOfKubelet(evidence, first.name);
			const { kubeletVersion, name, osImage, runtime } = first;
			const verdict = provedOf(
				found.map((node) => `node/${node.name}`),
				{ runtime, version: kubeletVersion, system: osImage },
				[
					seen(answerOf(evidence, 'nodes'), `${name}: ${osImage}, ${runtime}, kubelet ${kubeletVersion}`),
					...(report === undefined
						? []
						: [
								seenAtKubelet(
									report,
									`node_cpu_usage_seconds_total ${Number.isNaN(report.nodeCpu) ? 'missing' : report.nodeCpu}`,
								),
							]),
				],
			);
			return report === undefined ? likely(verdict) : verdict;
		},
	},
	{
		id: 'cri-stats-gate',
		...ofPods,
		needs: [...ofPods.needs, 'kubelet-config'],
		entails: ['pods-missing-cri-stats'],
		rulesOut: ['one-container-lacks-sample', 'runtime-docker-old'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			let isOpen = false;
			const verdict = byNodeOfPods(evidence, ({ name }) => {
				const report = reportOfKubelet(evidence, name);
				const config = silentConfig(evidence, name);
				const isEmpty = report !== undefined && report.nodeCpu > 0 && report.containers.length === 0;
				isOpen ||= isEmpty && config === undefined;
				return isEmpty && config?.statsFromRuntime === true
					? [
							seenAtKubelet(report, `node_cpu_usage_seconds_total ${report.nodeCpu}, and no container_* at all`),
							{ request: config.request, status: 200, quote: 'featureGates: PodAndContainerStatsFromCRI: true' },
						]
					: null;
			});
			return verdict.verdict === 'ruled-out' && isOpen ? undecided('kubelet-config') : verdict;
		},
	},
	{
		id: 'metric-timestamp-stale',
		family: 'kubelet-data',
		severity: 'warning',
		explains: [],
		terminal: false,
		entails: ['stale-sample'],
		needs: ['metrics-nodes', 'kubelets'],
		rulesOut: ['ms-clock-skew'],
		symptoms: [
			symptom(
				'the kubelet’s /metrics/resource, whose times do not advance',
				/^node_cpu_usage_seconds_total \S+ \d{13}$/m,
				'node_cpu_usage_seconds_total 184213.37 1764331200000',
			),
		],
		judge(evidence) {
			const old = (factsOf(evidence, 'kubelets') ?? []).filter(
				({ status, timestamp }) => status === 200 && evidence.now - timestamp > standingStill,
			);
			const [first] = old;
			return first === undefined
				? factsOf(evidence, 'kubelets') === null && staleSamples(evidence).length > 0
					? undecided('kubelets')
					: ruledOut
				: provedOf(
						old.map(({ node }) => `node/${node}`),
						{ age: age(evidence.now - first.timestamp), node: first.node },
						[
							seenAtKubelet(
								first,
								`${first.node}: its own numbers are of ${new Date(first.timestamp).toISOString()}, ${age(evidence.now - first.timestamp)} ago`,
							),
						],
					);
		},
	},
	{
		id: 'kubelet-housekeeping-long',
		family: 'kubelet-data',
		severity: 'warning',
		explains: [],
		terminal: false,
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['ms-clock-skew'],
		symptoms: [
			symptom(
				'minikube’s command line of the kubelet',
				/--housekeeping-interval=[1-9]\d*m/,
				'/var/lib/minikube/binaries/v1.30.0/kubelet --housekeeping-interval=5m',
			),
		],
		judge(evidence) {
			const stale = staleSamples(evidence);
			const [first] = stale;
			return first === undefined || distributionOf(evidence) !== 'minikube'
				? ruledOut
				: likely(
						provedOf(
							stale.map(({ subject }) => subject),
							{ age: age(evidence.now - first.sample.timestamp) },
							[
								seen(
									answerOf(evidence, 'metrics-nodes'),
									`${first.sample.name}: its timestamp is ${age(evidence.now - first.sample.timestamp)} old, on minikube`,
								),
							],
						),
					);
		},
	},
	{
		id: 'out-of-order-points',
		...ofNodes,
		severity: 'warning',
		explains: ['nodes-missing'],
		entails: [],
		needs: ['metrics-nodes', 'nodes', 'log'],
		rulesOut: ['kubelet-timeout', 'node-cpu-zero'],
		symptoms: [
			symptom(
				'the log of metrics-server, with -v=2',
				/Found new \S+ (?:metrics )?point is older than stored previous/,
				'"Found new node metrics point is older than stored previous , drop previous" node="n05" previousTimestamp="2026-11-28T12:10:00Z" timestamp="2026-11-28T12:00:00Z"',
			),
		],
		judge(evidence) {
			if (logsAreUnread(evidence) && mayLackNodes(evidence)) {
				return undecided('log');
			}
			const line = newestLine(evidence, /Found new node metrics point is older than stored previous/);
			const name = /\bnode="([^"]+)"/.exec(line?.quote ?? '')?.[1];
			const isMissing = nodesWithoutSamples(evidence).some((node) => node.name === name);
			return line === null || name === undefined || !isMissing ? ruledOut : provedOf([`node/${name}`], {}, [line]);
		},
	},
];
