import type { Slots } from '../../model/fleet/columns.ts';
import type { NameColumn } from '../../model/fleet/name-column.ts';
import { sortByBits } from './sort.ts';

/** By so many bytes names are sorted without comparing them; what is equal so far is compared. */
const prefix = 16;

/** The places of rows in the order of their names, kept until a row comes or goes. */
export class NameRanks {
	readonly #slots: Slots;
	readonly #names: NameColumn;
	#version = -1;
	/** By slot; equal names have the same. */
	#ranks: Uint32Array = new Uint32Array(0);

	constructor(slots: Slots, names: NameColumn) {
		this.#slots = slots;
		this.#names = names;
	}

	ranks(): (slot: number) => number {
		if (this.#version !== this.#slots.version) {
			this.#rank(this.#sorted());
			this.#version = this.#slots.version;
		}
		const ranks = this.#ranks;
		return (slot) => ranks[slot] as number;
	}

	#sorted(): Uint32Array {
		const names = this.#names;
		const order = Uint32Array.from(this.#slots.all());
		// The least significant bytes first: each sort keeps what the one before has put in order.
		for (let at = prefix - 8; at >= 0; at -= 8) {
			const keys = new Uint32Array(order.length * 2);
			for (let index = 0; index < order.length; index++) {
				const slot = order[index] as number;
				keys[2 * index] = names.bytesAt(slot, at + 4);
				keys[2 * index + 1] = names.bytesAt(slot, at);
			}
			sortByBits(order, keys);
		}
		let start = 0;
		for (let index = 1; index <= order.length; index++) {
			if (index === order.length || !this.#beginsAlike(order[start] as number, order[index] as number)) {
				if (index - start > 1) {
					order.subarray(start, index).sort((a, b) => names.compare(a, b));
				}
				start = index;
			}
		}
		return order;
	}

	#beginsAlike(a: number, b: number): boolean {
		for (let at = prefix - 4; at >= 0; at -= 4) {
			if (this.#names.bytesAt(a, at) !== this.#names.bytesAt(b, at)) {
				return false;
			}
		}
		return true;
	}

	#rank(order: Uint32Array): void {
		this.#ranks = new Uint32Array(this.#slots.end);
		let rank = 0;
		for (let index = 0; index < order.length; index++) {
			const slot = order[index] as number;
			if (index > 0 && this.#names.compare(order[index - 1] as number, slot) !== 0) {
				rank++;
			}
			this.#ranks[slot] = rank;
		}
	}
}
