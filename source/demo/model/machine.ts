/** What a machine has besides its cgroups: memory that is free, time that its processors passed, processes by number. */
import { type Cgroup, chargedTo, processorOf, walk } from './cgroups.ts';
import { kernelPages, type ProcessPages, pageSize } from './memory.ts';
import { memoryTotal, type NodeModel } from './node.ts';
import { mix } from './random.ts';

/** Pages. */
export interface FreeMemory {
	free: number;
	/** What could be had without swapping, by the kernel's own estimate. */
	available: number;
	/** Page cache of block devices. */
	buffers: number;
}

/** What drivers and early kernel structures hold, counted nowhere: a part of all. */
const uncounted = 0.011;
/** What the kernel keeps back in all its zones, and the lowest of its watermarks: pages for each page. */
const reserve = 0.0062;
const lowWatermark = 0.0011;

/** mm/show_mem.c, si_mem_available. */
export function freeMemory(node: NodeModel, root: Cgroup, at: number): FreeMemory {
	const total = (memoryTotal(node) * 1024) / pageSize;
	const pages = chargedTo(root, at);
	const lists = pages.activeAnonymous + pages.inactiveAnonymous + pages.activeFile + pages.inactiveFile;
	const used = lists + pages.unevictable + kernelPages(pages) + pages.sockets + Math.floor(total * uncounted);
	const free = Math.max(Math.floor(total * reserve), total - used);
	const watermark = Math.floor(total * lowWatermark);
	const cache = pages.activeFile + pages.inactiveFile;
	const reclaimable = pages.slabReclaimable;
	const available =
		free -
		Math.floor(total * reserve) +
		(cache - Math.min(Math.floor(cache / 2), watermark)) +
		(reclaimable - Math.min(Math.floor(reclaimable / 2), watermark));
	return { free, available, buffers: Math.floor(root.pages(at).activeFile * 0.3) };
}

/** Of all processors together, in ticks of 10 ms. */
export interface Ticks {
	user: number;
	nice: number;
	system: number;
	idle: number;
	waiting: number;
	irq: number;
	softirq: number;
}

export function machineTicks(node: NodeModel, root: Cgroup, at: number): Ticks {
	const passed = Math.floor((node.cores * (at - root.startedAt)) / 10);
	const busy = Math.floor(processorOf(root, at) / 10_000);
	const user = Math.floor(busy * 0.74);
	const softirq = Math.floor(busy * 0.03);
	const waiting = Math.floor((passed - busy) * 0.002);
	const system = busy - user - softirq;
	return { user, nice: 0, system, idle: passed - busy - waiting, waiting, irq: 0, softirq };
}

/** One process, as the whole machine knows it. */
export interface MachineProcess {
	pid: number;
	parent: number;
	group: Cgroup;
	pages: ProcessPages;
	/** All processes of its cgroup, itself included: what it shares with them. */
	siblings: readonly ProcessPages[];
	/** Its place among these. */
	index: number;
	/** Of its cgroup's processor time. */
	share: number;
}

const largestPid = 4_194_304;

/** The processes of a machine. A process keeps its number as long as it runs. */
export function processesOf(root: Cgroup, at: number): MachineProcess[] {
	const taken = new Set<number>();
	const all: MachineProcess[] = [];
	for (const group of walk(root)) {
		const siblings = group.pages(at).processes;
		const anonymous = siblings.reduce((sum, { privateAnonymous }) => sum + privateAnonymous, 0);
		let parent = 1;
		for (const [index, pages] of siblings.entries()) {
			let pid =
				group.path === '/init.scope' ? 1 : 1000 + (mix(mix(group.key, group.run), index + 300) % (largestPid - 1000));
			while (taken.has(pid)) pid++;
			taken.add(pid);
			const share = anonymous === 0 ? 1 / siblings.length : pages.privateAnonymous / anonymous;
			all.push({ pid, parent: pid === 1 ? 0 : parent, group, pages, siblings, index, share });
			if (index === 0) parent = pid;
		}
	}
	return all;
}
