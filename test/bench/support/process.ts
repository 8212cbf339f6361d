/** What a process costs, told by the kernel. Linux only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks a second, in /proc: 100 on every Linux that Node runs on. */
export const ticks = 100;

/** User and system time so far, s; NaN once it has ended. */
export function cpuSeconds(pid: number): number {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) / ticks;
	} catch {
		return Number.NaN;
	}
}

/**
 * Resident memory now, and at its highest; and how much of it now is the program's own. The rest are pages of files, the
 * program's code for most of it, that the kernel takes away and brings back as it likes. MiB.
 */
export function memory(pid: number): { now: number; peak: number; own: number } {
	try {
		const text = readFileSync(`/proc/${pid}/status`, 'utf8');
		const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024;
		return { now: field('VmRSS'), peak: field('VmHWM'), own: field('RssAnon') };
	} catch {
		return { now: Number.NaN, peak: Number.NaN, own: Number.NaN };
	}
}

/** Open files and sockets. */
export function handles(pid: number): number {
	try {
		return readdirSync(`/proc/${pid}/fd`).length;
	} catch {
		return Number.NaN;
	}
}

/** What this machine is, for the head of a table of results. */
export function machine(): string {
	const cpu = readFileSync('/proc/cpuinfo', 'utf8');
	const model = /^model name\s*:\s*(.+)$/m.exec(cpu)?.[1] ?? 'unknown processor';
	const count = cpu.match(/^processor\s*:/gm)?.length ?? 0;
	const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024 ** 2;
	const kernel = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
	return `${count} × ${model}, ${total.toFixed(0)} GiB, Linux ${kernel}, Node ${process.versions.node}`;
}

/** How busy the machine was besides: the load average of the last minute. */
export function load(): number {
	return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}

/** The program that a process runs, '' if it cannot be told. */
export function programOf(pid: number): string {
	try {
		return readlinkSync(`/proc/${pid}/exe`);
	} catch {
		return '';
	}
}
