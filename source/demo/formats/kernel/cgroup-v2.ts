/** The files of one cgroup of version 2 (Documentation/admin-guide/cgroup-v2.rst). */
import type { Cgroup } from '../../model/cgroups.ts';
import { memoryCounters, pressureOf, processorCounters, quotaPeriod, threadsOf } from '../../model/counters.ts';
import type { NodeModel } from '../../model/node.ts';
import type { World } from '../../model/world.ts';
import { keyed, pressureText } from './lines.ts';

/** A root has no limits, and nothing is charged to it. */
const notAtRoot = [
	'memory.current',
	'memory.peak',
	'memory.max',
	'memory.high',
	'memory.swap.current',
	'memory.swap.max',
	'memory.events',
	'cpu.max',
	'cpu.weight',
	'pids.current',
];

function weight(millicores: number): number {
	const shares = Math.max(2, Math.floor((millicores * 1024) / 1000));
	return Math.max(1, Math.floor(1 + ((shares - 2) * 9999) / 262_142));
}

/** Those that count the time of processors. */
export function cgroupV2Time(group: Cgroup, at: number): Record<string, string> {
	const { total, user, system, limit } = processorCounters(group, at);
	const ofLimit = {
		nr_periods: limit?.periods ?? 0,
		nr_throttled: limit?.throttled ?? 0,
		throttled_usec: limit?.throttledTime ?? 0,
		nr_bursts: 0,
		burst_usec: 0,
	};
	const time = { usage_usec: total, user_usec: user, system_usec: system };
	return { 'cpu.stat': keyed(group.kind === 'root' ? time : { ...time, ...ofLimit }) };
}

/** @param pids of its own processes */
export function cgroupV2Files(
	world: World,
	node: NodeModel,
	group: Cgroup,
	at: number,
	pids: readonly number[],
): Record<string, string> {
	const memory = memoryCounters(world, node, group, at);
	const { limit } = processorCounters(group, at);
	const slab = memory.slabReclaimable + memory.slabUnreclaimable;
	const pressure = (of: 'cpu' | 'memory' | 'io') => pressureText(pressureOf(world, node, group, of, at));
	const files: Record<string, string> = {
		'cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n',
		'cgroup.procs': pids.map((pid) => `${pid}\n`).join(''),
		'memory.current': `${memory.usage}\n`,
		'memory.stat': keyed({
			anon: memory.anonymous,
			file: memory.file,
			kernel: memory.kernel,
			kernel_stack: memory.kernelStack,
			pagetables: memory.pageTables,
			sec_pagetables: 0,
			percpu: memory.perProcessor,
			sock: memory.sockets,
			vmalloc: 0,
			shmem: memory.shared,
			zswap: 0,
			zswapped: 0,
			file_mapped: memory.mapped,
			file_dirty: 0,
			file_writeback: 0,
			swapcached: 0,
			anon_thp: 0,
			file_thp: 0,
			shmem_thp: 0,
			inactive_anon: memory.inactiveAnonymous,
			active_anon: memory.activeAnonymous,
			inactive_file: memory.inactiveFile,
			active_file: memory.activeFile,
			unevictable: memory.unevictable,
			slab_reclaimable: memory.slabReclaimable,
			slab_unreclaimable: memory.slabUnreclaimable,
			slab,
			pgfault: memory.faults,
			pgmajfault: 0,
		}),
		'memory.swap.current': '0\n',
		'memory.swap.max': group.template ? '0\n' : 'max\n',
		'memory.peak': `${memory.peak}\n`,
		'memory.max': Number.isNaN(memory.limit) ? 'max\n' : `${memory.limit}\n`,
		'memory.high': 'max\n',
		'memory.events': keyed({
			low: 0,
			high: 0,
			max: memory.limitHits,
			oom: memory.kills,
			oom_kill: memory.kills,
			oom_group_kill: memory.kills,
		}),
		'memory.pressure': pressure('memory'),
		...cgroupV2Time(group, at),
		'cpu.max': `${limit?.quota ?? 'max'} ${quotaPeriod}\n`,
		'cpu.weight': `${group.template || group.pod ? weight(group.requested) : 100}\n`,
		'cpu.pressure': pressure('cpu'),
		'io.pressure': pressure('io'),
		'pids.current': `${threadsOf(group, at)}\n`,
	};
	if (group.kind === 'root') for (const name of notAtRoot) delete files[name];
	return files;
}
