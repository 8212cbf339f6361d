/** The make-up of usage for a stacked bar, from the LRU lists: anon + file would leave a false hole (huge pages). */
import type { Slice } from '../model/ledger.ts';
import type { MemoryQuantity } from '../model/reading.ts';
import { chargedMemory } from './charged-memory.ts';
import { type Context, firstNumber, isMachine } from './context.ts';
import { rootCountsKernel, rootIsContainer, rootUsage } from './working-set.ts';

/**
 * Slices of usage, which they add up to by the remainder: counter batches, and what the source does not give
 * (kernel memory of docker's API). It may be negative by as much as counters are apart. Locked pages are where they
 * would be if they were not locked: anonymous ones in `anon`, those of files in `activeFile`. Empty without usage,
 * anonymous and file pages.
 */
export function makeSlices(context: Context): readonly Slice[] {
	const memory = chargedMemory(context);
	if (memory === undefined) {
		return [];
	}
	const value = (quantity: MemoryQuantity) => memory.value(quantity);
	const usage = isMachine(context) ? rootUsage(context).value : value('usage');
	const [inactive, active] = [value('inactiveFile'), value('activeFile')];
	const lists = memory.listed();
	// Where shmem is not told apart (docker on v1, old kernels) it is what file has beyond its lists: I3.
	const shmem = firstNumber(value('shmem'), Math.max(0, value('file') - inactive - active));
	const locked = Math.max(0, firstNumber(value('file') - shmem - inactive - active, 0));
	const listed = lists - inactive - active - shmem - locked;
	// The usage of a root has no pages that are on a list and mapped by nobody.
	const anon = isMachine(context) ? firstNumber(value('anon'), listed) : firstNumber(listed, value('anon'));
	if ([usage, anon, shmem, inactive, active].some(Number.isNaN)) {
		return [];
	}
	const slices: Slice[] = [
		{ id: 'anon', value: anon },
		{ id: 'shmem', value: shmem },
		{ id: 'activeFile', value: active + locked },
		{ id: 'inactiveFile', value: inactive },
	];
	// The usage of a whole machine is of pages alone, but for that of kubelets 1.22 to 1.28 on cgroup v2, and of containers.
	if (!isMachine(context) || rootCountsKernel(context) || rootIsContainer(context)) {
		const kernel = value('kernel');
		const socket = memory.version === 'v1' ? Number.NaN : value('socket');
		slices.push(...(Number.isNaN(kernel) ? [] : [{ id: 'kernel' as const, value: kernel }]));
		slices.push(...(Number.isNaN(socket) ? [] : [{ id: 'socket' as const, value: socket }]));
	}
	const sum = slices.reduce((total, slice) => total + slice.value, 0);
	return [...slices, { id: 'remainder', value: usage - sum }];
}
