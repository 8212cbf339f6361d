/** B8: panels of Prometheus → kubectl top pod. The working set is the same field; rss is a part of it. */
import { chargedMemory } from '../charged-memory.ts';
import { claimOf } from '../claims.ts';
import { type BridgeMaker, buildBridge } from './bridge.ts';
import { cacheTerms, clampTerm, kernelTerms } from './memory-terms.ts';

export const prometheusKubectl: BridgeMaker = {
	id: 'B8',
	make: (context, claims) => {
		const kubectl = claimOf(claims, 'kubectl-top-pod', 'memory');
		const workingSet = claimOf(claims, 'prometheus-working-set', 'memory');
		const rss = claimOf(claims, 'prometheus-rss', 'memory');
		const memory = chargedMemory(context);
		// The series of a whole pod is that of its cgroup: B5.
		if (kubectl === undefined || (context.kind !== 'container' && context.kind !== 'cgroup')) {
			return [];
		}
		const same = workingSet === undefined ? [] : [{ id: 'B8' as const, from: workingSet, to: kubectl, terms: [] }];
		const part =
			rss === undefined || memory === undefined
				? []
				: [
						{
							id: 'B8' as const,
							from: rss,
							to: kubectl,
							terms: [...cacheTerms(memory, 1), ...kernelTerms(memory, 1), clampTerm(memory, 1)],
							batched: true,
						},
					];
		return [...same, ...part].map((plan) => buildBridge(context, plan));
	},
};
