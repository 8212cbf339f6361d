/** Sorts slots by a column: by radix where there are many, for a comparison a row costs ten times as much. */
import type { WordColumn } from '../../model/fleet/columns.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';

/**
 * What a column holds: numbers (percentages as 0…100 and more, ages in ms, NaN for none), or words. Words whose order is
 * known are sorted by their places in it.
 */
export type SortKey =
	| { numbers: (slot: number) => number }
	| {
			words: (slot: number) => string;
			/** Asked once for a sort: what tells a row's place among the words. */
			ranks?: () => (slot: number) => number;
	  };

/** Below this, comparing is as fast. */
const fewRows = 1024;

/**
 * What sorting needs for a moment, made once: of 150,000 rows that is three megabytes, and a cluster that changes is
 * sorted once a second.
 */
class Room {
	#numbers = new Float64Array(0);
	#keys = new Uint32Array(0);
	#slots = new Uint32Array(0);

	numbers(length: number): Float64Array {
		if (this.#numbers.length < length) {
			this.#numbers = new Float64Array(length);
		}
		return this.#numbers.subarray(0, length);
	}

	keys(length: number): Uint32Array {
		if (this.#keys.length < length) {
			this.#keys = new Uint32Array(length);
		}
		return this.#keys.subarray(0, length);
	}

	slots(length: number): Uint32Array {
		if (this.#slots.length < length) {
			this.#slots = new Uint32Array(length);
		}
		return this.#slots.subarray(0, length);
	}
}

const room = new Room();

/** Sorts in place. Rows that compare equal keep their order; rows without a number come last both ways. */
export function sortSlots(slots: Uint32Array, key: SortKey, descending: boolean): void {
	if ('numbers' in key) {
		sortByNumbers(slots, key.numbers, descending);
	} else if (key.ranks === undefined) {
		sortByWords(slots, key.words, descending);
	} else {
		sortByNumbers(slots, key.ranks(), descending);
	}
}

/** Sorts rows by the words of a column that come from a dictionary. */
export function ranksOf({ dictionary, ids }: WordColumn): () => (slot: number) => number {
	return () => {
		const ranks = dictionary.ranks();
		return (slot) => ranks[ids[slot] as number] ?? 0;
	};
}

function sortByWords(slots: Uint32Array, word: (slot: number) => string, descending: boolean): void {
	const words: string[] = [];
	for (const slot of slots) {
		words.push(word(slot));
	}
	const sign = descending ? -1 : 1;
	reorder(slots, (a, b) => compareWords(words[a] ?? '', words[b] ?? '') * sign);
}

/** Puts the slots in the order of their present places; equal ones keep it. */
function reorder(slots: Uint32Array, compare: (a: number, b: number) => number): void {
	const order = new Uint32Array(slots.length);
	for (let index = 0; index < order.length; index++) {
		order[index] = index;
	}
	order.sort((a, b) => compare(a, b) || a - b);
	slots.set(order.map((index) => slots[index] ?? 0));
}

function sortByNumbers(slots: Uint32Array, number: (slot: number) => number, descending: boolean): void {
	const values = room.numbers(slots.length);
	for (let index = 0; index < slots.length; index++) {
		// Plus zero: −0 is 0.
		values[index] = number(slots[index] as number) + 0;
	}
	if (slots.length < fewRows) {
		const sign = descending ? -1 : 1;
		reorder(slots, (a, b) => {
			const left = values[a] as number;
			const right = values[b] as number;
			return Number.isNaN(left) || Number.isNaN(right)
				? Number(Number.isNaN(left)) - Number(Number.isNaN(right))
				: Math.sign(left - right || 0) * sign;
		});
		return;
	}
	sortByBits(slots, orderedBits(values, descending));
}

/**
 * Sorts in place by keys of 64 bits, of each the low word first, as unsigned integers; `keys` is used up. Equal ones keep
 * their order.
 */
export function sortByBits(slots: Uint32Array, keys: Uint32Array): void {
	let from = slots;
	let to = room.slots(slots.length);
	let fromKeys = keys;
	let toKeys = room.keys(keys.length);
	for (let digit = 0; digit < 4; digit++) {
		if (scatter(from, fromKeys, to, toKeys, digit)) {
			[from, to] = [to, from];
			[fromKeys, toKeys] = [toKeys, fromKeys];
		}
	}
	if (from !== slots) {
		slots.set(from);
	}
}

/** Of each value two words, the low one first, that compare as unsigned integers like the values; NaN is above all. */
function orderedBits(values: Float64Array, descending: boolean): Uint32Array {
	const bits = new Uint32Array(values.buffer, 0, values.length * 2);
	const flip = descending ? 0xffff_ffff : 0;
	for (let index = 0; index < values.length; index++) {
		const low = 2 * index;
		const high = bits[low + 1] as number;
		if (Number.isNaN(values[index])) {
			bits[low] = 0xffff_ffff;
			bits[low + 1] = 0xffff_ffff;
		} else if (high >>> 31 === 1) {
			bits[low] = ~(bits[low] as number) ^ flip;
			bits[low + 1] = ~high ^ flip;
		} else {
			bits[low] = (bits[low] as number) ^ flip;
			bits[low + 1] = high ^ 0x8000_0000 ^ flip;
		}
	}
	return bits;
}

const counts = new Uint32Array(0x1_0000);

/** One pass by 16 of the 64 bits. Returns false, and does nothing, if they are the same in all keys. */
function scatter(
	from: Uint32Array,
	fromKeys: Uint32Array,
	to: Uint32Array,
	toKeys: Uint32Array,
	digit: number,
): boolean {
	const word = digit >> 1;
	const shift = (digit & 1) * 16;
	counts.fill(0);
	for (let index = word; index < fromKeys.length; index += 2) {
		(counts[((fromKeys[index] as number) >>> shift) & 0xffff] as number)++;
	}
	if (counts[((fromKeys[word] as number) >>> shift) & 0xffff] === from.length) {
		return false;
	}
	let place = 0;
	for (let value = 0; value < counts.length; value++) {
		const count = counts[value] as number;
		counts[value] = place;
		place += count;
	}
	for (let index = 0; index < from.length; index++) {
		const low = fromKeys[2 * index] as number;
		const high = fromKeys[2 * index + 1] as number;
		const value = ((word === 0 ? low : high) >>> shift) & 0xffff;
		const target = counts[value] as number;
		counts[value] = target + 1;
		to[target] = from[index] as number;
		toKeys[2 * target] = low;
		toKeys[2 * target + 1] = high;
	}
	return true;
}
