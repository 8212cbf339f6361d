/** The files of one cgroup of version 1, by controller (Documentation/admin-guide/cgroup-v1/). */
import { type Cgroup, chargedTo } from '../../model/cgroups.ts';
import { memoryCounters, processorCounters, quotaPeriod, threadsOf } from '../../model/counters.ts';
import { pageSize } from '../../model/memory.ts';
import type { NodeModel } from '../../model/node.ts';
import type { World } from '../../model/world.ts';
import { keyed } from './lines.ts';

/** The largest number of whole pages: no limit. */
const unlimited = '9223372036854771712';

export type Controller = 'memory' | 'cpu,cpuacct' | 'pids' | 'systemd';

/** What memory.stat tells of one cgroup alone, and again of all below it. */
function statistics(pages: ReturnType<typeof chargedTo>, faults: number): Record<string, number> {
	const bytes = (count: number): number => count * pageSize;
	return {
		cache: bytes(pages.shared + pages.activeFile + pages.inactiveFile),
		rss: bytes(pages.mappedAnonymous),
		rss_huge: 0,
		shmem: bytes(pages.shared),
		mapped_file: bytes(pages.mappedFile + pages.mappedShared),
		dirty: 0,
		writeback: 0,
		pgpgin: faults + pages.inactiveFile,
		pgpgout: faults,
		pgfault: faults,
		pgmajfault: 0,
		inactive_anon: bytes(pages.inactiveAnonymous),
		active_anon: bytes(pages.activeAnonymous),
		inactive_file: bytes(pages.inactiveFile),
		active_file: bytes(pages.activeFile),
		unevictable: bytes(pages.unevictable),
	};
}

function memoryFiles(world: World, node: NodeModel, group: Cgroup, at: number): Record<string, string> {
	const memory = memoryCounters(world, node, group, at);
	const limit = Number.isNaN(memory.limit) ? unlimited : String(memory.limit);
	const total = statistics(chargedTo(group, at), memory.faults);
	return {
		'memory.usage_in_bytes': `${memory.usage}\n`,
		'memory.max_usage_in_bytes': `${memory.peak}\n`,
		'memory.limit_in_bytes': `${limit}\n`,
		'memory.memsw.usage_in_bytes': `${memory.usage}\n`,
		'memory.memsw.limit_in_bytes': `${limit}\n`,
		'memory.kmem.usage_in_bytes': `${memory.kernel}\n`,
		'memory.kmem.tcp.usage_in_bytes': `${memory.sockets}\n`,
		'memory.failcnt': `${memory.limitHits}\n`,
		'memory.use_hierarchy': '1\n',
		'memory.oom_control': keyed({ oom_kill_disable: 0, under_oom: 0, oom_kill: memory.kills }),
		'memory.stat':
			keyed(statistics(group.pages(at), memory.faults)) +
			`hierarchical_memory_limit ${limit}\nhierarchical_memsw_limit ${limit}\n` +
			keyed(Object.fromEntries(Object.entries(total).map(([name, value]) => [`total_${name}`, value]))),
	};
}

/** Those of `cpu,cpuacct` that count. */
export function cgroupV1Time(group: Cgroup, at: number): Record<string, string> {
	const { total, user, system, limit } = processorCounters(group, at);
	const ofLimit = {
		nr_periods: limit?.periods ?? 0,
		nr_throttled: limit?.throttled ?? 0,
		throttled_time: (limit?.throttledTime ?? 0) * 1000,
	};
	return {
		'cpuacct.usage': `${total * 1000}\n`,
		'cpuacct.stat': keyed({ user: Math.floor(user / 10_000), system: Math.floor(system / 10_000) }),
		...(group.kind === 'root' ? {} : { 'cpu.stat': keyed(ofLimit) }),
	};
}

function processorSettings(group: Cgroup, at: number): Record<string, string> {
	if (group.kind === 'root') return { 'cpu.shares': '1024\n' };
	return {
		'cpu.shares': `${Math.max(2, Math.floor((group.requested * 1024) / 1000))}\n`,
		'cpu.cfs_quota_us': `${processorCounters(group, at).limit?.quota ?? -1}\n`,
		'cpu.cfs_period_us': `${quotaPeriod}\n`,
	};
}

/** @param pids of its own processes */
export function cgroupV1Files(
	world: World,
	node: NodeModel,
	group: Cgroup,
	at: number,
	pids: readonly number[],
): Record<Controller, Record<string, string>> {
	const members = { 'cgroup.procs': pids.map((pid) => `${pid}\n`).join('') };
	return {
		memory: { ...members, ...memoryFiles(world, node, group, at) },
		'cpu,cpuacct': { ...members, ...cgroupV1Time(group, at), ...processorSettings(group, at) },
		pids: { ...members, 'pids.current': `${threadsOf(group, at)}\n` },
		systemd: members,
	};
}
