import { objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A3: 404 means that no APIService registers the group, whatever kubectl prints; 200 that one does. */
export const metricsGroupProbe: Probe<'metrics-group'> = {
	id: 'metrics-group',
	step: 'discovery',
	cost: 1,
	needs: 'system:discovery, which every authenticated user has unless it was removed',
	timeLimit: 8_000,
	when: (evidence) => factsOf(evidence, 'version') !== null,
	ask: (context) =>
		ask(context, '/apis/metrics.k8s.io', ({ body }) => ({
			versions: [...objectsField(parseJson(body), 'versions')].map((version) => textField(version, 'version')),
		})),
};
