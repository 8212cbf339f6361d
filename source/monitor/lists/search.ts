/**
 * The search for a plain word in rows: one by one where a window's worth of matches is wanted, all at once where they
 * are to be counted or are rare.
 */
import type { WordColumn } from '../../model/fleet/columns.ts';
import type { NameColumn } from '../../model/fleet/name-column.ts';

/** After so many rows that were looked at one by one, looking at all of them at once takes less. */
const fewRows = 2048;

export class Search {
	readonly #one: (slot: number) => boolean;
	readonly #all: () => Uint8Array;
	/** Asked so far, one by one. */
	#asked = 0;
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

	readonly holds = (slot: number): boolean => {
		if (this.#found === null) {
			if (this.#asked < fewRows) {
				this.#asked++;
				return this.#one(slot);
			}
			this.lookAtAll();
		}
		return this.#found?.[slot] === 1;
	};

	/** All rows are going to be asked about. */
	lookAtAll(): void {
		this.#found ??= this.#all();
	}
}

const unknown = 0;
const holds = 1;
const fails = 2;

/** Searches a column of shared words: each different word is looked at once, however many rows have it. */
export class WordSearch {
	readonly #column: WordColumn;
	readonly #pattern: RegExp;
	readonly #results: Uint8Array;

	constructor(column: WordColumn, pattern: RegExp) {
		this.#column = column;
		this.#pattern = pattern;
		this.#results = new Uint8Array(column.dictionary.words.length);
	}

	holds(slot: number): boolean {
		return this.#ofWord(this.#column.ids[slot] as number);
	}

	/** Marks the slots below `end` that hold the pattern. */
	mark(found: Uint8Array, end: number): void {
		const { ids } = this.#column;
		let any = false;
		for (let id = 0; id < this.#results.length; id++) {
			any = this.#ofWord(id) || any;
		}
		const results = this.#results;
		for (let slot = 0; any && slot < end; slot++) {
			if (results[ids[slot] as number] === holds) {
				found[slot] = 1;
			}
		}
	}

	#ofWord(id: number): boolean {
		if (this.#results[id] === unknown) {
			this.#results[id] = this.#pattern.test(this.#column.dictionary.word(id)) ? holds : fails;
		}
		return this.#results[id] === holds;
	}
}

/** Marks the slots below `end` whose names hold the pattern, which is a plain word in any case. */
export function markNames(names: NameColumn, pattern: RegExp, found: Uint8Array, end: number): void {
	if (names.search(pattern.source.toLowerCase(), found)) {
		return;
	}
	for (let slot = 0; slot < end; slot++) {
		if (pattern.test(names.get(slot))) {
			found[slot] = 1;
		}
	}
}
