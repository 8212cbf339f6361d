/**
 * One ground truth: pages of a container, its processes and a machine. Every file's fields are sums of these pages, as the
 * kernel makes them; no formula of a tool is used here.
 */
import fc from 'fast-check';
import { type Reading, Readings, type SourceId } from '../../source/model/reading.ts';
import { reading } from './made.ts';

const page = 4096;
const pages = (max = 1_000_000) => fc.integer({ min: 0, max }).map((count) => count * page);

export const containerPages = fc.record({
	/** Mapped anonymous pages by list; `anonLazy` were given back by MADV_FREE and lie on the inactive file list. */
	anonInactive: pages(),
	anonActive: pages(),
	anonLocked: pages(),
	anonLazy: pages(),
	/** On the anonymous lists, but mapped by nobody. */
	unmapped: pages(),
	shmemInactive: pages(),
	shmemActive: pages(),
	shmemLocked: pages(),
	fileInactive: pages(),
	fileActive: pages(),
	fileLocked: pages(),
	kernel: pages(),
	socket: pages(),
	/** How much of the page cache is charged to child cgroups. */
	childShare: fc.integer({ min: 0, max: 100 }),
	/** What the processes have mapped, shared pages counted again for each, pages of others included. */
	residentAnon: pages(),
	residentShmem: pages(),
	residentFile: pages(),
});

export type ContainerPages = typeof containerPages extends fc.Arbitrary<infer Value> ? Value : never;

function listed(source: SourceId, values: Readonly<Record<string, number>>): Reading[] {
	return Object.entries(values).map(([quantity, value]) => reading(source, quantity as Reading['quantity'], value));
}

export function processReadings(all: ContainerPages): Reading[] {
	return listed('proc', {
		resident: all.residentAnon + all.residentShmem + all.residentFile,
		residentAnon: all.residentAnon,
		residentShmem: all.residentShmem,
		residentFile: all.residentFile,
		lazyFree: all.anonLazy,
		virtual: 2 * (all.residentAnon + all.residentShmem + all.residentFile),
		processes: 3,
		unreadableProcesses: 0,
	});
}

/** The fields of memory.* of a container. */
export function cgroupReadings(all: ContainerPages, version: 'v1' | 'v2'): Reading[] {
	const anon = all.anonInactive + all.anonActive + all.anonLocked + all.anonLazy;
	const shmem = all.shmemInactive + all.shmemActive + all.shmemLocked;
	const file = shmem + all.fileInactive + all.fileActive + all.fileLocked;
	const charged = anon + file + all.unmapped + all.kernel;
	const values = {
		usage: version === 'v2' ? charged + all.socket : charged,
		anon,
		file,
		shmem,
		inactiveAnon: all.anonInactive + all.shmemInactive + all.unmapped,
		activeAnon: all.anonActive + all.shmemActive,
		inactiveFile: all.fileInactive + all.anonLazy,
		activeFile: all.fileActive,
		unevictable: all.anonLocked + all.shmemLocked + all.fileLocked,
		kernel: all.kernel,
		socket: all.socket,
	};
	const local: Record<string, number> =
		version === 'v1' ? { localCache: Math.floor((file / page) * (1 - all.childShare / 100)) * page } : {};
	return listed(`cgroup-${version}`, { ...values, ...local });
}

export function container(all: ContainerPages, version: 'v1' | 'v2'): Readings {
	return new Readings([...cgroupReadings(all, version), ...processReadings(all)]);
}

export const machinePages = fc.record({
	anon: pages(),
	buffers: pages(),
	/** Page cache but for shared memory. */
	fileInactive: pages(),
	fileActive: pages(),
	shmem: pages(),
	swapCached: pages(1000),
	slabReclaimable: pages(),
	reclaimableElse: pages(1000),
	kernelElse: pages(),
	free: pages(),
	/** What the kernel does not count as available, of what is free or could be freed. */
	reserve: pages(100),
});

export type MachinePages = typeof machinePages extends fc.Arbitrary<infer Value> ? Value : never;

export function machine(all: MachinePages, version: 'v1' | 'v2'): Readings {
	const cached = all.fileInactive + all.fileActive + all.shmem;
	const file = cached + all.buffers + all.swapCached;
	const reclaimable = all.slabReclaimable + all.reclaimableElse;
	const memTotal = all.anon + file + reclaimable + all.kernelElse + all.free;
	const lists = { inactiveFile: all.fileInactive + all.buffers, activeFile: all.fileActive };
	const root = { anon: all.anon, file, shmem: all.shmem, ...lists };
	return new Readings([
		...listed(`cgroup-${version}`, version === 'v1' ? { usage: all.anon + file, ...root } : root),
		...listed('proc', {
			memTotal,
			memFree: all.free,
			memAvailable: all.free + lists.inactiveFile + lists.activeFile + reclaimable - all.reserve,
			buffers: all.buffers,
			cached,
			swapCached: all.swapCached,
			anonPages: all.anon,
			activeFilePages: lists.activeFile,
			inactiveFilePages: lists.inactiveFile,
			kernelReclaimable: reclaimable,
			slabReclaimable: all.slabReclaimable,
		}),
	]);
}
