import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readService } from './objects/service.ts';

/** Where nothing is registered: Heapster's Service, asked for before that is called the cause. */
export const heapsterProbe: Probe<'heapster'> = {
	id: 'heapster',
	step: 'discovery',
	cost: 1,
	needs: 'list services in all namespaces',
	timeLimit: 5_000,
	after: ['metrics-group'],
	when: (evidence) => answerOf(evidence, 'metrics-group').status === 404,
	ask: (context) =>
		ask(context, '/api/v1/services', ({ body }) => [...objectsField(parseJson(body), 'items')].map(readService), {
			query: { fieldSelector: 'metadata.name=heapster' },
		}),
};
