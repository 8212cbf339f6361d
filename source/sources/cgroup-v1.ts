/**
 * The files of one cgroup of version 1 (Documentation/admin-guide/cgroup-v1/memory.rst; cpuacct.rst;
 * Documentation/scheduler/sched-bwc.rst). Amounts are those of the cgroup with all below it (`total_…`).
 */
import type { MemoryQuantity, Reading } from '../model/reading.ts';
import { firstLine, keyed, single } from './kernel-text.ts';
import { MomentReadings } from './moment-readings.ts';

/** What is read, by controller; of the memory controller in the order of nearness: the first ones are compared. */
export const cgroupV1Files = {
	memory: [
		'memory.usage_in_bytes',
		'memory.stat',
		'memory.kmem.usage_in_bytes',
		'memory.kmem.tcp.usage_in_bytes',
		'memory.memsw.usage_in_bytes',
		'memory.max_usage_in_bytes',
		'memory.limit_in_bytes',
		'memory.failcnt',
		'memory.oom_control',
	],
	cpuacct: ['cpuacct.usage'],
	cpu: ['cpu.stat', 'cpu.cfs_quota_us', 'cpu.cfs_period_us'],
} as const;

export type CgroupV1File = (typeof cgroupV1Files)[keyof typeof cgroupV1Files][number];

const singles: readonly (readonly [MemoryQuantity, CgroupV1File])[] = [
	['usage', 'memory.usage_in_bytes'],
	['kernel', 'memory.kmem.usage_in_bytes'],
	['socket', 'memory.kmem.tcp.usage_in_bytes'],
	['peak', 'memory.max_usage_in_bytes'],
];

const statistics: readonly (readonly [MemoryQuantity, string])[] = [
	['anon', 'total_rss'],
	['file', 'total_cache'],
	['shmem', 'total_shmem'],
	['inactiveAnon', 'total_inactive_anon'],
	['activeAnon', 'total_active_anon'],
	['inactiveFile', 'total_inactive_file'],
	['activeFile', 'total_active_file'],
	['unevictable', 'total_unevictable'],
	['mappedFile', 'total_mapped_file'],
	['localCache', 'cache'],
];

/**
 * @param files texts as the kernel wrote them, with their line ends; what is missing gives no reading
 * @param at when they were read, ms since 1970
 * @returns a limit that is not set as a reading of NaN; all else only if it is there
 */
export function cgroupV1Readings(files: Partial<Record<CgroupV1File, string>>, at: number): Reading[] {
	const readings = new MomentReadings('cgroup-v1', at);
	const memory = keyed(files['memory.stat']);
	for (const [quantity, file] of singles) {
		readings.add(quantity, single(files[file]), file);
	}
	for (const [quantity, key] of statistics) {
		readings.add(quantity, memory.get(key) ?? Number.NaN, `memory.stat ${key}`);
	}
	addSwap(readings, files, memory);
	addMemoryLimit(readings, files['memory.limit_in_bytes']);
	readings.add('limitHits', single(files['memory.failcnt']), 'memory.failcnt');
	const oom = keyed(files['memory.oom_control']);
	readings.add('oomKills', oom.get('oom_kill') ?? Number.NaN, 'memory.oom_control oom_kill');

	readings.add('cpuTime', single(files['cpuacct.usage']), 'cpuacct.usage');
	const cpu = keyed(files['cpu.stat']);
	readings.add('cpuPeriods', cpu.get('nr_periods') ?? Number.NaN, 'cpu.stat nr_periods');
	readings.add('throttledPeriods', cpu.get('nr_throttled') ?? Number.NaN, 'cpu.stat nr_throttled');
	readings.add('throttledTime', cpu.get('throttled_time') ?? Number.NaN, 'cpu.stat throttled_time');
	addCpuLimit(readings, files);
	return readings.all;
}

/** The kernel's own count, else what memory and swap have together less memory: two files, two moments. */
function addSwap(
	readings: MomentReadings,
	files: Partial<Record<CgroupV1File, string>>,
	memory: ReadonlyMap<string, number>,
): void {
	const counted = memory.get('total_swap');
	if (counted !== undefined) {
		readings.add('swap', counted, 'memory.stat total_swap');
		return;
	}
	const both = single(files['memory.memsw.usage_in_bytes']);
	const swap = both - single(files['memory.usage_in_bytes']);
	readings.add('swap', Math.max(0, swap), 'memory.memsw.usage_in_bytes − memory.usage_in_bytes');
}

/** No limit is the largest number of whole pages: 9223372036854771712 with pages of 4 KiB. */
function addMemoryLimit(readings: MomentReadings, text: string | undefined): void {
	const line = firstLine(text);
	if (line !== undefined && /^\d+$/.test(line)) {
		readings.addLimit('memoryLimit', single(text), 'memory.limit_in_bytes');
	}
}

function addCpuLimit(readings: MomentReadings, files: Partial<Record<CgroupV1File, string>>): void {
	const line = firstLine(files['cpu.cfs_quota_us']);
	const period = single(files['cpu.cfs_period_us']);
	const field = 'cpu.cfs_quota_us / cpu.cfs_period_us';
	if (line === '-1') {
		readings.addLimit('cpuLimit', Number.NaN, field);
	} else if (period > 0) {
		readings.add('cpuLimit', (single(files['cpu.cfs_quota_us']) / period) * 1e9, field);
	}
}
