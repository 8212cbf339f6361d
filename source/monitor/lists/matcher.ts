/** Which rows of a list pass a filter: by quick searches where the list has them, else row by row. */
import type { Filter, FilterSubject } from '../../filter/filter.ts';
import type { Search } from './search.ts';
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

export class Matcher {
	readonly matches: (slot: number) => boolean;
	readonly #searches: Search[] = [];

	constructor(table: Searched, { matches, needed, words }: Filter) {
		const searches = this.#searches;
		if (words === null || table.searcher === undefined) {
			const keys = new Map<string, SortKey>(Object.entries(table.keys()));
			const subject = new RowSubject((slot) => table.text(slot), keys);
			for (const pattern of needed) {
				const search = table.searcher?.(pattern);
				if (search !== undefined) {
					searches.push(search);
				}
			}
			this.matches = (slot) => searches.every((search) => search.holds(slot)) && matches(subject.at(slot));
			return;
		}
		const terms: { negated: boolean; holds: (slot: number) => boolean }[] = [];
		for (const { negated, pattern } of words) {
			const search = table.searcher(pattern);
			searches.push(search);
			terms.push({ negated, holds: search.holds });
		}
		const [only] = terms;
		this.matches =
			terms.length === 1 && only !== undefined && !only.negated
				? only.holds
				: (slot) => terms.every(({ holds, negated }) => holds(slot) !== negated);
	}

	/** So many rows are going to be asked about. */
	expect(rows: number): void {
		for (const search of this.#searches) {
			search.expect(rows);
		}
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
