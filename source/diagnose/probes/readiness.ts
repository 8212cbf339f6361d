import { backendOf } from '../backend.ts';
import { factsOf } from '../evidence/evidence.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A14: the API server dials the pod by itself: this way neither kube-proxy nor the aggregator is in between. */
export const readinessProbe: Probe<'readiness'> = {
	id: 'readiness',
	step: 'scraping',
	cost: 1,
	needs: 'get services/proxy in the namespace of metrics-server',
	sensitive: true,
	timeLimit: 6_000,
	when: (evidence) => needsLookBehind(evidence) && factsOf(evidence, 'service') !== null,
	async ask(context, evidence) {
		const { namespace, name } = backendOf(evidence) ?? { namespace: '', name: '' };
		const port = factsOf(evidence, 'service')?.ports[0]?.name ?? '';
		const path = `/api/v1/namespaces/${namespace}/services/https:${name}:${port}/proxy/readyz`;
		const answer = await ask(context, path, () => ({ ready: true, failing: [] as string[] }), {
			query: { verbose: 'true' },
			accept: '*/*',
		});
		const failing = [...answer.body.matchAll(/^\[-\](\S+)/gm)].map(([, check]) => check ?? '');
		return failing.length > 0 ? { ...answer, value: { ready: false, failing } } : answer;
	},
};
