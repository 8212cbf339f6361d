/** Where the rows lie that a question is about: those of its window, and those in the middle of it, which the screen shows. */
import type { ListQuery } from '../messages.ts';

/** How long a window is, and where it begins if there is no anchor. */
export type Span = Pick<ListQuery, 'count' | 'offset'>;

/** Some rows of an order. */
export interface Part {
	/** The place of the first of them. */
	from: number;
	slots: Uint32Array;
	/** The place of the row that they were to lie around, −1 if it is not there. */
	anchorIndex: number;
}

/** Where a window begins: around its anchor, or where it is asked for, as far as there are rows. */
export function placeOf({ count, offset }: Span, length: number, anchorIndex: number): number {
	const wanted = anchorIndex >= 0 ? anchorIndex - Math.floor(count / 2) : offset;
	return Math.max(0, Math.min(wanted, length - count));
}

export function halfOf({ count }: Span): number {
	return Math.ceil(count / 2);
}

/** The screen lies around the window's middle, or at the list's beginning: what is further off may come later. */
export function middleOf(query: Span, { anchorIndex, from, slots }: Part): Pick<Part, 'from' | 'slots'> {
	const half = halfOf(query);
	const middle = anchorIndex >= 0 ? anchorIndex : query.offset === 0 ? 0 : query.offset + half;
	const begin = Math.max(0, Math.min(middle - Math.floor(half / 2) - from, slots.length - half));
	return { from: from + begin, slots: slots.subarray(begin, begin + half) };
}
