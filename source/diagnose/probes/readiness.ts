import { backendOf } from '../backend.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { flagOf, serverOf } from '../evidence/server-container.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A14: the API server dials the pod by itself: this way neither kube-proxy nor the aggregator is in between. */
export const readinessProbe: Probe<'readiness'> = {
	id: 'readiness',
	step: 'scraping',
	cost: 2,
	needs: 'get services/proxy and pods/proxy in the namespace of metrics-server',
	sensitive: true,
	timeLimit: 6_000,
	when: (evidence) => needsLookBehind(evidence) && factsOf(evidence, 'service') !== null,
	async ask(context, evidence) {
		const { namespace, name } = backendOf(evidence) ?? { namespace: '', name: '' };
		const port = factsOf(evidence, 'service')?.ports[0]?.name ?? '';
		const path = `/api/v1/namespaces/${namespace}/services/https:${name}:${port}/proxy/readyz`;
		const check = (at: string) =>
			ask(context, at, () => ({ ready: true, failing: [] as string[] }), { query: { verbose: 'true' }, accept: '*/*' });
		const ofService = await check(path);
		// That way leads to ready pods alone.
		const podPath = /no endpoints available for service/.test(ofService.body) ? pathOfPod(evidence) : null;
		const answer = podPath === null ? ofService : await check(podPath);
		const failing = [...answer.body.matchAll(/^\[-\](\S+)/gm)].map(([, check]) => check ?? '');
		return failing.length > 0 ? { ...answer, value: { ready: false, failing } } : answer;
	},
};

/** A pod that runs, at the port that it serves. */
function pathOfPod(evidence: Evidence): string | null {
	for (const pod of factsOf(evidence, 'workload-pods') ?? []) {
		const server = serverOf(pod);
		if (server?.state === 'running') {
			const port = flagOf(server, '--secure-port') ?? server.ports[0]?.port ?? 443;
			return `/api/v1/namespaces/${pod.namespace}/pods/https:${pod.name}:${port}/proxy/readyz`;
		}
	}
	return null;
}
