/** Some rows of an order without the order: what a screen needs at once when a key asks for another one. */
import { type Part, placeOf, type Span } from './place.ts';
import { counts, numbersFor, orderedBits, sortByBits } from './radix.ts';
import { fewRows, knownOrder } from './sort.ts';
import type { SortKey } from './sort-key.ts';

/**
 * The rows at some places of the order that {@link sortSlots} would bring about, which is not made: of 150,000 rows most
 * are looked at twice and moved nowhere.
 *
 * @param anchor the row that they lie around, −1 if there is none: then they begin where the span does
 * @returns null where sorting all of them takes no longer, or where only words can be compared
 */
export function sortPart(
	slots: Uint32Array,
	key: SortKey,
	descending: boolean,
	anchor: number,
	span: Span,
): Part | null {
	if (slots.length < fewRows) {
		return null;
	}
	const known = knownOrder(slots, key);
	if (known !== null) {
		return partOf(known, descending, anchor, span);
	}
	const numbers = 'numbers' in key ? key : key.ranks?.();
	if (numbers === undefined) {
		return null;
	}
	const bits = orderedBits(numbersFor(slots, numbers), descending);
	const anchorIndex = anchor < 0 ? -1 : countBefore(slots.indexOf(anchor), bits);
	const from = placeOf(span, slots.length, anchorIndex);
	const { count } = span;
	const near = between(bits, from, from + count);
	const some = near.indexes.map((index) => slots[index] as number);
	const someBits = new Uint32Array(some.length * 2);
	for (let index = 0; index < some.length; index++) {
		const row = near.indexes[index] as number;
		someBits[2 * index] = bits[2 * row] as number;
		someBits[2 * index + 1] = bits[2 * row + 1] as number;
	}
	sortByBits(some, someBits);
	return { from, anchorIndex, slots: some.subarray(from - near.before, from - near.before + count) };
}

/** @param order of all rows, ascending */
function partOf(order: Uint32Array, descending: boolean, anchor: number, span: Span): Part {
	const { length } = order;
	const place = anchor < 0 ? -1 : order.indexOf(anchor);
	const anchorIndex = descending && place >= 0 ? length - 1 - place : place;
	const from = placeOf(span, length, anchorIndex);
	const to = Math.min(length, from + span.count);
	const slots = descending ? order.slice(length - to, length - from).reverse() : order.slice(from, to);
	return { from, anchorIndex, slots };
}

/** How many rows come before the one at this index; −1 if there is none. */
function countBefore(index: number, bits: Uint32Array): number {
	if (index < 0) {
		return -1;
	}
	const low = bits[2 * index] as number;
	const high = bits[2 * index + 1] as number;
	let place = 0;
	for (let other = 0; 2 * other < bits.length; other++) {
		const otherHigh = bits[2 * other + 1] as number;
		const otherLow = bits[2 * other] as number;
		if (otherHigh < high || (otherHigh === high && (otherLow < low || (otherLow === low && other < index)))) {
			place++;
		}
	}
	return place;
}

/** The rows that have the same 16 high bits as those at the places from `from` to `to`, and how many come before them. */
function between(bits: Uint32Array, from: number, to: number): { indexes: Uint32Array; before: number } {
	countHighBits(bits);
	let first = 0;
	let before = 0;
	while (first < counts.length - 1 && before + (counts[first] as number) <= from) {
		before += counts[first++] as number;
	}
	let last = first;
	let through = before + (counts[first] as number);
	while (last < counts.length - 1 && through < to) {
		through += counts[++last] as number;
	}
	const indexes = new Uint32Array(through - before);
	findHighBits(bits, first, last, indexes);
	return { indexes, before };
}

// Each loop over all rows is a function of its own: where one follows the other, the engine compiles the first while it
// runs, knows nothing of the second yet, and interprets that.

function countHighBits(bits: Uint32Array): void {
	counts.fill(0);
	for (let index = 1; index < bits.length; index += 2) {
		(counts[(bits[index] as number) >>> 16] as number)++;
	}
}

/** @param into where the indexes of the rows go, as many as there are */
function findHighBits(bits: Uint32Array, first: number, last: number, into: Uint32Array): void {
	let length = 0;
	for (let index = 1; index < bits.length; index += 2) {
		const value = (bits[index] as number) >>> 16;
		if (value >= first && value <= last) {
			into[length++] = index >> 1;
		}
	}
}
