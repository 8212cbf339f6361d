/** One process, from the texts of /proc/PID (proc_pid_status(5), proc_pid_stat(5), proc_pid_smaps(5)). */
import type { ProcessTexts } from '../host/processes.ts';
import { clean } from '../model/clean.ts';
import { amount, firstLine, kibibytes, wholeLines } from './kernel-text.ts';
import { nanosecondsPerTick } from './proc.ts';

/** Bytes, nanoseconds; NaN of what could not be read. */
export interface ProcessSample {
	pid: number;
	parent: number;
	/** Made safe for the screen: a process can call itself anything. */
	name: string;
	/** `R`, `S`, `D`, `Z` …, '' if unknown. */
	state: string;
	userId: number;
	threads: number;
	/** VmRSS, which is RssAnon + RssFile + RssShmem; top's RES. */
	resident: number;
	residentAnon: number;
	residentFile: number;
	residentShmem: number;
	/** Pss: what is shared is divided by the number of processes that share it. */
	proportional: number;
	/** Given back by MADV_FREE and still counted as anonymous until the kernel needs it. */
	lazyFree: number;
	virtual: number;
	/** User and system time, in steps of 10 ms. */
	cpuTime: number;
}

export interface ProcessFormat {
	/** Only where status is missing: statm counts in pages. */
	pageSize?: number;
}

/** Reads the texts of one process; whatever is missing or cut off is NaN. */
export function processSample(texts: ProcessTexts, { pageSize = 4096 }: ProcessFormat = {}): ProcessSample {
	const status = statusFields(texts.status);
	const sizes = kibibytes(texts.status);
	const rollup = kibibytes(texts.smapsRollup);
	const pages = (firstLine(texts.statm)?.split(' ') ?? []).map((field) => amount(field) * pageSize);
	const stat = statFields(texts.stat);
	// Threads of the kernel and zombies have no memory of their own: a whole status, and no line that begins with Vm.
	const none = status.has('Threads') && !sizes.has('VmSize') ? 0 : Number.NaN;
	return {
		pid: texts.pid,
		parent: amount(status.get('PPid') ?? stat.parent),
		name: clean(status.get('Name') ?? stat.name),
		state: clean((status.get('State') ?? stat.state).slice(0, 1)),
		userId: amount(status.get('Uid')?.split('\t')[0]),
		threads: amount(status.get('Threads')),
		resident: sizes.get('VmRSS') ?? firstNumber(none, pages[1]),
		residentAnon: sizes.get('RssAnon') ?? none,
		residentFile: sizes.get('RssFile') ?? none,
		residentShmem: sizes.get('RssShmem') ?? none,
		proportional: rollup.get('Pss') ?? none,
		lazyFree: rollup.get('LazyFree') ?? none,
		virtual: sizes.get('VmSize') ?? firstNumber(none, pages[0]),
		cpuTime: stat.cpuTime,
	};
}

function firstNumber(...values: readonly (number | undefined)[]): number {
	return values.find((value) => value !== undefined && !Number.isNaN(value)) ?? Number.NaN;
}

function statusFields(text: string | undefined): ReadonlyMap<string, string> {
	const fields = new Map<string, string>();
	for (const line of wholeLines(text ?? '')) {
		const colon = line.indexOf(':');
		if (colon > 0) {
			fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
		}
	}
	return fields;
}

/** The name stands in parentheses and may hold some itself, and line ends. */
function statFields(text: string | undefined): { name: string; state: string; parent: string; cpuTime: number } {
	const whole = text?.endsWith('\n') === true ? text : '';
	const open = whole.indexOf('(');
	const close = whole.lastIndexOf(')');
	const rest = close < 0 ? [] : whole.slice(close + 2).split(' ');
	return {
		name: open >= 0 && close > open ? whole.slice(open + 1, close) : '',
		state: rest[0] ?? '',
		parent: rest[1] ?? '',
		cpuTime: (amount(rest[11]) + amount(rest[12])) * nanosecondsPerTick,
	};
}
