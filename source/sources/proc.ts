/** /proc of the whole machine: meminfo, stat, pressure (Documentation/filesystems/proc.rst). */
import type { HostQuantity, Reading } from '../model/reading.ts';
import { amount, kibibytes, pressure, wholeLines } from './kernel-text.ts';
import { MomentReadings } from './moment-readings.ts';

const lines: readonly (readonly [HostQuantity, string])[] = [
	['memTotal', 'MemTotal'],
	['memFree', 'MemFree'],
	['memAvailable', 'MemAvailable'],
	['buffers', 'Buffers'],
	['cached', 'Cached'],
	['swapCached', 'SwapCached'],
	['activeFilePages', 'Active(file)'],
	['inactiveFilePages', 'Inactive(file)'],
	['anonPages', 'AnonPages'],
	['hostShmem', 'Shmem'],
	['slabReclaimable', 'SReclaimable'],
	['kernelReclaimable', 'KReclaimable'],
	['slab', 'Slab'],
	['swapTotal', 'SwapTotal'],
	['swapFree', 'SwapFree'],
];

/** @param at when it was read, ms since 1970 */
export function meminfoReadings(text: string, at: number): Reading[] {
	const readings = new MomentReadings('proc', at);
	const values = kibibytes(text);
	for (const [quantity, key] of lines) {
		readings.add(quantity, values.get(key) ?? Number.NaN, `/proc/meminfo ${key}`);
	}
	return readings.all;
}

/** USER_HZ, which all architectures that Kubernetes runs on have at 100 (include/asm-generic/param.h). */
export const nanosecondsPerTick = 1e7;

/**
 * Of /proc/stat:
 * - `systemCpuTime`: the first seven fields of all CPUs, as docker's engine adds them up for its CPU% (moby:
 *   daemon/stats_unix.go readSystemCPUUsage): idle is in it, steal is not;
 * - `cpuTime`: what the CPUs worked, user + nice + system + irq + softirq;
 * - `onlineCpus`: one line for each.
 *
 * @param at when it was read, ms since 1970
 */
export function procStatReadings(text: string, at: number): Reading[] {
	const readings = new MomentReadings('proc', at);
	const all = wholeLines(text);
	const total = all.find((line) => line.startsWith('cpu '));
	const ticks = (total?.split(/\s+/).slice(1, 8) ?? []).map((field) => amount(field) * nanosecondsPerTick);
	if (ticks.length === 7) {
		const [user = Number.NaN, nice = Number.NaN, system = Number.NaN, , , irq = Number.NaN, softirq = Number.NaN] =
			ticks;
		const sum = ticks.reduce((one, other) => one + other, 0);
		readings.add('systemCpuTime', sum, '/proc/stat cpu user + nice + system + idle + iowait + irq + softirq');
		readings.add(
			'cpuTime',
			user + nice + system + irq + softirq,
			'/proc/stat cpu user + nice + system + irq + softirq',
		);
	}
	const cpus = all.filter((line) => /^cpu\d+ /.test(line)).length;
	if (cpus > 0) {
		readings.add('onlineCpus', cpus, '/proc/stat cpuN');
	}
	return readings.all;
}

/** Pressure of the whole machine, from /proc/pressure/memory and cpu; a kernel without PSI gives nothing. */
export function procPressureReadings(texts: { memory?: string; cpu?: string }, at: number): Reading[] {
	const readings = new MomentReadings('proc', at);
	const { memory, cpu } = texts;
	readings.add('pressureMemorySome10', pressure(memory, 'some', 'avg10'), '/proc/pressure/memory some avg10');
	readings.add('pressureMemoryFull10', pressure(memory, 'full', 'avg10'), '/proc/pressure/memory full avg10');
	readings.add('pressureCpuSome10', pressure(cpu, 'some', 'avg10'), '/proc/pressure/cpu some avg10');
	return readings.all;
}
