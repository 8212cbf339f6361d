/** B2: kubectl top pod, one container → the sum of RES that top and ps inside of it show. */
import type { ReadingQuantity } from '../../model/reading.ts';
import { type ChargedMemory, chargedMemory } from '../charged-memory.ts';
import { claimOf } from '../claims.ts';
import type { Context } from '../context.ts';
import { minus, plus } from '../signed-sum.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';
import { clampTerm, kernelTerms, movedSince, planned } from './memory-terms.ts';

/** Pages that processes have mapped less those that the cgroup is charged for, kind by kind. */
function pageTerms(context: Context, memory: ChargedMemory): readonly PlannedTerm[] {
	const process = (quantity: ReadingQuantity) => context.readings.find(quantity, 'proc');
	const [anon, shmem, file, inactive] = (['anon', 'shmem', 'file', 'inactiveFile'] as const).map((quantity) =>
		memory.get(quantity),
	);
	const [ofAnon, ofShmem, ofFile] = (['residentAnon', 'residentShmem', 'residentFile'] as const).map(process);
	if (ofAnon === undefined && ofShmem === undefined && ofFile === undefined) {
		// Kernels before 4.5 do not tell the kinds of RES apart.
		return [planned('pages', plus(process('resident')), minus(anon), minus(file), plus(inactive))];
	}
	const lazy = process('lazyFree');
	const lazyTerm: readonly PlannedTerm[] =
		lazy !== undefined && lazy.value > 0 ? [planned('lazy-free', plus(lazy))] : [];
	const lazySummand = lazyTerm.length > 0 ? [minus(lazy)] : [];
	const cache =
		shmem === undefined
			? [planned('cache', plus(ofShmem), plus(ofFile), minus(file), plus(inactive), ...lazySummand)]
			: [
					planned('shmem', plus(ofShmem), minus(shmem)),
					planned('file', plus(ofFile), minus(file), plus(shmem), plus(inactive), ...lazySummand),
				];
	return [planned('anon', plus(ofAnon), minus(anon)), ...cache, ...lazyTerm];
}

export const kubectlProcesses: BridgeMaker = {
	id: 'B2',
	make: (context, claims) => {
		const from = claimOf(claims, 'kubectl-top-pod', 'memory');
		const to = claimOf(claims, 'top-in-container', 'memory');
		const memory = chargedMemory(context);
		if (from === undefined || to === undefined || memory === undefined || context.kind === 'pod') {
			return [];
		}
		const terms = [...pageTerms(context, memory), ...kernelTerms(memory, -1), clampTerm(memory, -1)];
		return [
			buildBridge(context, {
				id: 'B2',
				from,
				to,
				terms,
				batched: true,
				processes: true,
				moved: movedSince(memory, from),
			}),
		];
	},
};
