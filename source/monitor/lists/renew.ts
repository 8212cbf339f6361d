import type { Slots } from '../../model/fleet/columns.ts';

/**
 * An order in which rows came and went, and nothing else has changed: going over it takes a tenth of sorting again.
 *
 * @param order of the rows that were there at the version `since`
 * @param newcomers the rows that came after it, in order
 */
export function renew(
	order: Uint32Array,
	slots: Slots,
	since: number,
	newcomers: readonly number[],
	compare: (a: number, b: number) => number,
): Uint32Array {
	const kept = keptOf(order, slots, since);
	if (newcomers.length === 0) {
		return kept;
	}
	const renewed = new Uint32Array(kept.length + newcomers.length);
	let length = 0;
	let from = 0;
	for (const slot of newcomers) {
		const to = placeIn(kept, from, slot, compare);
		renewed.set(kept.subarray(from, to), length);
		length += to - from;
		renewed[length++] = slot;
		from = to;
	}
	renewed.set(kept.subarray(from), length);
	return renewed;
}

/** What was there before and still is. */
function keptOf(order: Uint32Array, slots: Slots, since: number): Uint32Array {
	const kept = new Uint32Array(order.length);
	let length = 0;
	for (const slot of order) {
		if (slots.isLive(slot) && !slots.isNewer(slot, since)) {
			kept[length++] = slot;
		}
	}
	return kept.subarray(0, length);
}

/** The first place from `from` on whose row does not come before the slot's. */
function placeIn(kept: Uint32Array, from: number, slot: number, compare: (a: number, b: number) => number): number {
	// Lists come sorted: most often it belongs behind all others.
	let high = kept.length;
	if (high > from && compare(kept[high - 1] as number, slot) < 0) {
		return high;
	}
	let low = from;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(kept[middle] as number, slot) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
