import { lifeAt, type PodLife } from './life.ts';
import type { Slot, World } from './world.ts';

/** The pod in each slot, remembered for as long as it stays as it is: looking it up takes longer than its sample. */
export class KnownLives {
	readonly #world: World;
	readonly #known = new Map<Slot, { pod: PodLife | undefined; from: number; until: number }>();

	constructor(world: World) {
		this.#world = world;
	}

	/** The same as {@link lifeAt}; the same object as before if nothing has changed. @param time ms since 1970 */
	at(slot: Slot, time: number): PodLife | undefined {
		const known = this.#known.get(slot);
		if (known && time >= known.from && time < known.until) return known.pod;
		const { pod, until } = lifeAt(this.#world, slot, time);
		this.#known.set(slot, { pod, from: time, until });
		return pod;
	}
}
