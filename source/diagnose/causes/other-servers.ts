/** Who serves the metrics API, where it is not one metrics-server, or not one API server that knows it. */
import { age } from '../../model/display.ts';
import { type Cause, likely, proved, provedOf, ruledOut, undecided } from '../cause.ts';
import { isServedByAdapter } from '../evidence/adapter.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { newestLine } from '../evidence/log-line.ts';
import { mayLackNodes, samplesAreEmpty, unexplainedNodes, unexplainedPods } from '../evidence/missing.ts';
import { brokenBackend, emptyAnswer, symptom } from '../symptom.ts';
import { backendFacts, condition } from './api-service-condition.ts';
import { byPath, ofPath, reachesPod, timeoutWords } from './path-to-backend.ts';

const skipping =
	/missing (?:CPU|memory) for (?:node|pod|container) \S+, skipping|unable to fetch (?:CPU|memory) metrics for (?:pod|node) \S+, skipping/i;

/** Longer than an API server takes to notice what has changed, ms. */
const settled = 120_000;

const asked = ['metrics-version', 'metrics-nodes', 'metrics-pods'] as const;

/** How long the condition has been as it is, ms; NaN if that is not known. */
function conditionAge(evidence: Evidence): number {
	return evidence.now - (factsOf(evidence, 'apiservice')?.since ?? Number.NaN);
}

export const otherServerCauses: readonly Cause[] = [
	{
		id: 'apiservice-prometheus-adapter',
		family: 'registration',
		severity: 'error',
		explains: ['empty', 'nodes-missing', 'pods-missing'],
		terminal: false,
		needs: ['metrics-nodes', 'metrics-pods', 'apiservice', 'log'],
		rulesOut: ['kubelet-timeout', 'kubelet-401', 'node-cpu-zero', 'ms-just-started'],
		symptoms: [
			symptom('the log of prometheus-adapter', skipping, 'missing CPU for node "n05", skipping'),
			...emptyAnswer,
		],
		judge(evidence) {
			const apiService = factsOf(evidence, 'apiservice');
			const nodes = unexplainedNodes(evidence).map(({ name }) => `node/${name}`);
			const pods = unexplainedPods(evidence).map(({ name, namespace }) => `pod/${namespace}/${name}`);
			const empty = samplesAreEmpty(evidence);
			if (!(empty || nodes.length + pods.length > 0 || mayLackNodes(evidence))) {
				return ruledOut;
			}
			if (apiService === null) {
				return undecided('apiservice');
			}
			if (!isServedByAdapter(evidence)) {
				return ruledOut;
			}
			const line = newestLine(evidence, skipping);
			const { name = '', namespace = '' } = apiService.service ?? {};
			const verdict = provedOf(empty ? ['cluster'] : [...nodes, ...pods], backendFacts(apiService), [
				seen(answerOf(evidence, 'apiservice'), `spec.service: ${namespace}/${name}`),
				...(line === null ? [] : [line]),
			]);
			return line === null ? likely(verdict) : verdict;
		},
	},
	{
		id: 'apiservice-ha-disagreement',
		family: 'registration',
		severity: 'error',
		explains: ['unavailable', 'dial-failed'],
		terminal: false,
		needs: ['metrics-version', 'metrics-nodes', 'metrics-pods', 'apiservice'],
		rulesOut: ['api-group-absent', 'apiservice-missing-endpoints'],
		symptoms: [
			symptom(
				'kubectl top, every other time',
				/metrics api not available.*(?:every other time|now and then|sometimes)|(?:alternat|sometimes).*metrics api not available/i,
				'kubectl top works and says “error: Metrics API not available” every other time',
			),
		],
		judge(evidence) {
			const answers = asked.map((id) => answerOf(evidence, id));
			const good = answers.find(({ status, value }) => status === 200 && value !== null);
			const bad = answers.find(({ status }) => status === 503);
			// What has just changed is seen by one API server before the other.
			return good === undefined || bad === undefined || conditionAge(evidence) < settled
				? ruledOut
				: likely(proved({}, [seen(good, 'answered'), seen(bad)]));
		},
	},
	{
		id: 'apiservice-stuck-condition',
		...ofPath,
		family: 'registration',
		terminal: false,
		needs: ['metrics-version', 'apiservice', 'endpoints', 'readiness'],
		rulesOut: ['apiserver-no-clusterip-route', 'network-blocked-apiserver-to-ms', 'ms-pod-not-listening'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byPath(evidence, (failure) => {
				const apiService = factsOf(evidence, 'apiservice');
				// The address that it dials is the pod's own, and there the API server's proxy gets an answer.
				const isPods = (factsOf(evidence, 'endpoints') ?? []).some(({ addresses }) => addresses.includes(failure.host));
				return failure.tried ||
					apiService === null ||
					!timeoutWords.test(failure.words) ||
					!isPods ||
					reachesPod(evidence) !== 'yes' ||
					!(conditionAge(evidence) > settled)
					? ruledOut
					: likely(
							proved({ age: age(conditionAge(evidence)) }, [
								condition(evidence, apiService),
								seen(answerOf(evidence, 'readiness'), `the same pod (${failure.host}) answers the API server’s proxy`),
							]),
						);
			}),
	},
];
