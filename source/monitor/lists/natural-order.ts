import type { Slots } from '../../model/fleet/columns.ts';

/** The live slots of a table sorted by name, kept until a row comes or goes. */
export class NaturalOrder {
	readonly #slots: Slots;
	readonly #compare: (a: number, b: number) => number;
	#version = -1;
	#order: Uint32Array = new Uint32Array(0);

	/** @param compare By name; slots whose names never change while they live. */
	constructor(slots: Slots, compare: (a: number, b: number) => number) {
		this.#slots = slots;
		this.#compare = compare;
	}

	get(): Uint32Array {
		if (this.#version !== this.#slots.version) {
			this.#version = this.#slots.version;
			this.#order = this.#make();
		}
		return this.#order;
	}

	#make(): Uint32Array {
		// What is left of the old order is nearly sorted, which the engine's merge sort turns to account.
		const live = this.#slots.live;
		const taken = new Uint8Array(live.length);
		const order = new Uint32Array(this.#slots.count);
		let length = 0;
		for (const slot of this.#order) {
			if (live[slot] === 1 && taken[slot] === 0) {
				taken[slot] = 1;
				order[length++] = slot;
			}
		}
		for (let slot = 0; slot < this.#slots.end; slot++) {
			if (live[slot] === 1 && taken[slot] === 0) {
				order[length++] = slot;
			}
		}
		return order.sort(this.#compare);
	}
}
