import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readService } from './objects/service.ts';

/** A7: a metrics-server elsewhere than the APIService says. */
export const servicesProbe: Probe<'services'> = {
	id: 'services',
	step: 'registration',
	cost: 1,
	needs: 'list services in all namespaces',
	timeLimit: 6_000,
	when: needsLookBehind,
	ask: (context) =>
		ask(context, '/api/v1/services', ({ body }) =>
			[...objectsField(parseJson(body), 'items')]
				.map(readService)
				.filter(({ name }) => /metrics-server|prometheus-adapter/.test(name)),
		),
};
