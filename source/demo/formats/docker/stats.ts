/** One frame of `GET /containers/ID/stats` (moby: daemon/stats_unix.go, api/types/container/stats.go). */
import { type Cgroup, chargedTo } from '../../model/cgroups.ts';
import { memoryCounters, processorCounters, threadsOf } from '../../model/counters.ts';
import { machineTicks } from '../../model/machine.ts';
import { pageSize } from '../../model/memory.ts';
import { memoryTotal, type NodeModel } from '../../model/node.ts';
import type { World } from '../../model/world.ts';
import type { JsonObject } from '../json.ts';

const goZeroTime = '0001-01-01T00:00:00Z';

function time(at: number): string {
	return new Date(at).toISOString().replace(/\.?0*Z$/, 'Z');
}

/** What a container of an engine is measured with. */
export interface Measured {
	world: World;
	node: NodeModel;
	/** Of the whole machine: its processors' time is part of a frame. */
	root: Cgroup;
	group: Cgroup;
	name: string;
}

function processor({ node, root, group }: Measured, at: number): JsonObject {
	const { total, user, system, limit } = processorCounters(group, at);
	const ticks = machineTicks(node, root, at);
	const passed = Object.values(ticks).reduce((sum, each) => sum + each, 0);
	const v1 = node.cgroupVersion === 1;
	// v1 has these two in ticks of 10 ms, and tells the processors apart.
	const rounded = (microseconds: number): number =>
		v1 ? Math.floor(microseconds / 10_000) * 10_000_000 : microseconds * 1000;
	const share = Math.floor((total * 1000) / node.cores);
	const each = Array.from({ length: node.cores }, (_, cpu) =>
		cpu > 0 ? share : total * 1000 - (node.cores - 1) * share,
	);
	return {
		cpu_usage: {
			total_usage: total * 1000,
			...(v1 ? { percpu_usage: each } : {}),
			usage_in_kernelmode: rounded(system),
			usage_in_usermode: rounded(user),
		},
		system_cpu_usage: passed * 10_000_000,
		online_cpus: node.cores,
		throttling_data: {
			periods: limit?.periods ?? 0,
			throttled_periods: limit?.throttled ?? 0,
			throttled_time: (limit?.throttledTime ?? 0) * 1000,
		},
	};
}

const noProcessor: JsonObject = {
	cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
	throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

/** The largest number of whole pages. */
const unlimited = 2 ** 63 - pageSize;

function ofV1(group: Cgroup, at: number, limit: number, faults: number): JsonObject {
	const pages = chargedTo(group, at);
	const bytes = (count: number): number => count * pageSize;
	const own = {
		active_anon: bytes(pages.activeAnonymous),
		active_file: bytes(pages.activeFile),
		cache: bytes(pages.shared + pages.activeFile + pages.inactiveFile),
		dirty: 0,
		inactive_anon: bytes(pages.inactiveAnonymous),
		inactive_file: bytes(pages.inactiveFile),
		mapped_file: bytes(pages.mappedFile + pages.mappedShared),
		pgfault: faults,
		pgmajfault: 0,
		pgpgin: faults,
		pgpgout: 0,
		rss: bytes(pages.mappedAnonymous),
		rss_huge: 0,
		unevictable: bytes(pages.unevictable),
		writeback: 0,
	};
	const total = Object.fromEntries(Object.entries(own).map(([name, value]) => [`total_${name}`, value]));
	const set = Number.isNaN(limit) ? unlimited : limit;
	const all = { ...own, hierarchical_memory_limit: set, hierarchical_memsw_limit: set, ...total };
	return Object.fromEntries(Object.entries(all).sort(([first], [second]) => (first < second ? -1 : 1)));
}

function memory({ world, node, group }: Measured, at: number): JsonObject {
	const counters = memoryCounters(world, node, group, at);
	const limit = Number.isNaN(counters.limit) ? memoryTotal(node) * 1024 : counters.limit;
	if (node.cgroupVersion === 1) {
		return {
			usage: counters.usage,
			max_usage: counters.peak,
			stats: ofV1(group, at, counters.limit, counters.faults),
			...(counters.limitHits > 0 ? { failcnt: counters.limitHits } : {}),
			limit,
		};
	}
	return {
		usage: counters.usage,
		stats: {
			active_anon: counters.activeAnonymous,
			active_file: counters.activeFile,
			anon: counters.anonymous,
			anon_thp: 0,
			file: counters.file,
			file_dirty: 0,
			file_mapped: counters.mapped,
			file_writeback: 0,
			inactive_anon: counters.inactiveAnonymous,
			inactive_file: counters.inactiveFile,
			kernel_stack: counters.kernelStack,
			pgactivate: 0,
			pgdeactivate: 0,
			pgfault: counters.faults,
			pglazyfree: 0,
			pglazyfreed: 0,
			pgmajfault: 0,
			pgrefill: 0,
			pgscan: 0,
			pgsteal: 0,
			shmem: counters.shared,
			slab: counters.slabReclaimable + counters.slabUnreclaimable,
			slab_reclaimable: counters.slabReclaimable,
			slab_unreclaimable: counters.slabUnreclaimable,
			sock: counters.sockets,
			thp_collapse_alloc: 0,
			thp_fault_alloc: 0,
			unevictable: counters.unevictable,
			workingset_activate: 0,
			workingset_nodereclaim: 0,
			workingset_refault: 0,
		},
		limit,
	};
}

/** @param before when the sample before this one was taken, ms since 1970; NaN for the first */
export function statsFrame(measured: Measured, at: number, before: number): JsonObject {
	const { group, name } = measured;
	return {
		read: time(at),
		preread: Number.isNaN(before) ? goZeroTime : time(before),
		pids_stats: { current: threadsOf(group, at) },
		blkio_stats: {
			io_service_bytes_recursive: null,
			io_serviced_recursive: null,
			io_queue_recursive: null,
			io_service_time_recursive: null,
			io_wait_time_recursive: null,
			io_merged_recursive: null,
			io_time_recursive: null,
			sectors_recursive: null,
		},
		num_procs: 0,
		storage_stats: {},
		cpu_stats: processor(measured, at),
		precpu_stats: Number.isNaN(before) ? noProcessor : processor(measured, before),
		memory_stats: memory(measured, at),
		name: `/${name}`,
		id: group.id,
	};
}
