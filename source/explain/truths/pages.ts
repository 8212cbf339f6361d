/** What lists and counters of pages do and do not mean. */
import { chargedMemory } from '../charged-memory.ts';
import type { TruthMaker } from './truth.ts';

export const multiGenerationalLru: TruthMaker = {
	id: 'multi-generational-lru',
	make: ({ versions }) => (versions.multiGenerationalLru === true ? { kernel: versions.kernel } : undefined),
};

export const cacheBeyondWorkingSet: TruthMaker = {
	id: 'cache-beyond-working-set',
	make: (context) => {
		const memory = chargedMemory(context);
		const cache = memory?.value('file') ?? Number.NaN;
		const workingSet = memory?.workingSet().value ?? Number.NaN;
		return cache > workingSet ? { cache, workingSet } : undefined;
	},
};

/** Shared memory is called cache, and cannot be dropped as cache can. */
export const sharedIsNotCache: TruthMaker = {
	id: 'shared-is-not-cache',
	make: (context) => {
		const shmem = chargedMemory(context)?.value('shmem') ?? Number.NaN;
		return shmem >= 2 ** 20 ? { shmem } : undefined;
	},
};

/** MADV_FREE: given back lazily, still resident, already counted as inactive file pages. */
export const lazilyFreed: TruthMaker = {
	id: 'lazily-freed',
	make: ({ readings }) => {
		const bytes = readings.value('lazyFree');
		return bytes >= 2 ** 20 ? { bytes } : undefined;
	},
};

/** What hidden processes have mapped is missing in ΣRES: it stands in the terms of mapped pages. */
export const hiddenProcesses: TruthMaker = {
	id: 'hidden-processes',
	make: ({ readings }) => {
		const hidden = readings.value('unreadableProcesses', 'proc');
		return hidden > 0 ? { hidden } : undefined;
	},
};

/** RES counts what forks share once for each of them; PSS counts it once. */
export const resCountsShared: TruthMaker = {
	id: 'res-counts-shared',
	make: ({ readings, kind }) => {
		const resident = readings.value('resident', 'proc');
		const proportional = readings.value('proportional', 'proc');
		return kind !== 'process' && resident > proportional * 1.1 ? { resident, proportional } : undefined;
	},
};
