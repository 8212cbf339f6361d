/**
 * The numbers of `docker stats`, to the digit. The command line computes them from what the engine sends, so its version
 * decides, not the engine's: docker/cli, cli/command/container/stats_helpers.go and formatter_stats.go; docker/go-units,
 * size.go.
 */
import type { Reading, Readings, SourceId } from '../model/reading.ts';
import { binarySize, fixed } from './number-format.ts';

/**
 * Since which CLI memory is computed so:
 *
 * - `20.10`: usage less inactive file pages (a4a07c6430).
 * - `17.06`, to 19.03: usage less `cache`, which only cgroup v1 has, and which is the container's own without what its
 *   processes' cgroups below it hold (82600b7021).
 * - `17.05`, and before: usage.
 */
export type DockerEra = '20.10' | '17.06' | '17.05';

export interface DockerMemory {
	/** Bytes; NaN if the readings do not suffice. */
	value: number;
	/** Fields with their signs: `+ memory_stats.usage − memory_stats.stats.total_inactive_file`. '' without a value. */
	fields: string;
	from: readonly Reading[];
}

/** Where docker's numbers come from, and where they can be told from if the engine was not asked. */
const sources: readonly SourceId[] = ['docker', 'cgroup-v1', 'cgroup-v2'];
const unknown: DockerMemory = { value: Number.NaN, fields: '', from: [] };
const wholeRange = 2 ** 64;

/** MEM USAGE of a CLI of that era, from readings of one source: the first of the engine and the cgroup that has a usage. */
export function dockerMemory(readings: Readings, era: DockerEra): DockerMemory {
	const usage = readings.find('usage', ...sources);
	if (usage === undefined) {
		return unknown;
	}
	const whole: DockerMemory = { value: usage.value, fields: `+ ${usage.field}`, from: [usage] };
	switch (era) {
		case '17.05':
			return whole;
		case '17.06': {
			const cache = readings.find('localCache', usage.source);
			if (cache === undefined) {
				return isUnified(readings, usage.source) ? whole : unknown;
			}
			// Unsigned there: a cache that is larger than the usage read before it gives 16EiB.
			const value = usage.value - cache.value;
			return less(usage, cache, value < 0 ? value + wholeRange : value);
		}
		case '20.10': {
			const inactive = readings.find('inactiveFile', usage.source);
			if (inactive === undefined) {
				return unknown;
			}
			// What is not smaller is not subtracted at all, where others stop at zero.
			return inactive.value < usage.value ? less(usage, inactive, usage.value - inactive.value) : whole;
		}
	}
}

function less(usage: Reading, subtracted: Reading, value: number): DockerMemory {
	return { value, fields: `+ ${usage.field} − ${subtracted.field}`, from: [usage, subtracted] };
}

/** cgroup v2: its keys have no `total_`, and no `cache` among them. */
function isUnified(readings: Readings, source: SourceId): boolean {
	const inactive = readings.find('inactiveFile', source);
	return source === 'cgroup-v2' || (inactive !== undefined && !/total_/.test(inactive.field));
}

/** `units.BytesSize`: four significant digits, `73.47MiB`. */
export function printDockerMemory(bytes: number): string {
	return Number.isNaN(bytes) ? '' : binarySize(bytes);
}

/** MEM %: of the limit, for which the engine gives the machine's memory where there is none. 0 without a limit. */
export function dockerMemoryPercent(bytes: number, limit: number): number {
	return limit === 0 ? 0 : (bytes / limit) * 100;
}

/**
 * CPU %: of the time that all CPUs passed, times their number; 100 is one core. 0 where docker says so, if either counter
 * did not grow. NaN without two samples.
 */
export function dockerCpuPercent(previous: Readings, current: Readings): number {
	const cpu = current.value('cpuTime', 'docker') - previous.value('cpuTime', 'docker');
	const system = current.value('systemCpuTime', 'docker') - previous.value('systemCpuTime', 'docker');
	const online = current.value('onlineCpus', 'docker');
	if (Number.isNaN(cpu) || Number.isNaN(system) || Number.isNaN(online)) {
		return Number.NaN;
	}
	return system > 0 && cpu > 0 ? (cpu / system) * online * 100 : 0;
}

/** `%.2f%%`: of memory or CPU. */
export function printDockerPercent(percent: number): string {
	return Number.isNaN(percent) ? '' : `${fixed(percent, 2)}%`;
}

/** CPU % as docker prints it. */
export const printDockerCpu = printDockerPercent;
