/** The machine's own counters: what its CPUs worked, and its working set. */
import { under } from '../../host/cgroup/mounts.ts';
import { readTextNow } from '../../host/files.ts';
import { keyedValue, kibibytes } from '../../sources/kernel-text.ts';
import { procStatReadings } from '../../sources/proc.ts';
import type { Counters } from './counters.ts';

export interface HostCounters extends Counters {
	cpus: number;
	memTotal: number;
	/** When the machine was started, ms since 1970; NaN if it does not say. */
	bootedAt: number;
}

/**
 * Anonymous and file pages less inactive file pages, all of /proc/meminfo: what the kubelet's node working set is, on
 * cgroup v1, and on v2 since Kubernetes 1.29.
 */
export function readHostCounters(root: string): HostCounters {
	const memory = kibibytes(readTextNow(under(root, '/proc/meminfo')).text);
	const { text: stat } = readTextNow(under(root, '/proc/stat'));
	const at = performance.now();
	const readings = procStatReadings(stat, Date.now());
	const reading = (quantity: string) => readings.find((one) => one.quantity === quantity)?.value ?? Number.NaN;
	const kept = ['AnonPages', 'Buffers', 'Cached', 'SwapCached'].reduce(
		(sum, key) => sum + (memory.get(key) ?? Number.NaN),
		0,
	);
	return {
		at,
		cpuTime: reading('cpuTime'),
		workingSet: Math.max(0, kept - (memory.get('Inactive(file)') ?? Number.NaN)),
		unreadable: memory.size === 0 && readings.length === 0,
		cpus: reading('onlineCpus'),
		memTotal: memory.get('MemTotal') ?? Number.NaN,
		bootedAt: 1000 * keyedValue(stat, 'btime'),
	};
}
