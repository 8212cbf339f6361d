/** Kubelets that answer metrics-server with an error: 401, 403, 404, 500, or something that is no metrics. */
import { type Cause, likely } from '../cause.ts';
import { answerOf, factsOf, seen } from '../evidence/evidence.ts';
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
		needs: ['log', 'kubelets'],
		rulesOut: ['kubelet-403-metrics'],
		symptoms: scrapeSymptom(
			/Authorization error \(user=/,
			'Authorization error (user=system:serviceaccount:kube-system:metrics-server, verb=get, resource=nodes, subresource=metrics)',
		),
		judge: (evidence) => unlessExcluded(evidence, byLog(evidence, tail(/Authorization error \(user=/)), isAtLeast(6)),
	},
	logged(
		'kubelet-500-stats',
		/500 Internal Server Error/,
		'"Failed to scrape node" err="request failed, status: \\"500 Internal Server Error\\"" node="n05"',
		{ except: /Authorization error/, unless: kubeletsAnswer },
	),
	logged(
		'kubelet-parse-error',
		/failed parsing metrics|failed to initialize Prometheus parser/,
		'"Failed to scrape node" err="failed to initialize Prometheus parser: …" node="n05"',
		{ unless: kubeletsAnswer },
	),
];
