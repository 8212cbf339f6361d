/**
 * What cAdvisor exports and panels of Prometheus show: usage, working set and rss in bytes, CPU in cores
 * (cadvisor lib/container/libcontainer/handler.go setMemoryStats; kubernetes-mixin rules/apps.libsonnet).
 */
import type { SourceId } from '../../model/reading.ts';
import { chargedMemory } from '../charged-memory.ts';
import { type Context, cgroupVersion, isMachine } from '../context.ts';
import { fixed } from '../number-format.ts';
import { cpuRate } from '../rate.ts';
import { plus, signedSum } from '../signed-sum.ts';
import {
	currentNodeWorkingSet,
	currentWorkingSet,
	decidedByCgroup,
	rootCountsKernel,
	rootIsContainer,
	rootUsage,
	workingSetFormula,
} from '../working-set.ts';
import { type ClaimMaker, groups, type Measured, state, whole } from './claim.ts';

/** Where cAdvisor's own numbers come from; of its series first, then of what the kubelet makes of them. */
const exporters: readonly SourceId[] = ['cadvisor', 'kubelet-cadvisor', 'kubelet-resource', 'kubelet-summary'];

function exported(context: Context, quantity: 'usage' | 'workingSet' | 'anon'): Measured | undefined {
	const reading = context.readings.find(quantity, ...exporters);
	return reading === undefined ? undefined : { value: reading.value, from: [reading], needs: '' };
}

function charge(context: Context): Measured {
	if (isMachine(context)) {
		const usage = rootUsage(context);
		return { value: usage.value, from: usage.from, needs: 'cgroup' };
	}
	const usage = signedSum([plus(chargedMemory(context)?.get('usage'))]);
	return { value: usage.value, from: usage.from, needs: 'cgroup' };
}

function usageFormula(context: Context): string {
	const version = cgroupVersion(context);
	if (isMachine(context) && version !== '' && !rootIsContainer(context)) {
		return version === 'v1' || !rootCountsKernel(context) ? 'root anon + file' : 'MemTotal − MemFree';
	}
	return version === 'v1' ? 'memory.usage_in_bytes' : version === 'v2' ? 'memory.current' : 'usage';
}

export const cadvisorUsage: ClaimMaker = {
	tool: 'cadvisor-usage',
	kinds: groups,
	memory: (context) =>
		state(exported(context, 'usage') ?? charge(context), whole, {
			formula: `container_memory_usage_bytes = ${usageFormula(context)}`,
			decidedBy: decidedByCgroup(context),
		}),
};

export const prometheusWorkingSet: ClaimMaker = {
	tool: 'prometheus-working-set',
	kinds: groups,
	memory: (context) => {
		const current = isMachine(context) ? currentNodeWorkingSet : currentWorkingSet;
		const formula = isMachine(context) ? `${usageFormula(context)} − inactive_file` : workingSetFormula(context);
		return state(exported(context, 'workingSet') ?? current(context), whole, {
			formula: `container_memory_working_set_bytes = ${formula}`,
			decidedBy: decidedByCgroup(context),
		});
	},
};

export const prometheusRss: ClaimMaker = {
	tool: 'prometheus-rss',
	kinds: groups,
	memory: (context) => {
		const anon = signedSum([plus(chargedMemory(context)?.get('anon'))]);
		return state(exported(context, 'anon') ?? { ...anon, needs: 'cgroup' }, whole, {
			formula: `container_memory_rss = ${cgroupVersion(context) === 'v1' ? 'total_rss' : 'anon'}`,
			decidedBy: decidedByCgroup(context),
		});
	},
};

export const prometheusCpu: ClaimMaker = {
	tool: 'prometheus-cpu',
	kinds: groups,
	cpu: (context) => {
		const rate = cpuRate(context, ...exporters, 'cgroup-v2', 'cgroup-v1');
		return state({ ...rate, needs: rate.needs || 'kubelet' }, (nanocores) => fixed(nanocores / 1e9, 3), {
			formula: 'irate(container_cpu_usage_seconds_total)',
		});
	},
};

/** The working set of the pod's own cgroup: eviction and `pod_memory_working_set_bytes`. */
export const podCgroup: ClaimMaker = {
	tool: 'pod-cgroup',
	kinds: ['pod'],
	memory: (context) =>
		state(exported(context, 'workingSet') ?? currentWorkingSet(context), whole, {
			formula: `pod_memory_working_set_bytes = pod: ${workingSetFormula(context)}`,
			decidedBy: decidedByCgroup(context),
		}),
};
