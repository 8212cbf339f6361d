import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { answerOf } from '../evidence/evidence.ts';
import { serversAmongPods } from '../evidence/server-pods.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readDeployment } from './objects/deployment.ts';

/** A10: Deployments with metrics-server's image, in its namespace; in all of them where its Service is not there, or pods tell of two. */
export const deploymentsProbe: Probe<'deployments'> = {
	id: 'deployments',
	step: 'workload',
	cost: 1,
	needs: 'list deployments in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	when: (evidence) => needsLookBehind(evidence) || answerOf(evidence, 'metrics-group').status === 404,
	ask(context, evidence) {
		const { namespace } = backendOf(evidence) ?? { namespace: 'kube-system' };
		const lost =
			answerOf(evidence, 'service').status === 404 ||
			answerOf(evidence, 'metrics-group').status === 404 ||
			serversAmongPods(evidence).length > 1;
		const path = `/apis/apps/v1/${lost ? '' : `namespaces/${namespace}/`}deployments`;
		return ask(context, path, ({ body }) =>
			[...objectsField(parseJson(body), 'items')]
				.map(readDeployment)
				.filter(({ images, name }) => [name, ...images].some((text) => /metrics-server|prometheus-adapter/.test(text))),
		);
	},
};
