import type { Slots } from '../../model/fleet/columns.ts';
import { renew } from './renew.ts';
import { type NumberKey, placesIn } from './sort-key.ts';

/** The live slots of a table sorted by name, kept until a row comes or goes; then only what is new is sorted in. */
export class NaturalOrder {
	readonly #slots: Slots;
	readonly compare: (a: number, b: number) => number;
	#version = -1;
	#order: Uint32Array = new Uint32Array(0);
	/** By slot; of which version. */
	#places: Uint32Array = new Uint32Array(0);
	#placed = -1;

	/** @param compare By name; slots whose names never change while they live. */
	constructor(slots: Slots, compare: (a: number, b: number) => number) {
		this.#slots = slots;
		this.compare = compare;
	}

	get(): Uint32Array {
		if (this.#version !== this.#slots.version) {
			this.#order = this.#make();
			this.#version = this.#slots.version;
		}
		return this.#order;
	}

	/** Sorts rows by their places in this order. */
	ranks(): NumberKey {
		const order = this.get();
		if (this.#placed !== this.#version) {
			this.#places = new Uint32Array(this.#slots.end);
			for (let place = 0; place < order.length; place++) {
				this.#places[order[place] as number] = place;
			}
			this.#placed = this.#version;
		}
		return placesIn(this.#places);
	}

	/** Begins with an order that was made elsewhere, of the rows that were there at some version. */
	begin(order: Uint32Array, version: number): void {
		if (version > this.#version) {
			this.#order = order;
			this.#version = version;
		}
	}

	#make(): Uint32Array {
		return renew(this.#order, this.#slots, this.#version, this.#newcomers(), this.compare);
	}

	#newcomers(): number[] {
		const slots = this.#slots;
		const newcomers: number[] = [];
		for (let slot = 0; slot < slots.end; slot++) {
			if (slots.isLive(slot) && slots.isNewer(slot, this.#version)) {
				newcomers.push(slot);
			}
		}
		// Lists come sorted, which the engine's merge sort turns to account.
		return newcomers.sort(this.compare);
	}
}
