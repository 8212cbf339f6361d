/**
 * What can be seen from outside when something is wrong, before anybody knows why: the upper part of the decision tree.
 * Each sight asks for a cause; one that no cause is proved for becomes a finding with all the causes that it can be. So
 * nothing that is seen stays unsaid, and nothing is said to be well by mistake. Pure.
 */
import type { Observation } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import { inactiveCondition, subjectOfAutoscaler } from './evidence/autoscaler-condition.ts';
import { answerOf, type Evidence, factsOf, namesOf, seen } from './evidence/evidence.ts';
import { nodesWithoutSamples, podsWithoutSamples, samplesAreEmpty, silentNodes } from './evidence/missing.ts';
import type { ListedPod } from './evidence/objects.ts';
import { seenOnTheWay } from './evidence/way-seen.ts';

export interface Sighting {
	/** `cluster`, or each thing that lacks something. */
	subjects: readonly string[];
	/** Sights that it may be just as well, where the rights do not let them be told apart. */
	orElse?: readonly string[];
	facts: Finding['facts'];
	/** Of those that are left to explain. */
	because(subjects: readonly string[]): readonly Observation[];
}

/** The beginning of the body of a 503 by which the aggregator says that it tried, and how that failed. */
export const triedInVain = 'error trying to reach service';

/** In the order of the way: where one is seen, those after it may only follow from it. */
export const sights = {
	/** The kubeconfig or the flags cannot be used; nothing was asked. */
	'no-target': (evidence) => failureOf(evidence, 'kubeconfig'),
	/** No answer from the API server's address. */
	'no-connection'(evidence) {
		const { outcome } = answerOf(evidence, 'version');
		return outcome === 'failed' || outcome === 'timed-out'
			? failureOf(evidence, 'version', seenOnTheWay(evidence))
			: null;
	},
	/** An answer that is none of an API server that lets this user in. */
	'no-api'(evidence) {
		const answer = answerOf(evidence, 'version');
		return (answer.outcome === 'answered' || answer.outcome === 'forbidden') && answer.value === null
			? ofCluster({ status: answer.status, error: answer.error }, [seen(answer)])
			: null;
	},
	/** Nothing is registered for metrics.k8s.io. */
	'group-absent'(evidence) {
		const answer = answerOf(evidence, 'metrics-group');
		return answer.status === 404 ? ofCluster({}, [seen(answer)]) : null;
	},
	/** Registered, but not in a version that can be read. */
	'version-absent'(evidence) {
		const answer = answerOf(evidence, 'metrics-version');
		return answer.status === 404 && answerOf(evidence, 'metrics-group').status === 200
			? ofCluster({ versions: factsOf(evidence, 'metrics-group')?.versions.join(', ') ?? '' }, [
					seen(
						answerOf(evidence, 'metrics-group'),
						`versions: ${factsOf(evidence, 'metrics-group')?.versions.join(', ')}`,
					),
					seen(answer),
				])
			: null;
	},
	/** The aggregator's condition is not True: it does not even try. */
	unavailable: (evidence) => metricsFailure(evidence, (status, body) => status === 503 && !body.includes(triedInVain)),
	/** The condition is True, and the connection fails. The body says how. */
	'dial-failed': (evidence) => metricsFailure(evidence, (status, body) => status === 503 && body.includes(triedInVain)),
	/** An answer from behind the aggregator, and it is an error. */
	'backend-error': (evidence) =>
		metricsFailure(evidence, (status) => status >= 400 && ![403, 404, 429, 503, 504].includes(status)),
	throttled: (evidence) => metricsFailure(evidence, (status) => status === 429),
	/** It takes requests and does not answer. */
	'no-answer'(evidence) {
		const silent = metricsAnswers(evidence).find(({ outcome, status }) => outcome === 'timed-out' || status === 504);
		return silent === undefined ? null : ofCluster({ error: silent.error }, [seen(silent)]);
	},
	/** This user may not read the samples. */
	forbidden(evidence) {
		const refused = metricsAnswers(evidence).filter(({ outcome }) => outcome === 'forbidden');
		return refused.length === 0
			? null
			: ofCluster(
					{},
					refused.map((answer) => seen(answer)),
				);
	},
	/** The lists are there and hold nothing, although something runs. */
	empty(evidence) {
		const running = factsOf(evidence, 'pods')?.some(({ phase }) => phase === 'Running') ?? true;
		return running && samplesAreEmpty(evidence)
			? ofCluster(
					{},
					(['metrics-nodes', 'metrics-pods'] as const)
						.map((id) => answerOf(evidence, id))
						.filter(({ value }) => value !== null)
						.map((answer) => seen(answer, 'items: []')),
				)
			: null;
	},
	/** Nodes without a sample, while others have one. */
	'nodes-missing': (evidence) =>
		missingFrom(
			evidence,
			'metrics-nodes',
			nodesWithoutSamples(evidence).map(({ name }) => `node/${name}`),
		),
	/** No pod of a node has a sample, and nobody with these rights sees whether the node has one. */
	'nodes-silent'(evidence) {
		const silent = silentNodes(evidence);
		const sighting = missingFrom(evidence, 'metrics-pods', [...silent.values()].flat().map(subjectOfPod));
		const isEmpty = factsOf(evidence, 'metrics-pods')?.samples.size === 0;
		return (
			sighting && {
				...sighting,
				facts: { nodes: [...silent.keys()].join(', ') },
				orElse: ['nodes-missing', 'pods-missing', ...(isEmpty ? (['empty'] as const) : [])],
			}
		);
	},
	/** Running pods without a sample, on nodes that have one. */
	'pods-missing'(evidence) {
		const silent = new Set([...silentNodes(evidence).values()].flat());
		const pods = podsWithoutSamples(evidence).filter((pod) => !silent.has(pod));
		return missingFrom(evidence, 'metrics-pods', pods.map(subjectOfPod));
	},
	/** The autoscaler that was asked about says that it cannot count. */
	'scaling-inactive'(evidence) {
		const autoscaler = factsOf(evidence, 'autoscaler');
		const condition = autoscaler === null ? null : inactiveCondition(autoscaler);
		return autoscaler === null || condition === null
			? null
			: {
					subjects: [subjectOfAutoscaler(autoscaler)],
					facts: { autoscaler: autoscaler.name, namespace: autoscaler.namespace, reason: condition.reason },
					because: () => [seen(answerOf(evidence, 'autoscaler'), `${condition.reason}: ${condition.message}`)],
				};
	},
} satisfies Record<string, (evidence: Evidence) => Sighting | null>;

export type SightId = keyof typeof sights;

const subjectOfPod = ({ name, namespace }: ListedPod): string => `pod/${namespace}/${name}`;

function ofCluster(facts: Finding['facts'], because: readonly Observation[]): Sighting {
	return { subjects: ['cluster'], facts, because: () => because };
}

function missingFrom(
	evidence: Evidence,
	id: 'metrics-nodes' | 'metrics-pods',
	subjects: readonly string[],
): Sighting | null {
	return subjects.length === 0
		? null
		: {
				subjects,
				facts: {},
				because: (those) => [seen(answerOf(evidence, id), `no item of ${namesOf(those).names}`)],
			};
}

function failureOf(
	evidence: Evidence,
	id: 'kubeconfig' | 'version',
	more: readonly Observation[] = [],
): Sighting | null {
	const answer = answerOf(evidence, id);
	return answer.outcome === 'failed' || answer.outcome === 'timed-out'
		? ofCluster({ error: answer.error }, [seen(answer, answer.error), ...more])
		: null;
}

/** The answers about samples, in the order in which they are asked. */
function metricsAnswers(evidence: Evidence) {
	return (['metrics-version', 'metrics-nodes', 'metrics-pods'] as const).map((id) => answerOf(evidence, id));
}

function metricsFailure(evidence: Evidence, is: (status: number, body: string) => boolean): Sighting | null {
	const failed = metricsAnswers(evidence).find(({ body, status }) => is(status, body));
	return failed === undefined
		? null
		: ofCluster({ status: failed.status, error: failed.body.split('\n')[0] ?? '' }, [seen(failed)]);
}
