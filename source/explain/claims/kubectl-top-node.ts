/**
 * kubectl top node: the working set of the root cgroup and its CPU, with the percentage of what is allocatable
 * (kubectl pkg/metricsutil/metrics_printer.go).
 */
import { kubectlBytesPercent, kubectlCpuPercent, kubectlMebibytes, kubectlMillicores } from '../../model/quantity.ts';
import { type Context, cgroupVersion } from '../context.ts';
import { nodeWorkingSet, rootCountsKernel, rootIsContainer } from '../working-set.ts';
import { type ClaimMaker, machines, state } from './claim.ts';
import { publishedCpu } from './kubectl-top-pod.ts';

function decided(context: Context): string {
	const version = cgroupVersion(context);
	if (version !== 'v2') {
		return version === '' ? '' : 'cgroup v1';
	}
	if (rootIsContainer(context)) {
		return 'cgroup v2, a node inside a container';
	}
	return context.versions.kubelet === ''
		? 'cgroup v2, kubelet ≥ 1.29'
		: `cgroup v2, kubelet ${context.versions.kubelet}`;
}

function formula(context: Context): string {
	if (rootCountsKernel(context)) {
		return 'MemTotal − MemFree − root inactive_file';
	}
	return rootIsContainer(context) ? 'memory.current − inactive_file' : 'root anon + file − inactive_file';
}

export const kubectlTopNode: ClaimMaker = {
	tool: 'kubectl-top-node',
	kinds: machines,
	memory: (context) => {
		const allocatable = context.readings.value('memoryAllocatable');
		const percent = Number.isNaN(allocatable) ? '' : ' of allocatable';
		return state(
			nodeWorkingSet(context),
			(bytes) =>
				percent === ''
					? kubectlMebibytes(bytes)
					: `${kubectlMebibytes(bytes)} ${kubectlBytesPercent(bytes, allocatable)}%`,
			{ formula: `⌊(${formula(context)}) / 2²⁰⌋${percent && ', ⌊%⌋'}${percent}`, decidedBy: decided(context) },
		);
	},
	cpu: (context) => {
		const allocatable = context.readings.value('cpuAllocatable');
		return state(
			publishedCpu(context),
			(nanocores) =>
				Number.isNaN(allocatable)
					? kubectlMillicores(nanocores)
					: `${kubectlMillicores(nanocores)} ${kubectlCpuPercent(nanocores, allocatable)}%`,
			{ formula: '⌈Δ root cpu time / Δ sample time · 1000⌉, ⌊%⌋ of allocatable' },
		);
	},
};
