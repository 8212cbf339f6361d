/**
 * What the kubelet's own cAdvisor keeps of a cgroup: the kernel's counters at its last reading, and what it makes of them
 * (lib/container/libcontainer/handler.go at 0.53 and 0.56, which are in kubelets 1.35 and 1.36).
 */
import { type Cgroup, readingsOf } from './cgroups.ts';
import {
	type MemoryCounters,
	memoryCounters,
	type Pressure,
	type PressureOf,
	type ProcessorCounters,
	pressureOf,
	processorCounters,
} from './counters.ts';
import type { NodeModel } from './node.ts';
import type { World } from './world.ts';

export interface CadvisorSample {
	group: Cgroup;
	/** ms since 1970. */
	at: number;
	memory: MemoryCounters;
	workingSet: number;
	/** Bytes; 0 on cgroup v2, where nobody fills it in. */
	kernel: number;
	/** The same. */
	failures: number;
	processor: ProcessorCounters;
	/** Nanocores between this reading and the one before it; NaN if there is none. */
	rate: number;
	pressure: Readonly<Record<PressureOf, Pressure>>;
}

/** The newest reading of a cgroup; undefined if it is too young to have one. */
export function cadvisorSample(world: World, node: NodeModel, group: Cgroup, time: number): CadvisorSample | undefined {
	const [newest, before] = readingsOf(node, group, time);
	if (!newest) return undefined;
	const { at } = newest;
	const memory = memoryCounters(world, node, group, at);
	const v1 = node.cgroupVersion === 1;
	return {
		group,
		at,
		memory: group.kind === 'root' && !v1 ? { ...memory, peak: 0 } : memory,
		workingSet: Math.max(0, memory.usage - memory.inactiveFile),
		kernel: v1 ? memory.kernel : 0,
		failures: v1 ? memory.limitHits : 0,
		processor: processorCounters(group, at),
		rate: before ? Math.floor(((newest.processor - before.processor) * 1e6) / (newest.at - before.at)) : Number.NaN,
		pressure: {
			cpu: pressureOf(world, node, group, 'cpu', at),
			memory: pressureOf(world, node, group, 'memory', at),
			io: pressureOf(world, node, group, 'io', at),
		},
	};
}

/**
 * Whether the kubelet has cAdvisor watch a cgroup: the root, those of its pods, and the groups that its configuration
 * names. Others are in the root's numbers alone.
 */
export function isWatched(node: NodeModel, group: Cgroup): boolean {
	switch (group.kind) {
		case 'root':
		case 'kubepods':
		case 'qos':
		case 'pod':
		case 'pause':
		case 'container':
			return true;
		default:
			// On the old machine the kubelet knows its own group and nobody told it the others.
			if (node.cgroupVersion === 1) return group.role === 'kubelet';
			return /^\/(system\.slice|runtime\.slice\/)/.test(group.path);
	}
}
