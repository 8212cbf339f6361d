import type { WordColumn } from '../../model/fleet/columns.ts';

const unknown = 0;
const holds = 1;
const fails = 2;

/** Searches a column of shared words: each different word is looked at once, however many rows have it. */
export function searchWords({ dictionary, ids }: WordColumn, pattern: RegExp): (slot: number) => boolean {
	const found = new Uint8Array(dictionary.words.length);
	return (slot) => {
		const id = ids[slot] as number;
		let result = found[id];
		if (result === unknown) {
			result = pattern.test(dictionary.word(id)) ? holds : fails;
			found[id] = result;
		}
		return result === holds;
	};
}
