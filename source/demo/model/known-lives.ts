import { never } from './comings.ts';
import { lifeAt, type PodLife } from './life.ts';
import type { Slot, World } from './world.ts';

/** The pod in each slot, remembered for as long as it stays as it is: looking it up takes longer than its sample. */
export class KnownLives {
	readonly #world: World;
	readonly #known = new Map<Slot, { pod: PodLife | undefined; from: number; until: number; renewals: number }>();

	constructor(world: World) {
		this.#world = world;
	}

	/** The same as {@link lifeAt}; the same object as before if nothing has changed. @param time ms since 1970 */
	at(slot: Slot, time: number): PodLife | undefined {
		// A pod that is made again ends before its time, which a look at the time before does not tell.
		const renewals = slot.renewals?.length ?? 0;
		const known = this.#known.get(slot);
		if (known?.renewals === renewals && time >= known.from && time < known.until) return known.pod;
		const { pod, until } = lifeAt(this.#world, slot, time);
		const renewed = slot.renewals?.find((at) => at > time) ?? never;
		this.#known.set(slot, { pod, from: time, until: Math.min(until, renewed), renewals });
		return pod;
	}
}
