import { noise } from './random.ts';

/** The size of a page in bytes: the world counts memory in pages and nothing smaller. */
export const pageSize = 4096;

/** One of the programs of a container. */
export interface ProcessTemplate {
	name: string;
	threads: number;
	/** Its part of the container's anonymous memory. */
	share: number;
	/** It was forked from the first one and still shares this part of its anonymous pages with it, copy on write. */
	inherits?: number;
}

/** What a container does with memory. Everything in MiB and seconds. */
export interface MemoryProfile {
	/** Anonymous memory (heap, stacks) once the program is up. */
	anonymous: number;
	/** How far the anonymous memory breathes around that, from 0 to 1. */
	breath?: number;
	/** It takes so long from nothing to `anonymous`. */
	ramp?: number;
	/** A leak: so much more each minute since the start. */
	leak?: number;
	/** Shared memory and tmpfs. */
	shared?: number;
	/** Page cache that is read again and again, and page cache that was read or written once. */
	activeFile?: number;
	inactiveFile?: number;
	/** The cache takes so long to fill; then it is trimmed and filled again by a tenth. */
	fill?: number;
	/** Program text and libraries, mapped and in use. */
	mapped?: number;
	/** Kernel memory besides what the processes need: directory entries, inodes, buffers. */
	slab?: number;
	/** TCP buffers. */
	sockets?: number;
	/** Huge pages of which a part was given back: charged, on the LRU list, in no process. */
	unmapped?: number;
	processes?: readonly ProcessTemplate[];
}

/** Pages of one process, as its page table holds them. */
export interface ProcessPages {
	name: string;
	threads: number;
	/** Anonymous pages that only this process maps. */
	privateAnonymous: number;
	/** Anonymous pages that it maps together with the first process. */
	inheritedAnonymous: number;
	mappedFile: number;
	mappedShared: number;
}

/**
 * The pages that are charged to a container, list by list, as the kernel keeps them (numbers of pages).
 *
 * The anonymous lists hold anonymous pages, shared memory and the unmapped rest of huge pages; the file lists hold
 * page cache on files alone. Every page is in exactly one list or in one kind of kernel memory.
 */
export interface MemoryPages {
	activeAnonymous: number;
	inactiveAnonymous: number;
	activeFile: number;
	inactiveFile: number;
	unevictable: number;
	/** Of the anonymous lists: in some process' page table, in tmpfs or shared mappings, in none. */
	mappedAnonymous: number;
	shared: number;
	unmappedAnonymous: number;
	/** Of the file lists: mapped by a process. */
	mappedFile: number;
	/** Of what is shared: mapped by a process. */
	mappedShared: number;
	kernelStack: number;
	pageTables: number;
	perProcessor: number;
	slabReclaimable: number;
	slabUnreclaimable: number;
	sockets: number;
	processes: readonly ProcessPages[];
}

const pagesOf = (mebibytes: number): number => Math.round((mebibytes * 1024 * 1024) / pageSize);

const oneProcess: readonly ProcessTemplate[] = [{ name: 'main', threads: 8, share: 1 }];

/**
 * The memory of a container at one instant.
 * @param key the container's own number
 * @param started seconds since 1970
 * @param time seconds since 1970, not before `started`
 */
export function memoryPages(profile: MemoryProfile, key: number, started: number, time: number): MemoryPages {
	const age = time - started;
	const grown = profile.ramp ? Math.min(1, 0.12 + (0.88 * age) / profile.ramp) : 1;
	const breath = 1 + (profile.breath ?? 0.01) * noise(key ^ 0x5bd1, time, 97);
	const anonymous = pagesOf(profile.anonymous * grown * breath + ((profile.leak ?? 0) * age) / 60);

	const processes: ProcessPages[] = [];
	const templates = profile.processes ?? oneProcess;
	const mappedFile = pagesOf(profile.mapped ?? 6);
	const shared = pagesOf(profile.shared ?? 0);
	let mappedAnonymous = 0;
	let threads = 0;
	for (const [index, template] of templates.entries()) {
		const own = Math.floor(anonymous * template.share);
		processes.push({
			name: template.name,
			threads: template.threads,
			privateAnonymous: own,
			inheritedAnonymous:
				index === 0
					? 0
					: Math.min(Math.floor(anonymous * (template.inherits ?? 0)), processes[0]?.privateAnonymous ?? 0),
			mappedFile: index === 0 ? mappedFile : mappedFile >> 1,
			mappedShared: index === 0 ? shared >> 1 : 0,
		});
		// Inherited pages are charged once, with the first process.
		mappedAnonymous += own;
		threads += template.threads;
	}

	const filled = profile.fill
		? Math.min(1, 0.05 + age / profile.fill) * (0.95 + 0.05 * noise(key ^ 0x77, time, 61))
		: 1;
	const readOnce = pagesOf((profile.inactiveFile ?? 1) * filled);
	const readAgain = pagesOf((profile.activeFile ?? 1) * filled);
	const unmapped = pagesOf(profile.unmapped ?? 0);
	const anonymousList = mappedAnonymous + shared + unmapped;
	const inactiveAnonymous = Math.floor(anonymousList * 0.04) + shared - (shared >> 2);
	const pageTables = Math.ceil((mappedAnonymous + mappedFile * templates.length) / 512) + 4 * templates.length;
	const slab = pagesOf(profile.slab ?? 0.8);
	return {
		activeAnonymous: Math.max(0, anonymousList - inactiveAnonymous),
		inactiveAnonymous: Math.min(anonymousList, inactiveAnonymous),
		activeFile: readAgain + mappedFile,
		inactiveFile: readOnce,
		unevictable: 0,
		mappedAnonymous,
		shared,
		unmappedAnonymous: unmapped,
		mappedFile,
		mappedShared: shared >> 1,
		kernelStack: threads * 4,
		pageTables,
		perProcessor: 14,
		slabReclaimable: Math.floor(slab * 0.7),
		slabUnreclaimable: slab - Math.floor(slab * 0.7),
		sockets: pagesOf(profile.sockets ?? 0),
		processes,
	};
}

/** Everything that is charged, in pages. Socket buffers have a counter of their own in cgroup v1. */
export function chargedPages(pages: MemoryPages, cgroupVersion: 1 | 2): number {
	const lists = pages.activeAnonymous + pages.inactiveAnonymous + pages.activeFile + pages.inactiveFile;
	return lists + pages.unevictable + kernelPages(pages) + (cgroupVersion === 2 ? pages.sockets : 0);
}

export function kernelPages(pages: MemoryPages): number {
	const slab = pages.slabReclaimable + pages.slabUnreclaimable;
	return pages.kernelStack + pages.pageTables + pages.perProcessor + slab;
}

/** Nothing at all. */
export function noPages(): MemoryPages {
	return {
		activeAnonymous: 0,
		inactiveAnonymous: 0,
		activeFile: 0,
		inactiveFile: 0,
		unevictable: 0,
		mappedAnonymous: 0,
		shared: 0,
		unmappedAnonymous: 0,
		mappedFile: 0,
		mappedShared: 0,
		kernelStack: 0,
		pageTables: 0,
		perProcessor: 0,
		slabReclaimable: 0,
		slabUnreclaimable: 0,
		sockets: 0,
		processes: [],
	};
}

type PageKind = Exclude<keyof MemoryPages, 'processes'>;

const pageKinds = Object.keys(noPages()).filter((kind): kind is PageKind => kind !== 'processes');

/** Adds what is charged to a cgroup to what is charged to the one above it; whose the processes are stays below. */
export function addPages(sum: MemoryPages, more: MemoryPages): void {
	for (const kind of pageKinds) sum[kind] += more[kind];
}

/**
 * What is left in a cgroup after the kernel has held it to its limit: it drops page cache that nobody maps, the inactive
 * first, before it kills anybody.
 */
export function heldTo(limit: number, pages: MemoryPages, cgroupVersion: 1 | 2): MemoryPages {
	const tooMuch = chargedPages(pages, cgroupVersion) - Math.floor(limit / pageSize);
	if (!(tooMuch > 0)) return pages;
	const ofInactive = Math.min(tooMuch, pages.inactiveFile);
	const ofActive = Math.min(tooMuch - ofInactive, Math.max(0, pages.activeFile - pages.mappedFile));
	return { ...pages, inactiveFile: pages.inactiveFile - ofInactive, activeFile: pages.activeFile - ofActive };
}

/** How many of the pages that lie at the beginning of one piece of memory a process counts as its own, if it shares them. */
function shareOf(size: number, sizes: readonly number[]): number {
	let share = 0;
	let begin = 0;
	for (const end of [...new Set(sizes)].sort((first, second) => first - second)) {
		if (end > size) break;
		share += (end - begin) / sizes.filter((other) => other >= end).length;
		begin = end;
	}
	return share;
}

/** Pages that each process counts when what several of them map is divided among these, in their order. */
export function proportionalPages(processes: readonly ProcessPages[]): number[] {
	const inherited = processes.map((process) => process.inheritedAnonymous);
	const files = processes.map((process) => process.mappedFile);
	const [first, ...others] = processes;
	return processes.map((process) => {
		// What was forked off is the beginning of the first one's anonymous memory.
		const anonymous =
			process === first
				? shareOf(process.privateAnonymous, [process.privateAnonymous, ...inherited.slice(1)])
				: process.privateAnonymous +
					shareOf(process.inheritedAnonymous, [
						first?.privateAnonymous ?? 0,
						...others.map((other) => other.inheritedAnonymous),
					]);
		return anonymous + shareOf(process.mappedFile, files) + process.mappedShared;
	});
}
