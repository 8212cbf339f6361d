/** Stats of the Docker Engine: one frame of `/containers/ID/stats` in readings. */
import { damagedAnswer } from '../messages/en/sources.ts';
import type { Reading, ReadingQuantity } from '../model/reading.ts';
import { parseTime } from '../model/time.ts';
import { WireError } from './answer.ts';
import { has, type JsonObject, numberField, objectField, parseJson, textField } from './json/fields.ts';
import { stringFromText } from './strings.ts';

export interface DockerFrame {
	/** Full id, '' from engines before 17.04. */
	id: string;
	/** Without the slash that the engine puts before it. */
	name: string;
	/** When the sample was taken, ms by the engine's clock; NaN if the container does not run: then nothing was measured. */
	at: number;
	/** Told by the keys of memory.stat; '' if there are none. */
	cgroup: 'v1' | 'v2' | '';
	/** With `cpuRate` if the frame carries the sample before it. */
	readings: readonly Reading[];
	/** CPU counters of the sample before this one; empty for the first of a stream and for a single one. */
	previous: readonly Reading[];
}

type Keys = readonly (readonly [ReadingQuantity, string])[];

/** Keys of cgroup v1's memory.stat in `memory_stats.stats`, for the cgroup with what is below it. */
const keysV1: Keys = [
	['anon', 'total_rss'],
	['file', 'total_cache'],
	['shmem', 'total_shmem'],
	['mappedFile', 'total_mapped_file'],
	['inactiveAnon', 'total_inactive_anon'],
	['activeAnon', 'total_active_anon'],
	['inactiveFile', 'total_inactive_file'],
	['activeFile', 'total_active_file'],
	['unevictable', 'total_unevictable'],
	['swap', 'total_swap'],
	['localCache', 'cache'],
];

/** Keys of cgroup v2's. `kernel`, `zswap` and swap are not among those that the engine passes on. */
const keysV2: Keys = [
	['anon', 'anon'],
	['file', 'file'],
	['shmem', 'shmem'],
	['mappedFile', 'file_mapped'],
	['inactiveAnon', 'inactive_anon'],
	['activeAnon', 'active_anon'],
	['inactiveFile', 'inactive_file'],
	['activeFile', 'active_file'],
	['unevictable', 'unevictable'],
	['kernel', 'kernel'],
	['socket', 'sock'],
	['slabReclaimable', 'slab_reclaimable'],
];

/** The engine asks the kernel for this key of cgroup v1 always; v2 has no key that begins so. */
const keyOfV1 = 'total_inactive_file';
const keyOfV2 = 'anon';

/**
 * Reads one frame. Numbers that the engine did not send have no reading: none is taken for zero.
 *
 * @throws Error with a sentence if the bytes are none.
 */
export function readDockerFrame(bytes: Buffer): DockerFrame {
	try {
		return frameOf(parseJson(bytes));
	} catch (error) {
		if (error instanceof WireError) {
			throw new Error(damagedAnswer('docker stats', 'JSON', error.message));
		}
		throw error;
	}
}

function frameOf(frame: JsonObject): DockerFrame {
	const at = parseTime(rawTime(frame, 'read'));
	const name = textField(frame, 'name').replace(/^\//, '');
	const memory = objectField(frame, 'memory_stats');
	const keys = objectField(memory, 'stats');
	const cgroup = has(keys, keyOfV1) ? 'v1' : has(keys, keyOfV2) ? 'v2' : '';
	const nothing: DockerFrame = { id: textField(frame, 'id'), name, at, cgroup, readings: [], previous: [] };
	if (Number.isNaN(at)) {
		return nothing;
	}

	const readings: Reading[] = [];
	const add = (parent: JsonObject, path: string, quantity: ReadingQuantity, key: string): void => {
		const value = numberField(parent, key, Number.NaN);
		if (!Number.isNaN(value)) {
			readings.push({ quantity, value, source: 'docker', field: `${path}.${key}`, at, window: Number.NaN });
		}
	};
	add(memory, 'memory_stats', 'usage', 'usage');
	add(memory, 'memory_stats', 'memoryLimit', 'limit');
	add(memory, 'memory_stats', 'peak', 'max_usage');
	// The engine fills v2's from another file, memory.events oom: the limit was reached and nothing could be freed.
	add(memory, 'memory_stats', cgroup === 'v2' ? 'oomEvents' : 'limitHits', 'failcnt');
	if (cgroup !== '') {
		for (const [quantity, key] of cgroup === 'v1' ? keysV1 : keysV2) {
			add(keys, 'memory_stats.stats', quantity, key);
		}
	}

	const throttling = objectField(objectField(frame, 'cpu_stats'), 'throttling_data');
	add(throttling, 'cpu_stats.throttling_data', 'cpuPeriods', 'periods');
	add(throttling, 'cpu_stats.throttling_data', 'throttledPeriods', 'throttled_periods');
	add(throttling, 'cpu_stats.throttling_data', 'throttledTime', 'throttled_time');

	const counters = cpuCounters(frame, 'cpu_stats', at);
	const previousAt = parseTime(rawTime(frame, 'preread'));
	// Zero time, or no system counter: there is no sample before this one, and its zeros are no counters.
	const before = Number.isNaN(previousAt) ? [] : cpuCounters(frame, 'precpu_stats', previousAt);
	const previous = before.some((reading) => reading.quantity === 'systemCpuTime' && reading.value > 0) ? before : [];
	readings.push(...counters);
	const rate = dockerCpuRate(previous, counters);
	return { ...nothing, readings: rate === null ? readings : [...readings, rate], previous };
}

function cpuCounters(frame: JsonObject, path: 'cpu_stats' | 'precpu_stats', at: number): Reading[] {
	const cpu = objectField(frame, path);
	const usage = objectField(cpu, 'cpu_usage');
	const readings: Reading[] = [];
	const add = (quantity: ReadingQuantity, value: number, field: string): void => {
		if (!Number.isNaN(value)) {
			readings.push({ quantity, value, source: 'docker', field: `${path}.${field}`, at, window: Number.NaN });
		}
	};
	add('cpuTime', numberField(usage, 'total_usage', Number.NaN), 'cpu_usage.total_usage');
	add('systemCpuTime', numberField(cpu, 'system_cpu_usage', Number.NaN), 'system_cpu_usage');
	const online = numberField(cpu, 'online_cpus', 0);
	if (online > 0) {
		add('onlineCpus', online, 'online_cpus');
	} else {
		// Engines before 17.06 do not count them; nor does cgroup v2 split the time by CPU.
		const split = listLength(usage, 'percpu_usage');
		add('onlineCpus', split > 0 ? split : Number.NaN, 'cpu_usage.percpu_usage (length)');
	}
	return readings;
}

/**
 * The rate between two samples as docker computes it: of the time that all CPUs passed, not of time by the clock.
 * `Δtotal_usage / Δsystem_cpu_usage × online_cpus` (docker/cli, stats_helpers.go, calculateCPUPercentUnix), in nanocores;
 * 0 where docker says so: if either counter did not grow. Null without two samples.
 */
export function dockerCpuRate(previous: readonly Reading[], current: readonly Reading[]): Reading | null {
	const find = (readings: readonly Reading[], quantity: ReadingQuantity): Reading | undefined =>
		readings.find((reading) => reading.quantity === quantity);
	const [cpuBefore, cpuNow] = [find(previous, 'cpuTime'), find(current, 'cpuTime')];
	const [systemBefore, systemNow] = [find(previous, 'systemCpuTime'), find(current, 'systemCpuTime')];
	const online = find(current, 'onlineCpus');
	if (
		cpuBefore === undefined ||
		cpuNow === undefined ||
		systemBefore === undefined ||
		systemNow === undefined ||
		online === undefined
	) {
		return null;
	}
	const cpu = cpuNow.value - cpuBefore.value;
	const system = systemNow.value - systemBefore.value;
	return {
		quantity: 'cpuRate',
		value: cpu > 0 && system > 0 ? (cpu / system) * online.value * 1e9 : 0,
		source: 'docker',
		field: 'Δcpu_usage.total_usage / Δsystem_cpu_usage × online_cpus',
		at: cpuNow.at,
		window: cpuNow.at - cpuBefore.at,
	};
}

function rawTime(frame: JsonObject, name: string): string {
	const value = frame[name];
	return typeof value === 'string' ? stringFromText(value) : '';
}

function listLength(parent: JsonObject, name: string): number {
	const value = parent[name];
	return Array.isArray(value) ? value.length : 0;
}
