import { parseJson } from '../../sources/json/fields.ts';
import { needsTheLog } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { metricsVersion } from './metrics-version.ts';
import { readApiService } from './objects/api-service.ts';

/** A6: the condition `Available` with its reason, and which Service it names. */
export const apiserviceProbe: Probe<'apiservice'> = {
	id: 'apiservice',
	step: 'registration',
	cost: 1,
	needs: 'get apiservices in apiregistration.k8s.io, by a ClusterRole (view does not have it)',
	timeLimit: 6_000,
	when: needsTheLog,
	ask: (context, evidence) =>
		ask(context, `/apis/apiregistration.k8s.io/v1/apiservices/${metricsVersion(evidence)}.metrics.k8s.io`, ({ body }) =>
			readApiService(parseJson(body)),
		),
};
