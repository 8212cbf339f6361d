/** /proc/PID/stat (proc_pid_stat(5)): one short line that tells most of a process, for lists of hundreds of them. */
import { clean } from '../model/clean.ts';
import { amount } from './kernel-text.ts';
import { nanosecondsPerTick } from './proc.ts';

export interface ProcessStat {
	/** comm, at most 15 bytes of it, made safe for the screen. */
	name: string;
	/** `R`, `S`, `D`, `Z` …, '' if unknown. */
	state: string;
	parent: number;
	/** A thread of the kernel: no program, no memory of its own. */
	isKernel: boolean;
	threads: number;
	/** User and system time in nanoseconds, in steps of 10 ms. */
	cpuTime: number;
	/** ns since the machine was started. */
	startedAfterBoot: number;
	/** Of the resident memory. */
	pages: number;
}

/** PF_KTHREAD of include/linux/sched.h. */
const kernelThread = 0x00200000;

/** What is missing or cut off is NaN or ''. */
export function statOf(text: string): ProcessStat {
	const whole = text.endsWith('\n') ? text : '';
	const open = whole.indexOf('(');
	// The name may hold parentheses and spaces itself.
	const close = whole.lastIndexOf(')');
	const fields = close < 0 ? [] : whole.slice(close + 2, -1).split(' ');
	const number = (field: number) => amount(fields[field - 3]);
	const flags = number(9);
	return {
		name: open >= 0 && close > open ? clean(whole.slice(open + 1, close)) : '',
		state: clean(fields[0] ?? ''),
		parent: number(4),
		isKernel: !Number.isNaN(flags) && Math.floor(flags / kernelThread) % 2 === 1,
		threads: number(20),
		cpuTime: (number(14) + number(15)) * nanosecondsPerTick,
		startedAfterBoot: number(22) * nanosecondsPerTick,
		pages: number(24),
	};
}
