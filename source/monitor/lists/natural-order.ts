import type { Slots } from '../../model/fleet/columns.ts';

/** The live slots of a table sorted by name, kept until a row comes or goes; then only what is new is sorted in. */
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
			this.#order = this.#make();
			this.#version = this.#slots.version;
		}
		return this.#order;
	}

	#make(): Uint32Array {
		const slots = this.#slots;
		const version = this.#version;
		const newcomers: number[] = [];
		for (let slot = 0; slot < slots.end; slot++) {
			if (slots.isLive(slot) && slots.isNewer(slot, version)) {
				newcomers.push(slot);
			}
		}
		// Lists come sorted, which the engine's merge sort turns to account.
		newcomers.sort(this.#compare);
		const order = new Uint32Array(slots.count);
		let length = 0;
		let next = 0;
		for (const slot of this.#order) {
			if (!slots.isLive(slot) || slots.isNewer(slot, version)) {
				continue;
			}
			while (next < newcomers.length && this.#compare(newcomers[next] as number, slot) < 0) {
				order[length++] = newcomers[next++] as number;
			}
			order[length++] = slot;
		}
		while (next < newcomers.length) {
			order[length++] = newcomers[next++] as number;
		}
		return order;
	}
}
