import { objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** The version of the metrics API that is asked for samples: the newest that both sides know. */
export function metricsVersion(evidence: Evidence): string {
	const versions = factsOf(evidence, 'metrics-group')?.versions ?? [];
	return versions.includes('v1') ? 'v1' : 'v1beta1';
}

/** A3: the body of a 503 here says more than kubectl ever shows. */
export const metricsVersionProbe: Probe<'metrics-version'> = {
	id: 'metrics-version',
	step: 'discovery',
	cost: 1,
	needs: 'system:discovery, which every authenticated user has unless it was removed',
	timeLimit: 8_000,
	after: ['metrics-group'],
	when: (evidence) => factsOf(evidence, 'metrics-group') !== null,
	ask: (context, evidence) =>
		ask(context, `/apis/metrics.k8s.io/${metricsVersion(evidence)}`, ({ body }) => {
			const answer = parseJson(body);
			return textField(answer, 'kind') === 'APIResourceList'
				? [...objectsField(answer, 'resources')].map((resource) => textField(resource, 'name'))
				: null;
		}),
};
