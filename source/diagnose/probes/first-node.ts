import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readNodeFacts } from './objects/node.ts';

/** One node, where nothing is registered: it shows whose Kubernetes this is, and so how metrics-server is had here. */
export const firstNodeProbe: Probe<'first-node'> = {
	id: 'first-node',
	step: 'discovery',
	cost: 1,
	needs: 'list nodes, by a ClusterRole',
	timeLimit: 5_000,
	after: ['metrics-group'],
	when: (evidence) => answerOf(evidence, 'metrics-group').status === 404,
	async ask(context) {
		const answer = await ask(
			context,
			'/api/v1/nodes',
			({ body }) => [...objectsField(parseJson(body), 'items')].map(readNodeFacts),
			{ query: { limit: '1' } },
		);
		return answer.value === null ? answer : { ...answer, body: '' };
	},
};
