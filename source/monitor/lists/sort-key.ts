/** What the rows of a list are sorted by, and its filter compares. */
import type { CountColumn, Numbers, WordColumn } from '../../model/fleet/columns.ts';

export interface NumberKey {
	numbers: (slot: number) => number;
	/**
	 * The numbers of many slots at once. Where there are 150,000, one loop that asks different functions costs 15 ms when
	 * the function is another than last time: columns that a key sorts by have a loop of their own.
	 */
	read?: (slots: Uint32Array, numbers: Float64Array) => void;
}

/**
 * What a column holds: numbers (percentages as 0…100 and more, ages in ms, NaN for none), or words. Words whose order is
 * known are sorted by their places in it.
 */
export type SortKey =
	| NumberKey
	| {
			words: (slot: number) => string;
			/** Asked once for a sort: a row's place among the words. */
			ranks?: () => NumberKey;
			/** All rows of the list in that order, where it is kept and no two are in the same place: not to be written to. */
			order?: () => Uint32Array;
	  };

/** A column of numbers as it is. */
export function numbersOf(column: Numbers): NumberKey {
	return {
		numbers: (slot) => column.get(slot),
		read: (slots, numbers) => column.read(slots, numbers),
	};
}

/** How long ago the moments of a column are, ms. */
export function since(column: Numbers, now: number): NumberKey {
	return {
		numbers: (slot) => now - column.get(slot),
		read: (slots, numbers) => {
			column.read(slots, numbers);
			for (let index = 0; index < slots.length; index++) {
				numbers[index] = now - (numbers[index] as number);
			}
		},
	};
}

/** Places in an order, by slot. */
export function placesIn(places: Uint32Array): NumberKey {
	return {
		numbers: (slot) => places[slot] ?? 0,
		read: (slots, numbers) => {
			for (let index = 0; index < slots.length; index++) {
				numbers[index] = places[slots[index] as number] as number;
			}
		},
	};
}

/** A column of words that rows share, sorted by their places in its dictionary. */
export function wordsOf(column: WordColumn): SortKey {
	const { dictionary, ids } = column;
	return {
		words: (slot) => column.get(slot),
		ranks: () => {
			const ranks = dictionary.ranks();
			return {
				numbers: (slot) => ranks[ids[slot] as number] ?? 0,
				read: (slots, numbers) => {
					for (let index = 0; index < slots.length; index++) {
						numbers[index] = ranks[ids[slots[index] as number] as number] as number;
					}
				},
			};
		},
	};
}

/** What is known of the pods of containers: each container's pod tells it. */
export function ofPods(key: SortKey, pod: CountColumn): SortKey {
	const numbers = ({ numbers: its, read }: NumberKey): NumberKey => ({
		numbers: (slot) => its(pod.get(slot)),
		...(read && { read: (slots, into) => read(podsOf(slots, pod), into) }),
	});
	if ('numbers' in key) {
		return numbers(key);
	}
	const { ranks, words } = key;
	return {
		words: (slot) => words(pod.get(slot)),
		...(ranks === undefined ? {} : { ranks: () => numbers(ranks()) }),
	};
}

/** Room for the pods of as many containers as there were at most: a megabyte where there are 300,000. */
let room = new Uint32Array(0);

/** Good until it is asked again. */
function podsOf(slots: Uint32Array, pod: CountColumn): Uint32Array {
	if (room.length < slots.length) {
		room = new Uint32Array(slots.length);
	}
	const pods = room.subarray(0, slots.length);
	pod.read(slots, pods);
	return pods;
}
