/** crictl stats: the runtime's working set in decimal units, CPU in percent of one core (cri-tools cmd/crictl/stats.go). */
import type { Context } from '../context.ts';
import { decimalSize, fixed } from '../number-format.ts';
import { cpuRate } from '../rate.ts';
import { currentWorkingSet, decidedByCgroup, workingSetFormula } from '../working-set.ts';
import { type ClaimMaker, state } from './claim.ts';

/** A runtime behind the CRI: containerd, CRI-O, cri-dockerd. */
function runs(context: Context): boolean {
	return context.versions.runtime !== '' && context.versions.kubelet !== '';
}

export const crictlStats: ClaimMaker = {
	tool: 'crictl-stats',
	kinds: ['container'],
	memory: (context) =>
		state(currentWorkingSet(context), decimalSize, {
			formula: workingSetFormula(context),
			live: runs(context),
			decidedBy: context.versions.runtime || decidedByCgroup(context),
		}),
	cpu: (context) => {
		const rate = cpuRate(context, 'cgroup-v2', 'cgroup-v1', 'cadvisor', 'kubelet-cadvisor', 'kubelet-summary');
		return state({ ...rate, needs: rate.needs || 'cgroup' }, (nanocores) => fixed(nanocores / 1e7, 2), {
			formula: '100 · Δ cpu time / Δ t',
			live: runs(context),
			decidedBy: context.versions.runtime,
		});
	},
};
