/**
 * kubectl top pod: the working set in whole mebibytes, rounded down, and CPU in millicores, rounded up, of the sum of a
 * pod's containers (kubectl pkg/metricsutil/metrics_printer.go, k8s.io/apimachinery resource.Quantity MilliValue).
 */
import { kubectlMebibytes, kubectlMillicores } from '../../model/quantity.ts';
import { type Context, kubeletSources, memorySources } from '../context.ts';
import { cpuRate } from '../rate.ts';
import { decidedByCgroup, publishedWorkingSet, workingSetFormula } from '../working-set.ts';
import { type ClaimMaker, type Measured, machines, state, total, workloads } from './claim.ts';

/**
 * A node's pods as kubectl has them, each the sum of its containers. A kubelet's number of a pod is that of the pod's own
 * cgroup, so without the metrics API the containers are summed.
 */
function sumOfPods(context: Context, quantity: 'workingSet' | 'cpuRate'): Measured {
	const pods = context.readings.parts('pod/', quantity, 'metrics-api');
	const from = pods.length > 0 ? pods : context.readings.parts('container/', quantity, ...kubeletSources);
	return { value: total(from), from, needs: 'pods' };
}

/** Nanocores, as metrics-server publishes them: whole ones. */
export function publishedCpu(context: Context): Measured {
	const ready = cpuRate(context, 'metrics-api');
	if (!Number.isNaN(ready.value)) {
		return ready;
	}
	const parts = context.readings.parts('container/', 'cpuRate', 'metrics-api', ...kubeletSources);
	if (context.kind === 'pod' && parts.length > 0) {
		return { value: total(parts), from: parts, needs: '' };
	}
	const rate = cpuRate(context, ...kubeletSources, ...memorySources);
	return { value: Math.trunc(rate.value), from: rate.from, needs: rate.needs || 'metrics-api' };
}

export const kubectlTopPod: ClaimMaker = {
	tool: 'kubectl-top-pod',
	kinds: [...workloads, ...machines],
	memory: (context) => {
		if (context.kind === 'node' || context.kind === 'host') {
			const pods = sumOfPods(context, 'workingSet');
			return pods.from.length === 0
				? undefined
				: state(pods, kubectlMebibytes, { formula: 'Σ pods: ⌊Σ containers (usage − inactive file) / Mi⌋' });
		}
		const formula = workingSetFormula(context);
		return state(publishedWorkingSet(context), kubectlMebibytes, {
			formula: `⌊${context.kind === 'pod' ? 'Σ containers ' : ''}(${formula}) / 2²⁰⌋`,
			decidedBy: decidedByCgroup(context),
		});
	},
	cpu: (context) => {
		if (context.kind === 'node' || context.kind === 'host') {
			const pods = sumOfPods(context, 'cpuRate');
			return pods.from.length === 0
				? undefined
				: state(pods, kubectlMillicores, { formula: 'Σ pods: ⌈Δ cpu time / Δ sample time · 1000⌉' });
		}
		return state(publishedCpu(context), kubectlMillicores, { formula: '⌈Δ cpu time / Δ sample time · 1000⌉' });
	},
};
