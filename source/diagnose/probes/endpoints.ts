import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { answerOf } from '../evidence/evidence.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readEndpointSlice } from './objects/endpoints.ts';

/** A8: the addresses behind that Service, ready or not, with the names of their ports. */
export const endpointsProbe: Probe<'endpoints'> = {
	id: 'endpoints',
	step: 'registration',
	cost: 1,
	needs: 'list endpointslices in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	after: ['apiservice', 'service'],
	when: (evidence) =>
		needsLookBehind(evidence) && backendOf(evidence) !== null && answerOf(evidence, 'service').status !== 404,
	ask(context, evidence) {
		const { namespace, name } = backendOf(evidence) ?? { namespace: '', name: '' };
		return ask(
			context,
			`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
			({ body }) => [...objectsField(parseJson(body), 'items')].flatMap(readEndpointSlice),
			{ query: { labelSelector: `kubernetes.io/service-name=${name}` } },
		);
	},
};
