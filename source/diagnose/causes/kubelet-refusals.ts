/** Kubelets that answer metrics-server with an error: 401, 403, 404, 500, or something that is no metrics. */
import { type Cause, likely, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { seenAtKubelet, versionNumber } from '../evidence/kubelet-report.ts';
import { mayLackNodes, samplesAreEmpty } from '../evidence/missing.ts';
import { releaseOf, serverOf } from '../evidence/server-container.ts';
import {
	byLog,
	isAtLeast,
	kubeletsAnswer,
	logged,
	ofScraping,
	othersThan,
	scrapeSymptom,
	tail,
	unlessExcluded,
} from './scraped-kubelets.ts';

/** The kubelet could not ask the API server whether the caller may. */
const notAuthorized = /Authorization error \(user=/;

/** Kubelets have what metrics-server 0.6 and newer read, in its present form, since 1.20. */
const firstWithResource = 1.2;

function lacksSomething(evidence: Evidence): boolean {
	return samplesAreEmpty(evidence) || mayLackNodes(evidence) || answerOf(evidence, 'metrics-version').status === 503;
}

export const kubeletRefusalCauses: readonly Cause[] = [
	...(['nodes/metrics', 'nodes/stats'] as const).map((resource): Cause => {
		const id = resource === 'nodes/metrics' ? 'kubelet-403-metrics' : 'kubelet-403-stats';
		const old = resource === 'nodes/stats';
		return {
			id,
			...ofScraping,
			needs: ['log', 'policy', 'workload-pods'],
			rulesOut: othersThan(id),
			symptoms: scrapeSymptom(
				/403 Forbidden/,
				old
					? 'unable to fully scrape metrics from node n05: unable to fetch metrics from node n05: request failed - "403 Forbidden".'
					: '"Failed to scrape node" err="request failed, status: \\"403 Forbidden\\"" node="n05"',
			),
			judge(evidence) {
				const verdict = byLog(evidence, ({ line, tail: words }) => {
					const before06 = /request failed - |bad status code/.test(line);
					return /403 Forbidden/.test(words) && !/system:anonymous/.test(words) && before06 === old;
				});
				const policy = factsOf(evidence, 'policy');
				const rules = policy?.metricsServerRules;
				if (verdict.verdict !== 'proved') {
					const isGranted = rules?.includes(`get ${resource}`) === true;
					return unlessExcluded(evidence, verdict, (known) => isGranted || (old && isAtLeast(6)(known)));
				}
				const facts = { ...verdict.facts, resource };
				if (policy === null || rules === undefined) {
					return likely({ ...verdict, facts });
				}
				const granted = rules?.some((rule) => rule === `get ${resource}` || rule === `* ${resource}`) === true;
				return granted
					? likely({ ...verdict, facts: { ...facts, granted: 'yes' } })
					: {
							...verdict,
							facts,
							because: [
								...verdict.because,
								seen(
									answerOf(evidence, 'policy'),
									rules === null
										? 'ClusterRole system:metrics-server is not there'
										: `ClusterRole system:metrics-server has no "get ${resource}": ${rules.filter((rule) => rule.includes('nodes/')).join(', ')}`,
								),
							],
						};
			},
		};
	}),
	{
		id: 'ms-version-too-new-for-server',
		...ofScraping,
		family: 'workload',
		needs: ['version', 'nodes', 'workload-pods', 'log'],
		entails: [...(ofScraping.entails ?? []), 'kubelet-404-resource', 'kubelet-old-metric-names'],
		rulesOut: ['kubelet-timeout', 'kubelet-401', 'ms-version-too-old-for-server'],
		symptoms: scrapeSymptom(
			/404 Not Found/,
			'"Failed to scrape node" err="request failed, status: \\"404 Not Found\\"" node="n05"',
		),
		judge(evidence) {
			const version = factsOf(evidence, 'version');
			// Where only single nodes are old, these are the matter.
			const old = (factsOf(evidence, 'nodes') ?? []).filter(
				({ kubeletVersion }) => versionNumber(kubeletVersion) < firstWithResource,
			);
			const [pod] = factsOf(evidence, 'workload-pods') ?? [];
			const server = pod === undefined ? undefined : serverOf(pod);
			if (version === null || !(version.minor < 20) || !lacksSomething(evidence)) {
				return ruledOut;
			}
			if (factsOf(evidence, 'nodes') === null || server === undefined) {
				return undecided('nodes', 'workload-pods');
			}
			if (old.length === 0) {
				return ruledOut;
			}
			return releaseOf(server) >= 6
				? proved({ image: server.image, version: version.gitVersion }, [
						seen(answerOf(evidence, 'version'), version.gitVersion),
						seen(answerOf(evidence, 'workload-pods'), `image: ${server.image}`),
						seen(answerOf(evidence, 'nodes'), `${old[0]?.name}: kubelet ${old[0]?.kubeletVersion}`),
					])
				: ruledOut;
		},
	},
	logged(
		'kubelet-403-anonymous',
		/Forbidden \(user=system:anonymous/,
		'error while getting metrics summary from Kubelet n05(10.0.0.5:10250): request failed - "403 Forbidden", response: "Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=stats)"',
		{ unless: isAtLeast(6) },
	),
	logged(
		'kubelet-404-resource',
		/404 Not Found/,
		'"Failed to scrape node" err="request failed, status: \\"404 Not Found\\"" node="n05"',
		{ unless: kubeletsAnswer },
	),
	{
		id: 'kubelet-authz-webhook-error',
		...ofScraping,
		needs: ['log', 'kubelets', 'workload-pods'],
		rulesOut: ['kubelet-403-metrics', 'kubelet-500-stats'],
		symptoms: scrapeSymptom(
			notAuthorized,
			'Authorization error (user=system:serviceaccount:kube-system:metrics-server, verb=get, resource=nodes, subresource=metrics)',
		),
		judge: (evidence) => judgeError(evidence, 'authorization'),
	},
	{
		id: 'kubelet-500-stats',
		...ofScraping,
		needs: ['log', 'kubelets', 'workload-pods'],
		rulesOut: othersThan('kubelet-500-stats'),
		symptoms: scrapeSymptom(
			/500 Internal Server Error/,
			'"Failed to scrape node" err="GET \\"https://10.0.0.5:10250/stats/summary?only_cpu_and_memory=true\\": bad status code \\"500 Internal Server Error\\"" node="n05"',
		),
		judge: (evidence) => judgeError(evidence, 'stats'),
	},
	logged(
		'kubelet-parse-error',
		/failed parsing metrics|failed to initialize Prometheus parser/,
		'"Failed to scrape node" err="failed to initialize Prometheus parser: …" node="n05"',
		{ unless: kubeletsAnswer },
	),
];

/**
 * A 500 is one status for two things: a kubelet that cannot ask who may, and one whose runtime fails. Its own words tell,
 * which 0.3 writes and the API server is told. Since 0.6 what is asked for says of a failing runtime by a series, with 200
 * (pkg/kubelet/metrics/collectors/resource_metrics.go): then it is the first.
 */
function judgeError(evidence: Evidence, kind: 'authorization' | 'stats'): Verdict {
	const verdict = byLog(evidence, tail(/500 Internal Server Error|Authorization error \(user=/));
	const old = !isAtLeast(6)(evidence);
	if (verdict.verdict !== 'proved') {
		return unlessExcluded(evidence, verdict, (known) => kubeletsAnswer(known) || (kind === 'stats' && !old));
	}
	const ofLog = verdict.because.some(({ quote }) => /response: |Authorization error/.test(quote));
	const report = factsOf(evidence, 'kubelets')?.find(
		({ node, status }) => status === 500 && verdict.subjects.includes(`node/${node}`),
	);
	const words = ofLog ? verdict.because.map(({ quote }) => quote).join('\n') : report?.words;
	if (words === undefined) {
		const isLikely = kind === (old ? 'stats' : 'authorization');
		return isLikely ? likely(verdict) : old ? undecided('kubelets') : ruledOut;
	}
	const isIt = notAuthorized.test(words) === (kind === 'authorization');
	return isIt
		? {
				...verdict,
				facts: { ...verdict.facts, path: old ? 'stats/summary' : 'metrics/resource' },
				because: [...verdict.because, ...(ofLog || report === undefined ? [] : [seenAtKubelet(report, report.words)])],
			}
		: ruledOut;
}
