import { parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { needsTheLog } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readService } from './objects/service.ts';

/** A7: the Service that the APIService names; where that cannot be read, the usual one. */
export const serviceProbe: Probe<'service'> = {
	id: 'service',
	step: 'registration',
	cost: 1,
	needs: 'get services in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	after: ['apiservice'],
	when: (evidence) => needsTheLog(evidence) && backendOf(evidence) !== null,
	ask(context, evidence) {
		const { namespace, name } = backendOf(evidence) ?? { namespace: '', name: '' };
		return ask(context, `/api/v1/namespaces/${namespace}/services/${name}`, ({ body }) => readService(parseJson(body)));
	},
};
