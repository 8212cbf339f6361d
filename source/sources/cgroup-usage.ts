/**
 * The few numbers of a cgroup that a list shows of hundreds of them, each second: the same fields as in `cgroup-v1` and
 * `cgroup-v2`, without taking the rest of the files apart.
 */
import { firstLine, keyedValue, single } from './kernel-text.ts';

/** Usage less inactive file pages, never below 0: the working set as the kubelet computes it; NaN if usage is unknown. */
export function workingSet(usage: number, inactiveFile: number): number {
	return Number.isNaN(usage) ? Number.NaN : Math.max(0, usage - (Number.isNaN(inactiveFile) ? 0 : inactiveFile));
}

export function workingSetV1(files: { usage: string; stat: string }): number {
	return workingSet(single(files.usage), keyedValue(files.stat, 'total_inactive_file'));
}

export function workingSetV2(files: { current: string; stat: string }): number {
	return workingSet(single(files.current), keyedValue(files.stat, 'inactive_file'));
}

/** Nanoseconds, of cpuacct.usage. */
export function cpuTimeV1(usage: string): number {
	return single(usage);
}

/** Nanoseconds, of cpu.stat. */
export function cpuTimeV2(stat: string): number {
	return 1000 * keyedValue(stat, 'usage_usec');
}

/** Bytes; NaN without a limit. Of v1 no limit is the largest number of whole pages, which `single` takes for none. */
export function memoryLimit(text: string): number {
	return single(text);
}

/** Nanocores; NaN without a limit. */
export function cpuLimitV1(quota: string, period: string): number {
	const limit = (single(quota) / single(period)) * 1e9;
	return Number.isFinite(limit) ? limit : Number.NaN;
}

/** Nanocores of `cpu.max`; NaN without a limit. */
export function cpuLimitV2(text: string): number {
	const [quota, period] = firstLine(text)?.split(' ') ?? [];
	return cpuLimitV1(`${quota}\n`, `${period}\n`);
}
