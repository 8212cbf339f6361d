/** Sorts slots by a column: by radix where there are many, for a comparison a row costs ten times as much. */
import { compareWords } from '../../model/fleet/dictionary.ts';
import { numbersFor, orderedBits, sortByBits } from './radix.ts';
import type { NumberKey, SortKey } from './sort-key.ts';

/** Below this, comparing is as fast. */
export const fewRows = 1024;

/** Sorts in place. Rows that compare equal keep their order; rows without a number come last both ways. */
export function sortSlots(slots: Uint32Array, key: SortKey, descending: boolean): void {
	const known = knownOrder(slots, key);
	if (known !== null) {
		slots.set(known);
		if (descending) {
			slots.reverse();
		}
	} else if ('numbers' in key) {
		sortByNumbers(slots, key, descending);
	} else if (key.ranks === undefined) {
		sortByWords(slots, key.words, descending);
	} else {
		sortByNumbers(slots, key.ranks(), descending);
	}
}

/** These slots in ascending order, where they are all of the list and that order is kept; not to be written to. */
export function knownOrder(slots: Uint32Array, key: SortKey): Uint32Array | null {
	const order = 'numbers' in key ? undefined : key.order?.();
	return order?.length === slots.length ? order : null;
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

/** No number comes last both ways. */
export function compareNumbers(left: number, right: number, descending: boolean): number {
	return Number.isNaN(left) || Number.isNaN(right)
		? Number(Number.isNaN(left)) - Number(Number.isNaN(right))
		: Math.sign(left - right || 0) * (descending ? -1 : 1);
}

function sortByNumbers(slots: Uint32Array, key: NumberKey, descending: boolean): void {
	const values = numbersFor(slots, key);
	if (slots.length < fewRows) {
		reorder(slots, (a, b) => compareNumbers(values[a] as number, values[b] as number, descending));
		return;
	}
	sortByBits(slots, orderedBits(values, descending));
}
