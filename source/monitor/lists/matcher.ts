/** Which rows of a list pass a filter: by quick searches where the list has them, else row by row. */
import type { Filter, FilterSubject } from '../../filter/filter.ts';
import type { Search } from './search.ts';
import { keepMarked, select, selectMarked } from './select.ts';
import type { SortKey } from './sort-key.ts';

/** What a filter asks of a list. */
export interface Searched {
	/** What a filter without a field searches. */
	text(slot: number): string;
	/** A quicker search for a plain word in that text, where there are many rows. */
	searcher?(pattern: RegExp): Search;
	/** What a filter's comparisons read. */
	keys(): Record<string, SortKey>;
}

/**
 * After so many rows that were asked one by one, the matches are too rare for a window's worth of them to be found so: a row
 * takes a microsecond and more in an order that is not that of the names in memory, all rows at once three milliseconds.
 */
export const fewToAsk = 1024;
/** So many take longer one by one than all at once. */
const fewToSelect = 4096;

/** A word that is searched for in all rows. */
interface Term {
	negated: boolean;
	search: Search;
}

export class Matcher {
	readonly matches: (slot: number) => boolean;
	readonly #searches: readonly Search[];
	/** What the searches tell is all that the filter asks: null if there is more to it. */
	readonly #terms: readonly Term[] | null;

	constructor(table: Searched, { matches, needed, words }: Filter) {
		const search = table.searcher?.bind(table);
		if (words === null || search === undefined) {
			const keys = new Map<string, SortKey>(Object.entries(table.keys()));
			const subject = new RowSubject((slot) => table.text(slot), keys);
			const searches = search === undefined ? [] : needed.map(search);
			this.#searches = searches;
			this.#terms = null;
			this.matches = (slot) => searches.every(({ holds }) => holds(slot)) && matches(subject.at(slot));
			return;
		}
		const terms = words.map(({ negated, pattern }): Term => ({ negated, search: search(pattern) }));
		this.#searches = terms.map((term) => term.search);
		this.#terms = terms;
		const [only] = terms;
		this.matches =
			terms.length === 1 && only !== undefined && !only.negated
				? only.search.holds
				: (slot) => terms.every((term) => term.search.holds(slot) !== term.negated);
	}

	/**
	 * Looks at all rows at once, as far as they can be searched.
	 *
	 * @returns whether that tells which of them pass: then {@link select} takes less time than asking any more of them
	 */
	lookAtAll(): boolean {
		for (const search of this.#searches) {
			search.atOnce();
		}
		return this.#terms !== null && this.#terms.length > 0;
	}

	/** Those that pass, in their order. @param into room for them */
	select(slots: Uint32Array, into: Uint32Array): Uint32Array {
		const isKnown = slots.length > fewToSelect && this.lookAtAll();
		return isKnown ? selectMarked(slots, this.#passing(), into) : select(slots, this.matches, into);
	}

	/** 1 for each slot that passes. */
	#passing(): Uint8Array {
		const [first, ...others] = this.#terms ?? [];
		if (first !== undefined && others.length === 0 && !first.negated) {
			return first.search.atOnce();
		}
		const passing = new Uint8Array(first?.search.atOnce().length ?? 0).fill(1);
		for (const { negated, search } of this.#terms ?? []) {
			keepMarked(passing, search.atOnce(), negated ? 0 : 1);
		}
		return passing;
	}
}

/** One row as the filter sees it: its fields are the list's columns. */
class RowSubject implements FilterSubject {
	#slot = 0;
	readonly #text: (slot: number) => string;
	readonly #keys: ReadonlyMap<string, SortKey>;

	constructor(text: (slot: number) => string, keys: ReadonlyMap<string, SortKey>) {
		this.#text = text;
		this.#keys = keys;
	}

	at(slot: number): this {
		this.#slot = slot;
		return this;
	}

	text(): string {
		return this.#text(this.#slot);
	}

	number(column: string): number {
		const key = this.#keys.get(column);
		return key !== undefined && 'numbers' in key ? key.numbers(this.#slot) : Number.NaN;
	}

	word(column: string): string {
		const key = this.#keys.get(column);
		return key !== undefined && 'words' in key ? key.words(this.#slot) : '';
	}
}
