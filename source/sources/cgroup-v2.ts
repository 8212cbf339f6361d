/** The files of one cgroup of version 2 (Documentation/admin-guide/cgroup-v2.rst). Amounts hold all below it. */
import type { Reading, ReadingQuantity } from '../model/reading.ts';
import { amount, firstLine, keyed, pressure, single } from './kernel-text.ts';
import { MomentReadings } from './moment-readings.ts';

/** What is read; of memory in the order of nearness: the first ones are compared. */
export const cgroupV2Files = {
	memory: [
		'memory.current',
		'memory.stat',
		'memory.swap.current',
		'memory.zswap.current',
		'memory.peak',
		'memory.max',
		'memory.events',
	],
	cpu: ['cpu.stat', 'cpu.max'],
	pressure: ['memory.pressure', 'cpu.pressure'],
} as const;

export type CgroupV2File = (typeof cgroupV2Files)[keyof typeof cgroupV2Files][number];

const statistics: readonly (readonly [ReadingQuantity, string])[] = [
	['anon', 'anon'],
	['file', 'file'],
	['shmem', 'shmem'],
	['inactiveAnon', 'inactive_anon'],
	['activeAnon', 'active_anon'],
	['inactiveFile', 'inactive_file'],
	['activeFile', 'active_file'],
	['unevictable', 'unevictable'],
	['socket', 'sock'],
	['mappedFile', 'file_mapped'],
	['slabReclaimable', 'slab_reclaimable'],
];

/** What Linux before 5.18 tells of `kernel`: the one without which there is no telling, and what came later. */
const kernelBefore = {
	needed: ['kernel_stack', 'slab'],
	later: ['pagetables', 'percpu', 'vmalloc'],
} as const;

/**
 * @param files texts as the kernel wrote them, with their line ends; what is missing gives no reading
 * @param at when they were read, ms since 1970
 * @returns a limit that is not set as a reading of NaN; all else only if it is there
 */
export function cgroupV2Readings(files: Partial<Record<CgroupV2File, string>>, at: number): Reading[] {
	const readings = new MomentReadings('cgroup-v2', at);
	const memory = keyed(files['memory.stat']);
	readings.add('usage', single(files['memory.current']), 'memory.current');
	for (const [quantity, key] of statistics) {
		readings.add(quantity, memory.get(key) ?? Number.NaN, `memory.stat ${key}`);
	}
	addKernel(readings, memory);
	readings.add('swap', single(files['memory.swap.current']), 'memory.swap.current');
	if (memory.has('zswap')) {
		readings.add('zswap', memory.get('zswap') ?? Number.NaN, 'memory.stat zswap');
	} else {
		readings.add('zswap', single(files['memory.zswap.current']), 'memory.zswap.current');
	}
	readings.add('peak', single(files['memory.peak']), 'memory.peak');
	addMemoryLimit(readings, files['memory.max']);

	const events = keyed(files['memory.events']);
	readings.add('oomEvents', events.get('oom') ?? Number.NaN, 'memory.events oom');
	readings.add('oomKills', events.get('oom_kill') ?? Number.NaN, 'memory.events oom_kill');
	readings.add('limitHits', events.get('max') ?? Number.NaN, 'memory.events max');

	const cpu = keyed(files['cpu.stat']);
	readings.add('cpuTime', 1000 * (cpu.get('usage_usec') ?? Number.NaN), 'cpu.stat usage_usec');
	readings.add('cpuPeriods', cpu.get('nr_periods') ?? Number.NaN, 'cpu.stat nr_periods');
	readings.add('throttledPeriods', cpu.get('nr_throttled') ?? Number.NaN, 'cpu.stat nr_throttled');
	readings.add('throttledTime', 1000 * (cpu.get('throttled_usec') ?? Number.NaN), 'cpu.stat throttled_usec');
	addCpuLimit(readings, files['cpu.max']);

	const { 'memory.pressure': ofMemory, 'cpu.pressure': ofCpu } = files;
	readings.add('pressureMemorySome10', pressure(ofMemory, 'some', 'avg10'), 'memory.pressure some avg10');
	readings.add('pressureMemoryFull10', pressure(ofMemory, 'full', 'avg10'), 'memory.pressure full avg10');
	readings.add('pressureCpuSome10', pressure(ofCpu, 'some', 'avg10'), 'cpu.pressure some avg10');
	return readings.all;
}

/** `kernel` holds the others, and what none of them has (pipes, unix sockets): it is never added to them. */
function addKernel(readings: MomentReadings, memory: ReadonlyMap<string, number>): void {
	const whole = memory.get('kernel');
	if (whole !== undefined) {
		readings.add('kernel', whole, 'memory.stat kernel');
		return;
	}
	if (kernelBefore.needed.every((key) => memory.has(key))) {
		const keys = [...kernelBefore.needed, ...kernelBefore.later].filter((key) => memory.has(key));
		const sum = keys.reduce((total, key) => total + (memory.get(key) ?? 0), 0);
		readings.add('kernel', sum, `memory.stat ${keys.join(' + ')}`);
	}
}

function addMemoryLimit(readings: MomentReadings, text: string | undefined): void {
	const line = firstLine(text);
	if (line === 'max' || (line !== undefined && /^\d+$/.test(line))) {
		readings.addLimit('memoryLimit', amount(line), 'memory.max');
	}
}

/** `quota period` in µs, `max 100000` without a limit. */
function addCpuLimit(readings: MomentReadings, text: string | undefined): void {
	const [quota, digits] = firstLine(text)?.split(' ') ?? [];
	const period = amount(digits);
	if (quota === 'max') {
		readings.addLimit('cpuLimit', Number.NaN, 'cpu.max');
	} else if (period > 0) {
		readings.add('cpuLimit', (amount(quota) / period) * 1e9, 'cpu.max');
	}
}
