import { bootTime } from './node.ts';
import { mixText, unit } from './random.ts';
import type { Slot, World } from './world.ts';

/** One pod's time in a slot, ms since 1970. */
export interface Stay {
	generation: number;
	/** How often it was made again: see `Slot.renewals`. */
	renewal: number;
	createdAt: number;
	deletedAt: number;
	goneAt: number;
}

/** What never happens. */
export const never = Number.POSITIVE_INFINITY;
const termination = 6000;

/** When the pod that is in this slot now, or was or will be there next, comes and goes. */
export function stayOf(world: World, slot: Slot, time: number): Stay {
	const stay = { ...ownStay(world, slot, time), renewal: 0 };
	const renewal = slot.renewals?.findLastIndex((at) => at <= time) ?? -1;
	const at = slot.renewals?.[renewal] ?? Number.NEGATIVE_INFINITY;
	return at > stay.createdAt && at < stay.deletedAt ? { ...stay, renewal: renewal + 1, createdAt: at } : stay;
}

function ownStay(world: World, slot: Slot, time: number): Omit<Stay, 'renewal'> {
	const { workload, ordinal, turn, turns } = slot;
	const { comings } = workload;
	const stagger = Math.floor(unit(slot.key, 1) * 1500) + (workload.kind === 'StatefulSet' ? ordinal * 41_000 : 0);
	switch (comings.kind) {
		case 'rollout': {
			const every = comings.every * 1000;
			const delay = ordinal * comings.step * 1000;
			const ready = Math.max(...workload.containers.map((container) => container.readyAfter)) * 1000 + 4000;
			let revision = Math.floor((time - delay) / every);
			if (revision % turns !== turn) revision--;
			const deletedAt = (revision + 1) * every + delay + ready;
			return { generation: revision, createdAt: revision * every + delay, deletedAt, goneAt: deletedAt + termination };
		}
		case 'schedule': {
			const every = comings.every * 1000;
			let run = Math.floor(time / every);
			run -= (((run - turn) % turns) + turns) % turns;
			// The controller removes the oldest once a newer one is through.
			const goneAt = (run + comings.keep) * every + (every * 3) / 4;
			return { generation: run, createdAt: run * every, deletedAt: goneAt, goneAt };
		}
		case 'elastic': {
			const first = workload.replicas - comings.count;
			if (ordinal < first) break;
			const every = comings.every * 1000;
			const delay = (ordinal - first) * 15_000;
			const round = Math.floor((time - delay) / every);
			const createdAt = round * every + delay;
			const deletedAt = createdAt + comings.length * 1000;
			return { generation: round, createdAt, deletedAt, goneAt: deletedAt + termination };
		}
		case 'turnover': {
			const every = comings.every * 1000;
			// Replicas take turns: of two or more, one is there at any time.
			const first = unit(mixText(world.seed, `${workload.namespace}/${workload.name}`), 2);
			const phase = Math.floor((first + ordinal / workload.replicas) * every);
			const round = Math.floor((time - phase) / every);
			const createdAt = round * every + phase;
			return {
				generation: round,
				createdAt,
				deletedAt: createdAt + every - termination - 2000,
				goneAt: createdAt + every - 2000,
			};
		}
		default:
	}
	return {
		generation: 0,
		createdAt: since(world, slot) + stagger,
		deletedAt: never,
		goneAt: never,
	};
}

/** Since when a pod that stays is there: a machine that has only just joined has no older ones. */
function since(world: World, { node, workload }: Slot): number {
	const madeAt = world.origin - workload.age * 3_600_000;
	return node !== undefined && node.age < 1 ? Math.max(madeAt, bootTime(node, world.origin)) : madeAt;
}

/** When the next pod comes into a slot that is empty now. */
export function nextComing(world: World, slot: Slot, time: number): number {
	const { comings } = slot.workload;
	if (comings.kind === 'stay') return never;
	let look = time;
	for (let step = 0; step <= slot.turns + 1; step++) {
		look += comings.every * 1000;
		const { createdAt } = stayOf(world, slot, look);
		if (createdAt > time) return createdAt;
	}
	return time + comings.every * 1000;
}
