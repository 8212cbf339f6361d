/** The numbers are there, and not what one expects: too few containers, an old time, a node that is gone. */
import { age } from '../../model/display.ts';
import { type Cause, proved, provedOf, ruledOut } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { newestLine } from '../evidence/log-line.ts';
import { podsAfterSamples, podsLackingContainers, samplesAreEmpty } from '../evidence/missing.ts';
import { readScrapeFailures } from '../evidence/scrape-log.ts';
import { staleSamples, standsStillSince } from '../evidence/stale.ts';
import { symptom } from '../symptom.ts';

const worthKnowing: Pick<Cause, 'family' | 'explains' | 'terminal'> = {
	family: 'partial',
	explains: [],
	terminal: false,
};

/** Since when a line of klog was written, ms; NaN if it does not say. Its clock has no year: the last 24 hours are meant. */
function sinceLine(line: string, now: number): number {
	const match = /^[IWEF]\d{4} (\d\d):(\d\d):(\d\d)/.exec(line);
	if (match === null) {
		return Number.NaN;
	}
	const day = 24 * 3_600_000;
	const ofDay = (Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3])) * 1_000;
	return ((((now % day) - ofDay) % day) + day) % day;
}

/** Nanocores as the API writes them for people. */
function milli(cpu: number): string {
	return `${Math.ceil(cpu / 1e6)}m`;
}

/** A log that is quiet for longer tells of something that is over. */
const lately = 15 * 60_000;

export const partialSamplesCauses: readonly Cause[] = [
	{
		id: 'container-rate-skipped',
		...worthKnowing,
		severity: 'warning',
		needs: ['metrics-pods', 'pods'],
		rulesOut: ['one-container-lacks-sample'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				/Skipping container usage metric/,
				'"Skipping container usage metric" err="unexpected decrease in cumulative CPU usage value" container="app" pod="web/api-1"',
			),
		],
		judge(evidence) {
			const lacking = podsLackingContainers(evidence);
			const [first] = lacking;
			return first === undefined
				? ruledOut
				: provedOf(
						lacking.map(({ pod }) => `pod/${pod.namespace}/${pod.name}`),
						{ container: first.left.name },
						[
							seen(
								answerOf(evidence, 'metrics-pods'),
								`${first.pod.namespace}/${first.pod.name} has containers: ${first.sample.containers.join(', ') || 'none'}`,
							),
							seen(
								answerOf(evidence, 'pods'),
								`container ${first.left.name} runs since ${age(evidence.now - first.left.startedAt)}`,
							),
						],
					);
		},
	},
	{
		id: 'stale-sample',
		...worthKnowing,
		// What came after the last of them has none.
		explains: ['pods-missing'],
		severity: 'warning',
		needs: ['metrics-nodes', 'metrics-pods', 'pods'],
		rulesOut: ['ms-clock-skew'],
		symptoms: [
			symptom(
				'kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes, where the time does not advance',
				/"timestamp":"[^"]+","window":"[^"]+"/,
				'"timestamp":"2026-11-28T11:40:00Z","window":"15.1s"',
			),
		],
		judge(evidence) {
			const stale = staleSamples(evidence);
			const [first] = stale;
			if (first === undefined) {
				return ruledOut;
			}
			const old = age(evidence.now - first.sample.timestamp);
			const late = podsAfterSamples(evidence).map(({ name, namespace }) => `pod/${namespace}/${name}`);
			return provedOf(
				[...stale.map(({ subject }) => subject), ...late],
				{ age: old, all: Number.isNaN(standsStillSince(evidence)) ? '' : 'yes' },
				[
					seen(
						answerOf(evidence, first.subject.startsWith('node/') ? 'metrics-nodes' : 'metrics-pods'),
						`${first.sample.name}: its timestamp is ${old} old`,
					),
				],
			);
		},
	},
	{
		id: 'cpu-over-100-percent',
		...worthKnowing,
		severity: 'info',
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['stale-sample'],
		symptoms: [symptom('kubectl top node', /^\S+\s+\d+m?\s+1\d\d%\s/m, 'n05    4312m   108%   9721Mi   63%')],
		judge(evidence) {
			const samples = factsOf(evidence, 'metrics-nodes')?.samples;
			const over = (factsOf(evidence, 'nodes') ?? []).flatMap(({ allocatableCpu, capacityCpu, name }) => {
				const used = samples?.get(name)?.cpu ?? Number.NaN;
				return used > allocatableCpu ? [{ name, used, allocatableCpu, capacityCpu }] : [];
			});
			const [first] = over;
			if (first === undefined) {
				return ruledOut;
			}
			const { allocatableCpu, capacityCpu, name, used } = first;
			return provedOf(
				over.map((node) => `node/${node.name}`),
				{ percent: Math.trunc((used / allocatableCpu) * 100), ofCapacity: Math.trunc((used / capacityCpu) * 100) },
				[
					seen(answerOf(evidence, 'metrics-nodes'), `${name}: cpu ${milli(used)}`),
					seen(
						answerOf(evidence, 'nodes'),
						`${name}: allocatable ${milli(allocatableCpu)} of capacity ${milli(capacityCpu)}`,
					),
				],
			);
		},
	},
	{
		id: 'node-extra-row',
		...worthKnowing,
		severity: 'info',
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['stale-sample'],
		symptoms: [
			symptom(
				'kubectl top node, a row without percentages',
				/\d+m\s+<unknown>\s+\d+Mi\s+<unknown>/,
				'n09    213m   <unknown>   1204Mi   <unknown>',
			),
		],
		judge(evidence) {
			const nodes = factsOf(evidence, 'nodes');
			const samples = factsOf(evidence, 'metrics-nodes')?.samples;
			if (nodes === null || nodes.length === 0 || samples === undefined) {
				return ruledOut;
			}
			const known = new Set(nodes.map(({ name }) => name));
			const extra = [...samples.keys()].filter((name) => !known.has(name));
			return extra.length === 0
				? ruledOut
				: provedOf(
						extra.map((name) => `node/${name}`),
						{},
						[
							seen(answerOf(evidence, 'metrics-nodes'), `item of ${extra[0]}`),
							seen(answerOf(evidence, 'nodes'), `no node ${extra[0]}`),
						],
					);
		},
	},
	{
		id: 'no-pods-match',
		...worthKnowing,
		severity: 'info',
		needs: ['pods'],
		rulesOut: ['only-completed-pods', 'one-container-lacks-sample'],
		symptoms: [
			symptom(
				'kubectl 1.18 and newer',
				/No resources found in \S+ namespace/,
				'No resources found in default namespace.',
			),
		],
		judge(evidence) {
			const { namespace, patient } = evidence;
			const pods = factsOf(evidence, 'pods');
			return patient.kind === 'cluster' && namespace !== null && pods !== null && pods.length === 0
				? proved({ namespace }, [seen(answerOf(evidence, 'pods'), 'items: []')])
				: ruledOut;
		},
	},
	{
		id: 'metrics-vanish-after-failed-scrape',
		...worthKnowing,
		severity: 'warning',
		needs: ['metrics-nodes', 'log'],
		rulesOut: ['node-not-ready'],
		symptoms: [
			symptom(
				'the log of metrics-server, now and then',
				/Failed to scrape node.*context deadline exceeded/,
				'"Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": context deadline exceeded" node="n05"',
			),
		],
		judge: vanishing,
	},
	{
		id: 'duplicate-pod-point',
		...worthKnowing,
		severity: 'warning',
		needs: ['log'],
		symptoms: [
			symptom('the log of metrics-server', /Got duplicate pod point/, '"Got duplicate pod point" pod="web/db-0"'),
		],
		judge: (evidence) => duplicate(evidence, /Got duplicate pod point" pod="([^"]+)"/, 'pod'),
	},
	{
		id: 'duplicate-node-name',
		...worthKnowing,
		severity: 'warning',
		needs: ['log'],
		symptoms: [
			symptom('the log of metrics-server', /Got duplicate node point/, '"Got duplicate node point" node="n05"'),
		],
		judge: (evidence) => duplicate(evidence, /Got duplicate node point" node="([^"]+)"/, 'node'),
	},
	{
		id: 'large-cluster-timeout',
		...worthKnowing,
		severity: 'warning',
		needs: ['log', 'nodes'],
		rulesOut: ['ms-oomkilled'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				/metric collection didn't finish on time/,
				'"Failed probe" probe="metric-collection-timely" err="metric collection didn\'t finish on time"',
			),
		],
		judge(evidence) {
			const nodes = factsOf(evidence, 'nodes') ?? [];
			const line = newestLine(evidence, /metric collection didn't finish on time/);
			// Its defaults are made for a hundred nodes.
			return line === null || nodes.length <= 100 || samplesAreEmpty(evidence)
				? ruledOut
				: proved({ nodes: nodes.length }, [line, seen(answerOf(evidence, 'nodes'), `${nodes.length} nodes`)]);
		},
	},
];

function duplicate(evidence: Evidence, pattern: RegExp, kind: 'pod' | 'node') {
	const line = newestLine(evidence, pattern);
	const name = pattern.exec(line?.quote ?? '')?.[1] ?? '';
	return line === null || name === '' ? ruledOut : provedOf([`${kind}/${name.replace(/^\//, '')}`], {}, [line]);
}

/** Nodes that have a sample now, and of which several scrapes failed lately. */
function vanishing(evidence: Evidence) {
	const samples = factsOf(evidence, 'metrics-nodes')?.samples;
	const failures = new Map<string, { count: number; line: string; request: string }>();
	for (const { lines, request } of factsOf(evidence, 'log') ?? []) {
		for (const line of lines) {
			if (!(sinceLine(line, evidence.now) < lately)) {
				continue;
			}
			for (const { node } of readScrapeFailures(line)) {
				failures.set(node, { count: (failures.get(node)?.count ?? 0) + 1, line, request });
			}
		}
	}
	const found = [...failures].filter(([node, { count }]) => count > 1 && samples?.has(node) === true);
	const [first] = found;
	return first === undefined
		? ruledOut
		: provedOf(
				found.map(([node]) => `node/${node}`),
				{ failures: first[1].count },
				[
					{ request: first[1].request, status: 200, quote: first[1].line },
					seen(answerOf(evidence, 'metrics-nodes'), `item of ${first[0]}`),
				],
			);
}
