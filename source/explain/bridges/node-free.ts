/** B3: kubectl top node → `used` of free on the host, by /proc/meminfo. */
import type { HostQuantity } from '../../model/reading.ts';
import { chargedMemory } from '../charged-memory.ts';
import { claimOf } from '../claims.ts';
import type { Context } from '../context.ts';
import { minus, plus, signedSum } from '../signed-sum.ts';
import { currentNodeWorkingSet, rootCountsKernel, rootUsage } from '../working-set.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';
import { planned } from './memory-terms.ts';

/** Two views of one machine agree within this, even if they are of two moments. */
function tolerance(context: Context): number {
	return Math.max(64 * 2 ** 20, context.readings.value('memTotal', 'proc') / 64);
}

function meminfo(context: Context) {
	return (quantity: HostQuantity) => context.readings.find(quantity, 'proc');
}

/** AnonPages + Buffers + Cached + SwapCached: what the usage of a root cgroup is. */
function rootPages(context: Context) {
	const line = meminfo(context);
	return [line('anonPages'), line('buffers'), line('cached'), line('swapCached')];
}

/**
 * A node that is itself a container (kind, minikube's docker driver) has a cgroup of its own at the root, and the
 * /proc/meminfo of the machine around it: no arithmetic leads from one to the other.
 */
function isNested(context: Context): boolean {
	const usage = rootUsage(context).value;
	const pages = signedSum((rootCountsKernel(context) ? [] : rootPages(context)).map(plus)).value;
	return !rootCountsKernel(context) && Math.abs(usage - pages) > tolerance(context);
}

/** Memory of the kernel and of drivers: in no cgroup, but not free. */
function kernelOther(context: Context): PlannedTerm {
	const line = meminfo(context);
	return planned('kernel-other', plus(line('memTotal')), minus(line('memFree')), ...rootPages(context).map(minus));
}

/** The kernel's counters of the root cgroup and of /proc/meminfo are flushed at different times. */
function counterTerms(context: Context): readonly PlannedTerm[] {
	const memory = chargedMemory(context);
	const inactive = planned(
		'inactive-file-counters',
		plus(memory?.get('inactiveFile')),
		minus(meminfo(context)('inactiveFilePages')),
	);
	const usage = signedSum([
		...rootPages(context).map(plus),
		...rootUsage(context).from.map((reading) => minus(reading)),
	]);
	return [
		{ ...inactive, optional: true },
		...(rootCountsKernel(context) || memory === undefined ? [] : [{ id: 'root-counters', sum: usage, optional: true }]),
	];
}

/** procps ≥ 4.0.1: used = WS − Active(file) − KReclaimable + other kernel memory + reserve. */
function today(context: Context): readonly PlannedTerm[] {
	const line = meminfo(context);
	// Kernels before 4.20 have only SReclaimable, and count with it.
	const reclaimable = line('kernelReclaimable') ?? line('slabReclaimable');
	return [
		planned('active-file', minus(line('activeFilePages'))),
		planned('kernel-reclaimable', minus(reclaimable)),
		...(rootCountsKernel(context) ? [] : [kernelOther(context)]),
		planned(
			'kernel-reserve',
			plus(line('memFree')),
			plus(line('activeFilePages')),
			plus(line('inactiveFilePages')),
			plus(reclaimable),
			minus(line('memAvailable')),
		),
	];
}

/** procps 3.3.12 to 4.0.0: used = WS − (Buffers + Cached) + Inactive(file) − SReclaimable + other kernel memory. */
function before(context: Context): readonly PlannedTerm[] {
	const line = meminfo(context);
	return [
		planned('page-cache', minus(line('buffers')), minus(line('cached'))),
		planned('inactive-file', plus(line('inactiveFilePages'))),
		planned('slab-reclaimable', minus(line('slabReclaimable'))),
		...(rootCountsKernel(context) ? [] : [kernelOther(context)]),
	];
}

export const nodeFree: BridgeMaker = {
	id: 'B3',
	make: (context, claims) => {
		const from = claimOf(claims, 'kubectl-top-node', 'memory');
		if (from === undefined || isNested(context)) {
			return [];
		}
		const current = currentNodeWorkingSet(context);
		const sameMoment = from.from.every((reading) => current.from.includes(reading));
		const ends = [
			['free', today],
			['free-3.3', before],
		] as const;
		return ends.flatMap(([tool, terms]) => {
			const to = claimOf(claims, tool, 'memory');
			const moved = sameMoment ? Number.NaN : current.value - from.value;
			return to === undefined
				? []
				: [buildBridge(context, { id: 'B3', from, to, terms: [...terms(context), ...counterTerms(context)], moved })];
		});
	},
};
