/** The series of cAdvisor that become readings (google/cadvisor lib/metrics/prometheus.go, read at 0.60). */
import type { ReadingQuantity } from '../../model/reading.ts';
import { nanoseconds } from '../prometheus-text/values.ts';

export interface Series {
	readonly quantity: ReadingQuantity;
	readonly convert: (value: number) => number;
}

function plain(value: number): number {
	return value;
}

/** cAdvisor writes 0 for "no limit" and for a file that is not there. */
function zeroIsAbsent(value: number): number {
	return value === 0 ? Number.NaN : value;
}

export const cpuTimeSeries = 'container_cpu_usage_seconds_total';
export const kernelSeries = 'container_memory_kernel_usage';
export const limitHitsSeries = 'container_memory_failcnt';
export const cpuQuotaSeries = 'container_spec_cpu_quota';
export const cpuPeriodSeries = 'container_spec_cpu_period';
export const startTimeSeries = 'container_start_time_seconds';
export const versionSeries = 'cadvisor_version_info';
export const scrapeErrorSeries = 'container_scrape_error';

/** One sample of a cgroup is one reading. */
export const cgroupSeries: ReadonlyMap<string, Series> = new Map<string, Series>([
	['container_memory_usage_bytes', { quantity: 'usage', convert: plain }],
	['container_memory_working_set_bytes', { quantity: 'workingSet', convert: plain }],
	['container_memory_rss', { quantity: 'anon', convert: plain }],
	['container_memory_cache', { quantity: 'file', convert: plain }],
	['container_memory_mapped_file', { quantity: 'mappedFile', convert: plain }],
	['container_memory_swap', { quantity: 'swap', convert: plain }],
	['container_memory_total_active_file_bytes', { quantity: 'activeFile', convert: plain }],
	['container_memory_total_inactive_file_bytes', { quantity: 'inactiveFile', convert: plain }],
	['container_memory_max_usage_bytes', { quantity: 'peak', convert: zeroIsAbsent }],
	['container_spec_memory_limit_bytes', { quantity: 'memoryLimit', convert: zeroIsAbsent }],
	['container_oom_events_total', { quantity: 'oomEvents', convert: plain }],
	['container_cpu_cfs_periods_total', { quantity: 'cpuPeriods', convert: plain }],
	['container_cpu_cfs_throttled_periods_total', { quantity: 'throttledPeriods', convert: plain }],
	['container_cpu_cfs_throttled_seconds_total', { quantity: 'throttledTime', convert: nanoseconds }],
]);

/** Series of the machine, which are readings of the node. */
export const machineSeries: ReadonlyMap<string, ReadingQuantity> = new Map<string, ReadingQuantity>([
	['machine_memory_bytes', 'memTotal'],
	['machine_cpu_cores', 'onlineCpus'],
	['machine_swap_bytes', 'swapTotal'],
]);

/** All that is read; the other two thirds of the answer are passed over. */
export const wantedSeries: ReadonlySet<string> = new Set([
	...cgroupSeries.keys(),
	...machineSeries.keys(),
	cpuTimeSeries,
	kernelSeries,
	limitHitsSeries,
	cpuQuotaSeries,
	cpuPeriodSeries,
	startTimeSeries,
	versionSeries,
	scrapeErrorSeries,
]);
