import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readEvent } from './objects/event.ts';

/** A10: what the scheduler, the kubelet and the controllers said of metrics-server in the last hour. */
export const eventsProbe: Probe<'events'> = {
	id: 'events',
	step: 'workload',
	cost: 1,
	needs: 'list events in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	when: (evidence) => needsLookBehind(evidence) && backendOf(evidence) !== null,
	ask(context, evidence) {
		const { namespace } = backendOf(evidence) ?? { namespace: 'kube-system' };
		return ask(
			context,
			`/api/v1/namespaces/${namespace}/events`,
			({ body }) =>
				[...objectsField(parseJson(body), 'items')].map(readEvent).filter(({ about }) => /metrics-server/.test(about)),
			{ query: { limit: '500' } },
		);
	},
};
