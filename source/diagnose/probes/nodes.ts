import { listPages } from '../../kube/list.ts';
import { objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { emptyReply } from '../evidence/answer.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { NodeFacts } from '../evidence/objects.ts';
import type { Probe } from '../probe.ts';
import { failureOf } from './ask.ts';
import { readNodeFacts } from './objects/node.ts';

/** A12: the nodes that should have samples, with their addresses and conditions. */
export const nodesProbe: Probe<'nodes'> = {
	id: 'nodes',
	step: 'data',
	cost: 1,
	needs: 'list nodes, by a ClusterRole',
	timeLimit: 10_000,
	when: (evidence) => factsOf(evidence, 'metrics-group') !== null,
	async ask({ reach, signal }) {
		const path = '/api/v1/nodes';
		const startedAt = performance.now();
		const reply = { ...emptyReply, request: `GET ${path}` };
		const nodes: NodeFacts[] = [];
		try {
			const options = { signal, pageSize: 200, onRestart: () => nodes.splice(0) };
			await listPages(await reach(), path, options, (body) => {
				const answer = parseJson(body);
				for (const item of objectsField(answer, 'items')) {
					nodes.push(readNodeFacts(item));
				}
				const continueToken = textField(objectField(answer, 'metadata'), 'continue');
				return { resourceVersion: '', continueToken, remainingItemCount: Number.NaN };
			});
			return { ...reply, outcome: 'answered', status: 200, took: performance.now() - startedAt, value: nodes };
		} catch (error) {
			return { ...reply, took: performance.now() - startedAt, ...failureOf(error, signal), value: null };
		}
	},
};
