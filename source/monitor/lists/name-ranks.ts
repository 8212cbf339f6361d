import type { Slots } from '../../model/fleet/columns.ts';
import type { NameColumn } from '../../model/fleet/name-column.ts';
import { NaturalOrder } from './natural-order.ts';
import { sortByBits } from './radix.ts';
import type { NumberKey } from './sort-key.ts';

/** By so many bytes names are sorted without comparing them; what is equal so far is compared. */
const prefix = 16;

/** So many rows are gone through at a time while others may be waiting. */
const slice = 30_000;

/** With fewer rows it is not worth being done beforehand. */
const fewRows = 5000;

/** The places of rows in the order of their names, kept until a row comes or goes; then only what is new is sorted in. */
export class NameRanks {
	readonly #slots: Slots;
	readonly #names: NameColumn;
	readonly #order: NaturalOrder;
	#begun = false;

	/** @param compare puts rows of one name in order */
	constructor(slots: Slots, names: NameColumn, compare: (a: number, b: number) => number) {
		this.#slots = slots;
		this.#names = names;
		this.#order = new NaturalOrder(slots, (a, b) => names.compare(a, b) || compare(a, b));
	}

	ranks(): NumberKey {
		for (const _ of this.prepare());
		return this.#order.ranks();
	}

	/** All rows in the order of their names; not to be written to. */
	order(): Uint32Array {
		for (const _ of this.prepare());
		return this.#order.get();
	}

	/** Makes the order, which takes long where there are many rows, in steps of a few milliseconds. */
	*prepare(): Generator<void> {
		if (this.#begun || this.#slots.count < fewRows) {
			return;
		}
		const { version } = this.#slots;
		const order = Uint32Array.from(this.#slots.all());
		yield* this.#sortByPrefix(order);
		// What has come or gone meanwhile is left out, for its name is not the one that it was sorted by.
		const kept = order.filter((slot) => this.#slots.isLive(slot) && !this.#slots.isNewer(slot, version));
		this.#sortAlike(kept);
		this.#begun = true;
		this.#order.begin(kept, version);
	}

	*#sortByPrefix(order: Uint32Array): Generator<void> {
		// The least significant bytes first: each sort keeps what the one before has put in order.
		for (let at = prefix - 8; at >= 0; at -= 8) {
			const keys = new Uint32Array(order.length * 2);
			for (let from = 0; from < order.length; from += slice) {
				this.#readKeys(order, keys, at, from, Math.min(order.length, from + slice));
				yield;
			}
			sortByBits(order, keys);
			yield;
		}
	}

	#readKeys(order: Uint32Array, keys: Uint32Array, at: number, from: number, to: number): void {
		const names = this.#names;
		for (let index = from; index < to; index++) {
			const slot = order[index] as number;
			keys[2 * index] = names.bytesAt(slot, at + 4);
			keys[2 * index + 1] = names.bytesAt(slot, at);
		}
	}

	/** Sorts those whose names begin alike. */
	#sortAlike(order: Uint32Array): void {
		let start = 0;
		for (let index = 1; index <= order.length; index++) {
			if (index === order.length || !this.#beginsAlike(order[start] as number, order[index] as number)) {
				if (index - start > 1) {
					order.subarray(start, index).sort(this.#order.compare);
				}
				start = index;
			}
		}
	}

	#beginsAlike(a: number, b: number): boolean {
		for (let at = prefix - 4; at >= 0; at -= 4) {
			if (this.#names.bytesAt(a, at) !== this.#names.bytesAt(b, at)) {
				return false;
			}
		}
		return true;
	}
}
