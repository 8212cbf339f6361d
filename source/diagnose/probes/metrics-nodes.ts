import { acceptList } from '../../sources/accept.ts';
import { decodeNodeMetricsList } from '../../sources/node-metrics.ts';
import type { Sample } from '../evidence/api.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { metricsVersion } from './metrics-version.ts';

/** A4: what kubectl top node gets. */
export const metricsNodesProbe: Probe<'metrics-nodes'> = {
	id: 'metrics-nodes',
	step: 'data',
	cost: 1,
	needs: 'list nodes in metrics.k8s.io, by a ClusterRole',
	timeLimit: 8_000,
	when: (evidence) => factsOf(evidence, 'metrics-version') !== null,
	ask: (context, evidence) =>
		ask(
			context,
			`/apis/metrics.k8s.io/${metricsVersion(evidence)}/nodes`,
			({ body, contentType }) => {
				const samples = new Map<string, Sample>();
				decodeNodeMetricsList(body, contentType, ({ cpu, name, timestamp, window }) => {
					samples.set(name, { name, timestamp, window, cpu, containers: [] });
				});
				return { namespace: null, samples };
			},
			{ accept: acceptList },
		),
};
