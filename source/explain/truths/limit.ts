/** What the OOM killer compares, what it could get back first, and how near the limit is. */
import { type ChargedMemory, chargedMemory } from '../charged-memory.ts';
import { type Context, isMachine } from '../context.ts';
import type { TruthMaker } from './truth.ts';

/** No limit is written as `max`, as 2^63 − 4096, or reported as all memory of the machine. */
function limitOf(context: Context): number {
	const limit = context.readings.value('memoryLimit');
	const unlimited = limit >= 2 ** 62 || limit >= context.readings.value('memTotal');
	return limit > 0 && !unlimited ? limit : Number.NaN;
}

/** Reclaimable slabs of the cgroup: memory.stat of v2 alone has them. */
function reclaimableSlab(memory: ChargedMemory): number {
	return memory.value('slabReclaimable');
}

/**
 * What cannot be got back without swap: anonymous and shared memory (with what is listed but not mapped), locked pages,
 * kernel memory less reclaimable slabs, sockets. NaN if a part is not known.
 */
function floorOf(memory: ChargedMemory): number {
	const slab = reclaimableSlab(memory);
	const socket = memory.version === 'v1' ? 0 : memory.value('socket');
	return (
		memory.value('inactiveAnon') +
		memory.value('activeAnon') +
		memory.value('unevictable') +
		memory.value('kernel') -
		(Number.isNaN(slab) ? 0 : slab) +
		socket
	);
}

export const workingSetIsNotOom: TruthMaker = {
	id: 'working-set-is-not-oom',
	make: (context) => {
		const memory = chargedMemory(context);
		const limit = limitOf(context);
		const usage = memory?.value('usage') ?? Number.NaN;
		const workingSet = memory?.workingSet().value ?? Number.NaN;
		return isMachine(context) || Number.isNaN(limit + usage + workingSet) ? undefined : { usage, workingSet, limit };
	},
};

/** Less than a tenth of a MiB would be printed as 0. */
const leastWorthSaying = 2 ** 20 / 10;

export const reclaimable: TruthMaker = {
	id: 'reclaimable',
	make: (context) => {
		const memory = chargedMemory(context);
		const inactiveFile = memory?.value('inactiveFile') ?? Number.NaN;
		const activeFile = memory?.value('activeFile') ?? Number.NaN;
		if (memory === undefined || Number.isNaN(inactiveFile + activeFile)) {
			return undefined;
		}
		const slab = reclaimableSlab(memory);
		const facts = { inactiveFile, activeFile, total: inactiveFile + activeFile };
		const all = Number.isNaN(slab) ? facts : { ...facts, slab, total: facts.total + slab };
		return all.total < leastWorthSaying ? undefined : all;
	},
};

export const nearLimit: TruthMaker = {
	id: 'limit-percent',
	make: (context) => {
		const memory = chargedMemory(context);
		const limit = limitOf(context);
		if (memory === undefined || isMachine(context) || Number.isNaN(limit)) {
			return undefined;
		}
		const [usage, workingSet, floor] = [memory.value('usage'), memory.workingSet().value, floorOf(memory)];
		if (Number.isNaN(usage + workingSet + floor)) {
			return undefined;
		}
		const percent = (value: number) => Math.round((value / limit) * 1000) / 10;
		return {
			limit,
			floor,
			usagePercent: percent(usage),
			workingSetPercent: percent(workingSet),
			floorPercent: percent(floor),
		};
	},
};
