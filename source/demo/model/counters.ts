/** What the kernel counts of a cgroup, with all below it: every wire format is made of these, and these of pages. */
import { type Cgroup, chargedTo, processorOf, walk } from './cgroups.ts';
import { lookedAt, rootPages } from './kubelet.ts';
import { chargedPages, kernelPages, type MemoryPages, pageSize } from './memory.ts';
import type { NodeModel } from './node.ts';
import type { World } from './world.ts';

/** Bytes. */
export interface MemoryCounters {
	/** Of a root it is the kernel's own approximation on cgroup v1; a root of v2 has no such counter. */
	usage: number;
	/** Highest usage since the start. */
	peak: number;
	/** NaN without one. */
	limit: number;
	anonymous: number;
	/** Page cache, shared memory in it. */
	file: number;
	shared: number;
	/** Of the page cache: mapped by processes. */
	mapped: number;
	inactiveAnonymous: number;
	activeAnonymous: number;
	inactiveFile: number;
	activeFile: number;
	unevictable: number;
	kernel: number;
	kernelStack: number;
	pageTables: number;
	perProcessor: number;
	slabReclaimable: number;
	slabUnreclaimable: number;
	sockets: number;
	/** How often the limit held something back, how often somebody was killed for it. */
	limitHits: number;
	kills: number;
	faults: number;
}

function usageOf(group: Cgroup, pages: MemoryPages, version: 1 | 2): number {
	return (group.kind === 'root' ? rootPages(pages) : chargedPages(pages, version)) * pageSize;
}

const peakStep = 4 * 2 ** 20;

/** At some moments since its start it was looked at; in between it may have been a little more. */
function peakOf(group: Cgroup, node: NodeModel, at: number, usage: number, limit: number): number {
	let highest = usage;
	for (let age = 30_000; age < at - group.startedAt && age < 4e9; age *= 4) {
		highest = Math.max(highest, usageOf(group, chargedTo(group, group.startedAt + age), node.cgroupVersion));
	}
	const step = Math.ceil(highest / peakStep) * peakStep;
	return limit > 0 ? Math.max(highest, Math.min(limit, step)) : step;
}

const mebibyte = 2 ** 20;

/** So close to its limit a cgroup is held back again and again. */
const held = 64 * pageSize;

export function memoryCounters(world: World, node: NodeModel, group: Cgroup, at: number): MemoryCounters {
	const pages = chargedTo(group, at);
	const usage = usageOf(group, pages, node.cgroupVersion);
	const limit = group.limits.memory === undefined ? Number.NaN : group.limits.memory * mebibyte;
	const age = Math.max(0, at - group.startedAt);
	let limitHits = 0;
	let kills = 0;
	for (const each of walk(group)) {
		kills += each.kills;
		// cgroup v1 counts at the one that has the limit alone, v2 above it too.
		if (each !== group && node.cgroupVersion === 1) continue;
		const own = (each.limits.memory ?? Number.NaN) * mebibyte;
		if (each.template && own - (each === group ? usage : usageOf(each, chargedTo(each, at), 2)) < held) {
			limitHits += Math.floor((at - each.startedAt) / 7000);
		}
	}
	const bytes = (count: number): number => count * pageSize;
	return {
		usage,
		peak: peakOf(group, node, lookedAt(world, at), usage, limit),
		limit,
		anonymous: bytes(pages.mappedAnonymous),
		file: bytes(pages.shared + pages.activeFile + pages.inactiveFile),
		shared: bytes(pages.shared),
		mapped: bytes(pages.mappedFile + pages.mappedShared),
		inactiveAnonymous: bytes(pages.inactiveAnonymous),
		activeAnonymous: bytes(pages.activeAnonymous),
		inactiveFile: bytes(pages.inactiveFile),
		activeFile: bytes(pages.activeFile),
		unevictable: bytes(pages.unevictable),
		kernel: bytes(kernelPages(pages)),
		kernelStack: bytes(pages.kernelStack),
		pageTables: bytes(pages.pageTables),
		perProcessor: bytes(pages.perProcessor),
		slabReclaimable: bytes(pages.slabReclaimable),
		slabUnreclaimable: bytes(pages.slabUnreclaimable),
		sockets: bytes(pages.sockets),
		limitHits,
		kills,
		faults: pages.mappedAnonymous + pages.mappedFile + Math.floor(age / 900),
	};
}

/** Threads of a cgroup with all below it. */
export function threadsOf(group: Cgroup, at: number): number {
	let count = 0;
	for (const each of walk(group)) for (const { threads } of each.pages(at).processes) count += threads;
	return count;
}

export interface ProcessorCounters {
	/** Microseconds: all, and the parts that programs and that the kernel took. */
	total: number;
	user: number;
	system: number;
	/** Of a limit; undefined without one. */
	limit: { quota: number; periods: number; throttled: number; throttledTime: number } | undefined;
}

/** Enforced every 100 ms. */
export const quotaPeriod = 100_000;

/** How much of the time the limit stops what runs there: its own work against its limit, bursts for their length. */
function throttledShare({ template, limits }: Cgroup): number {
	if (!template || limits.cpu === undefined) return 0;
	const { burst, mean } = template.cpu;
	const steady = Math.max(0, mean / limits.cpu - 0.7) * 2;
	const bursts = burst && mean + burst.height > 0.6 * limits.cpu ? (burst.length / burst.every) * 0.3 : 0;
	return Math.min(0.95, steady + bursts);
}

export function processorCounters(group: Cgroup, at: number): ProcessorCounters {
	const total = processorOf(group, at);
	const user = Math.floor(total * 0.78);
	const { cpu } = group.limits;
	const counters = { total, user, system: total - user, limit: undefined };
	if (cpu === undefined || group.kind === 'kubepods') return counters;
	const periods = Math.max(0, Math.floor((at - group.startedAt) / 100));
	const throttled = Math.floor(periods * throttledShare(group));
	return { ...counters, limit: { quota: cpu * 100, periods, throttled, throttledTime: throttled * 38_000 } };
}

/** Pressure stall information of one resource: total in microseconds, averages in percent. */
export interface Stall {
	total: number;
	avg10: number;
	avg60: number;
	avg300: number;
}

export interface Pressure {
	some: Stall;
	full: Stall;
}

const noStall = (): Stall => ({ total: 0, avg10: 0, avg60: 0, avg300: 0 });
const rounded = (percent: number): number => Math.round(percent * 100) / 100;

function stall(total: number, percent: number): Stall {
	return {
		total: Math.floor(total),
		avg10: rounded(percent),
		avg60: rounded(percent * 0.93),
		avg300: rounded(percent * 0.86),
	};
}

function most(stalls: readonly Stall[]): Stall {
	return stalls.reduce((first, second) => (second.total > first.total ? second : first), noStall());
}

export type PressureOf = 'cpu' | 'memory' | 'io';

/** What waits in a cgroup: for a processor, when a limit stops it; for memory, when the kernel takes pages back from it. */
export function pressureOf(world: World, node: NodeModel, group: Cgroup, of: PressureOf, at: number): Pressure {
	if (group.children.length > 0) {
		const below = group.children.map((child) => pressureOf(world, node, child, of, at));
		const full = most(below.map((each) => each.full));
		// All of a machine never waits for a processor: something runs.
		return {
			some: most(below.map((each) => each.some)),
			full: group.kind === 'root' && of === 'cpu' ? noStall() : full,
		};
	}
	const age = Math.max(0, at - group.startedAt);
	if (of === 'cpu') {
		const { total, limit } = processorCounters(group, at);
		const share = throttledShare(group);
		const waited = total * 0.004 + (limit?.throttledTime ?? 0);
		return { some: stall(waited, share * 45), full: stall(waited * 0.7, share * 31) };
	}
	if (of === 'io') return { some: stall(age * 0.02, 0), full: stall(age * 0.016, 0) };
	const limit = (group.limits.memory ?? Number.NaN) * mebibyte;
	const usage = usageOf(group, group.pages(at), node.cgroupVersion);
	const close = limit - usage < held;
	return close ? { some: stall(age * 4, 0.74), full: stall(age * 3, 0.52) } : { some: noStall(), full: noStall() };
}
