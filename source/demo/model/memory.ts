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
			inheritedAnonymous: index === 0 ? 0 : Math.floor(anonymous * (template.inherits ?? 0)),
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
