/** The files of one process in /proc (proc_pid_status(5) and its neighbours). */
import type { MachineProcess } from '../../model/machine.ts';
import { proportionalPages } from '../../model/memory.ts';
import type { NodeModel } from '../../model/node.ts';
import { kibibyteLines } from './lines.ts';

/** KiB. */
const page = 4;
/** A process has far more addresses than pages. */
const reservedAddresses = 27_000;

function residentOf({ pages }: MachineProcess): { anonymous: number; file: number; shared: number; all: number } {
	const anonymous = pages.privateAnonymous + pages.inheritedAnonymous;
	const { mappedFile: file, mappedShared: shared } = pages;
	return { anonymous, file, shared, all: anonymous + file + shared };
}

function sizeOf(process: MachineProcess): number {
	const resident = residentOf(process);
	return resident.all + Math.floor(resident.anonymous / 4) + reservedAddresses + process.pages.threads * 2048;
}

function status(process: MachineProcess): string {
	const { pid, parent, pages } = process;
	const resident = residentOf(process);
	const size = sizeOf(process);
	const sizes: Record<string, number> = {
		VmPeak: size,
		VmSize: size,
		VmLck: 0,
		VmPin: 0,
		VmHWM: resident.all,
		VmRSS: resident.all,
		RssAnon: resident.anonymous,
		RssFile: resident.file,
		RssShmem: resident.shared,
		VmData: size - reservedAddresses,
		VmStk: 33,
		VmExe: 136,
		VmLib: 2,
		VmPTE: Math.ceil(resident.all / 512) + 4,
		VmSwap: 0,
	};
	const lines = Object.entries(sizes).map(([name, count]) => `${name}:\t${String(count * page).padStart(8)} kB\n`);
	// The kernel keeps 15 characters of a name.
	return `Name:\t${pages.name.slice(0, 15)}\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t${pid}\nNgid:\t0\nPid:\t${pid}\nPPid:\t${parent}\nTracerPid:\t0\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nFDSize:\t64\n${lines.join('')}Threads:\t${pages.threads}\nvoluntary_ctxt_switches:\t1204\nnonvoluntary_ctxt_switches:\t37\n`;
}

/** The file that counts its processor time. */
export function processStat(process: MachineProcess, at: number): string {
	const { pid, parent, group, pages, share } = process;
	const ticks = Math.floor((group.processor(at) * share) / 10_000);
	const user = Math.floor(ticks * 0.78);
	const started = Math.max(0, Math.floor((group.startedAt % 1e9) / 10));
	const resident = residentOf(process);
	const after = [0, 0, 0, 0, user, ticks - user, 0, 0, 20, 0, pages.threads, 0, started, sizeOf(process) * 4096];
	return `${pid} (${pages.name.slice(0, 15)}) S ${parent} ${pid} ${pid} 0 -1 4194560 ${after.join(' ')} ${resident.all} 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
}

function rollup(process: MachineProcess): string {
	const resident = residentOf(process);
	const share = proportionalPages(process.siblings)[process.index] ?? resident.all;
	const alone = process.siblings.length === 1;
	const sizes = {
		Rss: resident.all * page,
		Pss: Math.floor(share * page),
		Pss_Anon: Math.floor((share - resident.shared) * page) - (alone ? resident.file * page : 0),
		Shared_Clean: alone ? 0 : resident.file * page,
		Shared_Dirty: process.pages.inheritedAnonymous * page,
		Private_Clean: alone ? resident.file * page : 0,
		Private_Dirty: (process.pages.privateAnonymous + resident.shared) * page,
		Referenced: resident.all * page,
		Anonymous: resident.anonymous * page,
		LazyFree: 0,
		AnonHugePages: 0,
		Swap: 0,
		SwapPss: 0,
		Locked: 0,
	};
	return `00400000-7ffeeabf2000 ---p 00000000 00:00 0                              [rollup]\n${kibibyteLines(sizes, 24)}`;
}

/** The file that tells which cgroup a process is in. @param path as the reader's namespace has it */
export function membership(node: NodeModel, path: string): string {
	if (node.cgroupVersion === 2) return `0::${path}\n`;
	return ['pids', 'memory', 'cpu,cpuacct', 'name=systemd']
		.map((controller, index) => `${4 - index}:${controller}:${path}\n`)
		.join('');
}

/** By name below /proc/PID. */
export function processFiles(node: NodeModel, process: MachineProcess, at: number): Record<string, string> {
	const resident = residentOf(process);
	const { pages, group } = process;
	return {
		status: status(process),
		stat: processStat(process, at),
		statm: `${sizeOf(process)} ${resident.all} ${resident.file + resident.shared} 136 0 ${resident.anonymous} 0\n`,
		smaps_rollup: rollup(process),
		cgroup: membership(node, group.path),
		comm: `${pages.name.slice(0, 15)}\n`,
		cmdline: `${pages.name}\u0000`,
	};
}
