/**
 * Answers a standing question about one list: which rows are in its window now. The order of the matched rows is kept
 * until the fleet's epoch or the question changes, so that moving the cursor costs a window and no sort.
 */
import { type Filter, type FilterSubject, parseFilter } from '../../filter/filter.ts';
import { labelsSelectPods } from '../../messages/en/filter.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';
import type { ListQuery, Scope } from '../messages.ts';

/** What a column holds: numbers (percentages as 0…100 and more, ages in ms, NaN for none), or words. */
export type SortKey = { numbers: (slot: number) => number } | { words: (slot: number) => string };

/** One list as the engine sees it. */
export interface ListTable<Row, Column extends string> {
	/** Slots in the scope, in natural order: by name. */
	slots(scope: Scope): Uint32Array;
	/** What a filter without a field searches. */
	text(slot: number): string;
	/** Every column: what the list is sorted by, and what a filter's comparisons read. */
	keys(): Record<Column, SortKey>;
	/** The server can select its rows by labels: those of pods. */
	readonly hasLabels: boolean;
	uid(slot: number): string;
	row(slot: number): Row;
}

export interface Window<Row> {
	total: number;
	matched: number;
	offset: number;
	rows: Row[];
	anchorIndex: number;
	filterError: string;
}

interface Order {
	key: string;
	total: number;
	slots: Uint32Array;
	error: string;
}

export class ListEngine<Row, Column extends string> {
	readonly #table: ListTable<Row, Column>;
	#order: Order = { key: '', total: 0, slots: new Uint32Array(0), error: '' };

	constructor(table: ListTable<Row, Column>) {
		this.#table = table;
	}

	/** @param epoch Anything that changes whenever the table may answer differently. */
	window(query: ListQuery, epoch: string | number): Window<Row> {
		const order = this.#orderFor(query, epoch);
		const anchorIndex = query.anchor === null ? -1 : this.#indexOf(query.anchor, order.slots);
		const wanted = anchorIndex >= 0 ? anchorIndex - Math.floor(query.count / 2) : query.offset;
		const offset = Math.max(0, Math.min(wanted, order.slots.length - query.count));
		const rows: Row[] = [];
		for (let index = offset; index < Math.min(order.slots.length, offset + query.count); index++) {
			rows.push(this.#table.row(order.slots[index] ?? 0));
		}
		return { total: order.total, matched: order.slots.length, offset, rows, anchorIndex, filterError: order.error };
	}

	#orderFor(query: ListQuery, epoch: string | number): Order {
		const key = JSON.stringify([epoch, query.scope, query.filter, query.sort]);
		if (this.#order.key === key) {
			return this.#order;
		}
		const inScope = this.#table.slots(query.scope);
		const keys = new Map<string, SortKey>(Object.entries(this.#table.keys()));
		const filter = parseFilter(query.filter);
		const subject = new RowSubject((slot) => this.#table.text(slot), keys);
		const matched = inScope.filter((slot) => filter.matches(subject.at(slot)));
		const sortKey = keys.get(query.sort.column);
		if (sortKey !== undefined) {
			sortSlots(matched, sortKey, query.sort.descending);
		}
		this.#order = { key, total: inScope.length, slots: matched, error: this.#errorOf(filter) };
		return this.#order;
	}

	#errorOf({ error, labelSelector }: Filter): string {
		return error === '' && labelSelector !== '' && !this.#table.hasLabels ? labelsSelectPods : error;
	}

	#indexOf(uid: string, slots: Uint32Array): number {
		for (let index = 0; index < slots.length; index++) {
			if (this.#table.uid(slots[index] ?? 0) === uid) {
				return index;
			}
		}
		return -1;
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

/** Sorts in place. Rows that compare equal keep their order; rows without a number come last both ways. */
export function sortSlots(slots: Uint32Array, key: SortKey, descending: boolean): void {
	const sign = descending ? -1 : 1;
	const compare = 'numbers' in key ? byNumbers(slots, key.numbers, sign) : byWords(slots, key.words, sign);
	const order = Uint32Array.from(slots, (_, index) => index).sort((a, b) => compare(a, b) || a - b);
	slots.set(order.map((index) => slots[index] ?? 0));
}

type Compare = (a: number, b: number) => number;

function byNumbers(slots: Uint32Array, number: (slot: number) => number, sign: number): Compare {
	const values = Float64Array.from(slots, (slot) => number(slot));
	return (a, b) => {
		const left = values[a] ?? Number.NaN;
		const right = values[b] ?? Number.NaN;
		return Number.isNaN(left) || Number.isNaN(right)
			? Number(Number.isNaN(left)) - Number(Number.isNaN(right))
			: (left - right) * sign;
	};
}

function byWords(slots: Uint32Array, word: (slot: number) => string, sign: number): Compare {
	const words = Array.from(slots, (slot) => word(slot));
	return (a, b) => compareWords(words[a] ?? '', words[b] ?? '') * sign;
}
