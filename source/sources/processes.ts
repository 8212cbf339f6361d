/** Sums over the processes of one subject. */
import type { ProcessTexts } from '../host/processes.ts';
import type { Reading, ReadingQuantity } from '../model/reading.ts';
import { MomentReadings } from './moment-readings.ts';
import { type ProcessFormat, type ProcessSample, processSample } from './process.ts';

type Summed =
	| 'resident'
	| 'residentAnon'
	| 'residentFile'
	| 'residentShmem'
	| 'proportional'
	| 'lazyFree'
	| 'virtual'
	| 'cpuTime';

const sums: readonly (readonly [Summed & ReadingQuantity, string])[] = [
	['resident', 'status VmRSS'],
	['residentAnon', 'status RssAnon'],
	['residentFile', 'status RssFile'],
	['residentShmem', 'status RssShmem'],
	['proportional', 'smaps_rollup Pss'],
	['lazyFree', 'smaps_rollup LazyFree'],
	['virtual', 'status VmSize'],
	['cpuTime', 'stat utime + stime'],
];

/**
 * The sums, each over those processes that could be read: where that is not all of them, `field` says of how many
 * (`/proc/PID/smaps_rollup Pss (2 of 3 processes)`). A sum that none contributes to is left out. `unreadableProcesses`
 * counts those whose resident memory is unknown.
 *
 * @param at when they were read, ms since 1970
 * @param hidden processes that are known to exist and cannot be seen
 */
export function processReadings(
	processes: readonly ProcessTexts[],
	at: number,
	hidden = 0,
	format: ProcessFormat = {},
): Reading[] {
	const samples = processes.filter((process) => !process.gone).map((process) => processSample(process, format));
	return sampleReadings(samples, at, hidden);
}

/** The same of processes that have been taken apart already. */
export function sampleReadings(samples: readonly ProcessSample[], at: number, hidden = 0): Reading[] {
	const readings = new MomentReadings('proc', at);
	const all = samples.length + hidden;
	const [only] = samples;
	const folder = all === 1 && only !== undefined ? `/proc/${only.pid}` : '/proc/PID';
	for (const [quantity, file] of sums) {
		const values = samples.map((sample) => sample[quantity]).filter((value) => !Number.isNaN(value));
		if (values.length > 0 || all === 0) {
			const sum = values.reduce((one, other) => one + other, 0);
			const part = values.length < all ? ` (${values.length} of ${all} processes)` : '';
			readings.add(quantity, sum, `${folder}/${file}${part}`);
		}
	}
	const readable = samples.filter((sample) => !Number.isNaN(sample.resident)).length;
	readings.add('processes', readable, 'cgroup.procs');
	readings.add('unreadableProcesses', all - readable, 'cgroup.procs');
	return readings.all;
}
