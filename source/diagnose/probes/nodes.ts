import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { askPages } from './ask-pages.ts';
import { readNodeFacts } from './objects/node.ts';

/** A12: the nodes that should have samples, with their addresses and conditions. */
export const nodesProbe: Probe<'nodes'> = {
	id: 'nodes',
	step: 'data',
	cost: 1,
	needs: 'list nodes, by a ClusterRole',
	timeLimit: 10_000,
	when: (evidence) => factsOf(evidence, 'metrics-group') !== null,
	ask: (context) => askPages(context, '/api/v1/nodes', readNodeFacts),
};
