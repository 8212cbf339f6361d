import { emptyReply } from '../evidence/answer.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { KubeletFacts } from '../evidence/scraping.ts';
import { releaseOf, serverOf } from '../evidence/server-container.ts';
import { nodesToAsk } from '../kubelets-to-ask.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { nothingOf, readResource, readSummary } from './objects/kubelet-report.ts';

/** ms for one kubelet: longer than metrics-server may wait, by half of what it does. */
const patience = 5_500;

/** Releases before 0.6 ask for something else. */
function asksForSummary(evidence: Evidence): boolean {
	const [pod] = factsOf(evidence, 'workload-pods') ?? [];
	const server = pod === undefined ? undefined : serverOf(pod);
	return server !== undefined && releaseOf(server) < 6;
}

/** A13: what metrics-server would get, by the API server's own way to the kubelet. A few nodes only, one after another. */
export const kubeletsProbe: Probe<'kubelets'> = {
	id: 'kubelets',
	step: 'kubelets',
	cost: 3,
	needs: 'get nodes/proxy',
	sensitive: true,
	timeLimit: 8_000,
	when: (evidence) => nodesToAsk(evidence).length > 0,
	async ask(context, evidence) {
		const startedAt = performance.now();
		const facts: KubeletFacts[] = [];
		const old = asksForSummary(evidence);
		for (const node of nodesToAsk(evidence)) {
			const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/${old ? 'stats/summary' : 'metrics/resource'}`;
			// One that hangs leaves time for another.
			const signal = AbortSignal.any([context.signal, AbortSignal.timeout(patience)]);
			const read = old ? readSummary : readResource;
			const answer = await ask({ ...context, signal }, path, ({ body }) => read(node, body.toString('utf8')), {
				accept: '*/*',
				...(old ? { query: { only_cpu_and_memory: 'true' } } : {}),
			});
			if (answer.outcome === 'forbidden') {
				return { ...answer, value: null };
			}
			const { request, status, took } = answer;
			// The kubelet's own words before ours.
			const words = answer.body.split('\n')[0] || answer.error;
			facts.push({ ...(answer.value ?? nothingOf(node)), request, status, took, words: words.slice(0, 300) });
		}
		const request = facts[0]?.request ?? '';
		return { ...emptyReply, request, outcome: 'answered', took: performance.now() - startedAt, value: facts };
	},
};
