/**
 * The search for a plain word in rows: one by one where a window's worth of matches is wanted, all at once where they
 * are to be counted or are rare.
 */
import type { WordColumn } from '../../model/fleet/columns.ts';
import type { NameColumn } from '../../model/fleet/name-column.ts';

export class Search {
	readonly #one: (slot: number) => boolean;
	readonly #all: () => Uint8Array;
	/** 1 for each slot that holds the word, null while that is not known. */
	#found: Uint8Array | null = null;

	/**
	 * @param one whether a row holds the word
	 * @param all the same of every slot
	 */
	constructor(one: (slot: number) => boolean, all: () => Uint8Array) {
		this.#one = one;
		this.#all = all;
	}

	readonly holds = (slot: number): boolean => (this.#found === null ? this.#one(slot) : this.#found[slot] === 1);

	/** 1 for each slot that holds the word. All rows together take no longer than some thousand alone. */
	atOnce(): Uint8Array {
		this.#found ??= this.#all();
		return this.#found;
	}
}

/** Searches a column of shared words: each different word is looked at once, however many rows have it. */
export class WordSearch {
	readonly #column: WordColumn;
	/** 1 for each word that holds the one that is searched for. */
	readonly #words: Uint8Array;
	/** Where none of the column's words does, no row needs to be asked. */
	readonly isAnywhere: boolean;

	/** @param pattern a plain word in any case */
	constructor(column: WordColumn, pattern: RegExp) {
		this.#column = column;
		this.#words = column.dictionary.search(pattern.source.toLowerCase());
		this.isAnywhere = this.#words.includes(1);
	}

	holds(slot: number): boolean {
		return this.#words[this.#column.ids[slot] as number] === 1;
	}

	/** Marks the slots below `end` that hold the pattern. */
	mark(found: Uint8Array, end: number): void {
		if (!this.isAnywhere) {
			return;
		}
		const { ids } = this.#column;
		const words = this.#words;
		for (let slot = 0; slot < end; slot++) {
			// Without a branch, which would go the unexpected way every other time.
			found[slot] = (found[slot] as number) | (words[ids[slot] as number] as number);
		}
	}
}

/** The searches of those columns that have any word which holds the pattern. */
export function searchesOf(columns: readonly WordColumn[], pattern: RegExp): WordSearch[] {
	return columns.map((column) => new WordSearch(column, pattern)).filter(({ isAnywhere }) => isAnywhere);
}

/** Searches a column of names, each of which is another. */
export class NameSearch {
	readonly #names: NameColumn;
	readonly #pattern: RegExp;
	readonly #word: string;

	/** @param pattern a plain word in any case */
	constructor(names: NameColumn, pattern: RegExp) {
		this.#names = names;
		this.#pattern = pattern;
		this.#word = pattern.source.toLowerCase();
	}

	holds(slot: number): boolean {
		return this.#names.isPlain ? this.#names.contains(slot, this.#word) : this.#pattern.test(this.#names.get(slot));
	}

	/** Marks the slots below `end` whose names hold the pattern. */
	mark(found: Uint8Array, end: number): void {
		if (this.#names.search(this.#word, found)) {
			return;
		}
		for (let slot = 0; slot < end; slot++) {
			if (this.#pattern.test(this.#names.get(slot))) {
				found[slot] = 1;
			}
		}
	}
}
