/**
 * The parts of a working set as planned terms. By the identities of the LRU lists:
 * usage = lists + kernel + socket (v2) + ε, and lists = anon + file + T, so
 * WS = usage − inactive_file = anon + shmem + (file − shmem − inactive_file) + T + kernel + socket + ε.
 */
import type { ChargedMemory } from '../charged-memory.ts';
import { negated, type Summand, signedSum } from '../signed-sum.ts';
import type { PlannedTerm } from './bridge.ts';

export function planned(id: string, ...summands: readonly Summand[]): PlannedTerm {
	return { id, sum: signedSum(summands) };
}

function signed(sign: 1 | -1, summands: readonly Summand[]): readonly Summand[] {
	return sign === 1 ? summands : negated(summands);
}

/** What of usage is neither anonymous nor page cache. Sockets only where they are a part of usage. */
export function kernelTerms(memory: ChargedMemory, sign: 1 | -1): readonly PlannedTerm[] {
	const sockets = memory.socketSummands(sign);
	return [
		planned('kernel', { sign, reading: memory.get('kernel') }),
		...(sockets.length === 0 ? [] : [planned('socket', ...sockets)]),
		...unlistedTerms(memory, sign),
	];
}

/**
 * T of the identities. Less than none: pages are counted as anonymous or file before they are on a list, to which each CPU
 * adds them in batches (mm/swap.c), and reclaim takes them off the lists while it looks at them.
 */
function unlistedTerms(memory: ChargedMemory, sign: 1 | -1): readonly PlannedTerm[] {
	const sum = memory.unmapped(sign);
	return [sign * sum.value < 0 ? { id: 'unlisted', sum } : { id: 'unmapped', sum, unlessZero: true }];
}

/** Shared memory and file pages that are not inactive; together, if the kernel does not tell shmem apart. */
export function cacheTerms(memory: ChargedMemory, sign: 1 | -1): readonly PlannedTerm[] {
	const file = { sign: 1, reading: memory.get('file') } as const;
	const shmem = { sign: 1, reading: memory.get('shmem') } as const;
	const inactive = { sign: -1, reading: memory.get('inactiveFile') } as const;
	if (shmem.reading === undefined) {
		return [planned('cache', ...signed(sign, [file, inactive]))];
	}
	return [
		planned('shmem', ...signed(sign, [shmem])),
		planned('file', ...signed(sign, [file, { sign: -1, reading: shmem.reading }, inactive])),
	];
}

/**
 * A working set is never less than 0: `usage − inactive_file` of usage when there is more inactive file than usage
 * (counters are not read at one moment).
 */
export function clampTerm(memory: ChargedMemory, sign: 1 | -1): PlannedTerm {
	const sum = signedSum(
		signed(sign, [
			{ sign: 1, reading: memory.get('inactiveFile') },
			{ sign: -1, reading: memory.get('usage') },
		]),
	);
	const clamped = sign * sum.value > 0;
	return { id: 'clamp', sum: clamped ? sum : { ...sum, value: 0 }, optional: true };
}

/** How much the working set had moved since the sample that a claim was made of; NaN if that is not known. */
export function movedSince(
	memory: ChargedMemory,
	claim: { value: number; from: readonly { source: string }[] },
): number {
	if (claim.from.every((reading) => reading.source === memory.source)) {
		return Number.NaN;
	}
	return memory.workingSet().value - claim.value;
}
