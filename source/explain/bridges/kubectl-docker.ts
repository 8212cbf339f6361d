/** B1: kubectl top pod, one container → docker stats of the three eras of its command line. */
import type { Bridge, Claim } from '../../model/ledger.ts';
import { ChargedMemory, chargedMemory } from '../charged-memory.ts';
import { claimOf } from '../claims.ts';
import type { Context } from '../context.ts';
import { minus, plus } from '../signed-sum.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';
import { clampTerm, movedSince, planned } from './memory-terms.ts';

/** 20.10 and later: the same formula, but what is not smaller than usage is not subtracted. */
function today(memory: ChargedMemory): readonly PlannedTerm[] {
	return memory.value('inactiveFile') >= memory.value('usage')
		? [planned('not-subtracted', plus(memory.get('usage')))]
		: [];
}

/** All that docker ≤ 17.05 did not subtract, and 17.06 to 19.03 on v2. */
function whole(memory: ChargedMemory): readonly PlannedTerm[] {
	return [planned('inactive-file', plus(memory.get('inactiveFile'))), clampTerm(memory, -1)];
}

/**
 * 17.06 to 19.03 on v1 subtracted the whole cache instead of its inactive part: shared memory, active file pages,
 * locked file pages (I3: F − S − IF − AF). And only that of the cgroup itself, not of its children.
 */
function lessCache(memory: ChargedMemory): readonly PlannedTerm[] {
	if (memory.version === 'v2') {
		return whole(memory);
	}
	const [file, shmem, inactive, active] = (['file', 'shmem', 'inactiveFile', 'activeFile'] as const).map((quantity) =>
		memory.get(quantity),
	);
	const parts =
		shmem === undefined
			? [planned('cache', minus(file), plus(inactive))]
			: [
					planned('shmem', minus(shmem)),
					planned('active-file', minus(active)),
					{ ...planned('locked-file', minus(file), plus(shmem), plus(inactive), plus(active)), unlessZero: true },
				];
	return [
		...parts,
		{ ...planned('children-cache', plus(file), minus(memory.get('localCache'))), optional: true },
		clampTerm(memory, -1),
	];
}

const eras = [
	['docker-stats', today],
	['docker-stats-17.06', lessCache],
	['docker-stats-17.05', whole],
] as const;

/**
 * What docker computed with. Where the cgroup's own files agree with the engine to the byte, those: they tell shared
 * memory apart, which the engine does not on v1.
 */
function comparedMemory(context: Context): ChargedMemory | undefined {
	const best = chargedMemory(context);
	if (best === undefined || context.readings.find('usage', 'docker') === undefined) {
		return best;
	}
	const docker = new ChargedMemory(context, 'docker');
	const same = (['usage', 'file', 'inactiveFile', 'localCache'] as const).every((quantity) =>
		Object.is(best.value(quantity), docker.value(quantity)),
	);
	return same ? best : docker;
}

function bridges(context: Context, claims: readonly Claim[]): readonly Bridge[] {
	const from = claimOf(claims, 'kubectl-top-pod', 'memory');
	const memory = comparedMemory(context);
	if (from === undefined || memory === undefined) {
		return [];
	}
	return eras.flatMap(([tool, terms]) => {
		const to = claimOf(claims, tool, 'memory');
		// Old clients subtract unsigned: of a cache larger than usage they print 16EiB, to which no term leads.
		return to === undefined || to.value >= 2 ** 63
			? []
			: [buildBridge(context, { id: 'B1', from, to, terms: terms(memory), moved: movedSince(memory, from) })];
	});
}

export const kubectlDocker: BridgeMaker = { id: 'B1', make: bridges };
