/**
 * Answers a standing question about one list: which rows are in its window now. What is sorted and what matches is kept
 * as long as nothing that it depends on changes, so that moving the cursor costs a window and no sort.
 */
import { type Filter, type FilterSubject, parseFilter } from '../../filter/filter.ts';
import { labelsSelectPods } from '../../messages/en/filter.ts';
import type { Slots } from '../../model/fleet/columns.ts';
import type { ListQuery, Scope } from '../messages.ts';
import { renew } from './renew.ts';
import type { Search } from './search.ts';
import { compareNumbers, sortSlots } from './sort.ts';
import type { SortKey } from './sort-key.ts';
import { sortPart } from './sort-part.ts';

/** One list as the engine sees it. */
export interface ListTable<Row, Column extends string> {
	/** Slots in the scope, in natural order: by name. */
	slots(scope: Scope): Uint32Array;
	/** What a filter without a field searches. */
	text(slot: number): string;
	/** A quicker search for a plain word in that text, where there are many rows. */
	searcher?(pattern: RegExp): Search;
	/** Every column: what the list is sorted by, and what a filter's comparisons read. */
	keys(): Record<Column, SortKey>;
	/** Changes whenever the scope or the order by this column may be another. Absent: they always may. */
	versionOf?(column: string, scope: Scope): string;
	/** How rows come and go, apart from what they are sorted by. Absent: each change of an order means to sort again. */
	readonly comings?: Comings;
	/** The server can select its rows by labels: those of pods. */
	readonly hasLabels: boolean;
	uid(slot: number): string;
	/** Makes beforehand, in steps of a few milliseconds, what the first question for an order would have to wait for. */
	prepare?(): Generator<void>;
	/** The slot of a row, −1 if there is none such; it need not be in the scope. Absent: all are looked through. */
	find?(uid: string): number;
	row(slot: number): Row;
}

export interface Comings {
	readonly slots: Slots;
	/** The natural order of two rows. */
	compare(a: number, b: number): number;
	/** As `versionOf`, but it stays while rows only come and go. */
	versionOf(column: string, scope: Scope): string;
}

export interface Window<Row> {
	total: number;
	matched: number;
	offset: number;
	rows: Row[];
	anchorIndex: number;
	filterError: string;
	/** More rows may match than were counted yet: this is what had to be looked at for the window. */
	counting: boolean;
}

/** Rows in an order, and what it was made for. */
interface Order {
	key: string;
	slots: Uint32Array;
	/** What the rows that stay were sorted by; '' where that is not known. */
	values?: string;
	/** The version of the rows that were there. */
	since?: number;
}

/** What tells whether a row matches, and the rows and filter that it was made for. */
interface Tester {
	key: string;
	matches: (slot: number) => boolean;
	searches: readonly Search[];
}

/** The rows that match a filter, in some order. */
interface Matched extends Order {
	/** The rows and the filter, in whatever order. */
	rows: string;
}

const olderOrders = 2;
/** Of so many newcomers, sorting all again takes no longer than looking for the place of each. */
const manyNewcomers = 4096;

const nothing: Order = { key: '', slots: new Uint32Array(0) };

export class ListEngine<Row, Column extends string> {
	readonly #table: ListTable<Row, Column>;
	#sorted = nothing;
	/** Orders from before, the newest first: people go back and forth between two columns. */
	#older: readonly Order[] = [];
	#matched: Matched = { ...nothing, rows: '' };
	#unfinished = false;
	#filter: Filter = parseFilter('');
	#filterText = '';
	#tester: Tester | null = null;

	constructor(table: ListTable<Row, Column>) {
		this.#table = table;
	}

	/** The last window was made without the whole order, or without the count: asked again, the engine makes them. */
	get unfinished(): boolean {
		return this.#unfinished;
	}

	prepare(): Generator<void> | undefined {
		return this.#table.prepare?.();
	}

	/**
	 * @param epoch Anything that changes whenever the table may answer differently.
	 * @param first A first answer is wanted soon: of a filter that was never applied before, only as much as the window
	 * needs is looked at; of a new order, only what lies in the middle of the window is sorted, and told.
	 */
	window(query: ListQuery, epoch: string | number, first = false): Window<Row> {
		if (this.#filterText !== query.filter) {
			this.#filter = parseFilter(query.filter);
			this.#filterText = query.filter;
		}
		const rows = JSON.stringify([epoch, query.scope, query.filter]);
		const part = first ? this.#part(query, epoch, rows) : null;
		this.#unfinished = part !== null;
		if (part !== null) {
			return part;
		}
		const sorted = this.#sortedFor(query, epoch);
		const anchor = query.anchor === null ? -1 : this.#find(query.anchor, sorted);
		const key = JSON.stringify([sorted.key, epoch, query.filter]);
		if (query.filter === '') {
			this.#matched = { key, rows, slots: sorted.slots };
		} else if (this.#matched.key !== key) {
			if (first) {
				const early = this.#early(query, sorted, anchor, this.#testerFor(key, false));
				this.#unfinished = early.counting;
				return early;
			}
			this.#matched = { key, rows, slots: select(sorted.slots, this.#testerFor(key, true)) };
			this.#tester = null;
		}
		return this.#windowOf(query, sorted.slots.length, this.#matched.slots, anchor, false);
	}

	/** The window alone in an order that was not made before; null where making it takes no longer. */
	#part(query: ListQuery, epoch: string | number, rows: string): Window<Row> | null {
		const { anchor: uid, count, scope, sort } = query;
		const sortKey = this.#keyOf(sort.column);
		const key = this.#orderKey(query, epoch);
		const find = this.#table.find?.bind(this.#table);
		const isKnown = [this.#sorted, ...this.#older].some((order) => order.key === key);
		if (isKnown || sortKey === undefined || find === undefined) {
			return null;
		}
		const all = this.#table.slots(scope);
		const slots = query.filter === '' ? all : this.#matched.rows === rows ? common(all, this.#matched.slots) : null;
		const anchor = uid === null ? -1 : find(uid);
		const place = (anchorIndex: number) => placeOf(query, slots?.length ?? 0, anchorIndex);
		const part = slots === null ? null : sortPart(slots, sortKey, sort.descending, anchor, place, count);
		if (slots === null || part === null) {
			return null;
		}
		// The screen lies around the window's middle, or at the list's beginning: what is further off comes with the order.
		const half = Math.ceil(count / 2);
		const middle = part.anchorIndex >= 0 ? part.anchorIndex : query.offset === 0 ? 0 : query.offset + half;
		const begin = Math.max(0, Math.min(middle - Math.floor(half / 2) - part.from, part.slots.length - half));
		const shown = part.slots.subarray(begin, begin + half);
		return this.#windowAt(part.from + begin, shown, all.length, slots.length, part.anchorIndex, false);
	}

	/** As many matches as the window needs, and not one row more. */
	#early(query: ListQuery, sorted: Order, anchor: number, matches: (slot: number) => boolean): Window<Row> {
		const found: number[] = [];
		let missing = anchor >= 0 && matches(anchor);
		let index = 0;
		for (; index < sorted.slots.length && (missing || found.length < query.offset + query.count); index++) {
			const slot = sorted.slots[index] as number;
			if (matches(slot)) {
				found.push(slot);
				missing &&= slot !== anchor;
			}
		}
		const slots = Uint32Array.from(found);
		return this.#windowOf(query, sorted.slots.length, slots, anchor, index < sorted.slots.length);
	}

	#windowOf(query: ListQuery, total: number, slots: Uint32Array, anchor: number, counting: boolean): Window<Row> {
		const anchorIndex = anchor < 0 ? -1 : slots.indexOf(anchor);
		const offset = placeOf(query, slots.length, anchorIndex);
		const shown = slots.subarray(offset, offset + query.count);
		return this.#windowAt(offset, shown, total, slots.length, anchorIndex, counting);
	}

	#windowAt(
		offset: number,
		slots: Uint32Array,
		total: number,
		matched: number,
		anchorIndex: number,
		counting: boolean,
	): Window<Row> {
		const rows = Array.from(slots, (slot) => this.#table.row(slot));
		return { total, matched, offset, rows, anchorIndex, filterError: this.#errorOf(this.#filter), counting };
	}

	#orderKey({ scope, sort }: ListQuery, epoch: string | number): string {
		return JSON.stringify([this.#table.versionOf?.(sort.column, scope) ?? epoch, scope, sort]);
	}

	#keyOf(column: string): SortKey | undefined {
		return new Map<string, SortKey>(Object.entries(this.#table.keys())).get(column);
	}

	#sortedFor(query: ListQuery, epoch: string | number): Order {
		const key = this.#orderKey(query, epoch);
		if (this.#sorted.key !== key) {
			const before = this.#older.find((order) => order.key === key);
			this.#older = [this.#sorted, ...this.#older.filter((order) => order !== before)].slice(0, olderOrders);
			if (before !== undefined) {
				this.#sorted = before;
				return before;
			}
			this.#sorted = { key, ...this.#ordered(query) };
		}
		return this.#sorted;
	}

	#ordered(query: ListQuery): Omit<Order, 'key'> {
		const { scope, sort } = query;
		const { comings } = this.#table;
		const slots = this.#table.slots(scope);
		const sortKey = this.#keyOf(sort.column);
		if (sortKey === undefined) {
			return { slots };
		}
		const values = comings && JSON.stringify([comings.versionOf(sort.column, scope), scope, sort]);
		const version = comings && { values, since: comings.slots.version };
		const renewed = values === undefined ? null : this.#renewed(values, slots, sortKey, sort.descending);
		if (renewed !== null) {
			return { slots: renewed, ...version };
		}
		const sorted = slots.slice();
		sortSlots(sorted, sortKey, sort.descending);
		return { slots: sorted, ...version };
	}

	/** An order of before in which rows only came and went, brought up to date; null if there is none. */
	#renewed(values: string, slots: Uint32Array, key: SortKey, descending: boolean): Uint32Array | null {
		const { comings } = this.#table;
		const before = [this.#sorted, ...this.#older].find((order) => order.values === values);
		if (comings === undefined || before?.since === undefined || !('numbers' in key)) {
			return null;
		}
		const { since } = before;
		const newcomers: number[] = [];
		for (let index = 0; index < slots.length; index++) {
			if (comings.slots.isNewer(slots[index] as number, since)) {
				newcomers.push(slots[index] as number);
			}
		}
		if (newcomers.length > manyNewcomers) {
			return null;
		}
		const compare = (a: number, b: number) =>
			compareNumbers(key.numbers(a), key.numbers(b), descending) || comings.compare(a, b);
		return renew(before.slots, comings.slots, since, newcomers.sort(compare), compare);
	}

	/** @param all every row is going to be asked about */
	#testerFor(key: string, all: boolean): (slot: number) => boolean {
		if (this.#tester?.key !== key) {
			this.#tester = { key, ...this.#makeTester() };
		}
		if (all) {
			for (const search of this.#tester.searches) {
				search.lookAtAll();
			}
		}
		return this.#tester.matches;
	}

	#makeTester(): Omit<Tester, 'key'> {
		const table = this.#table;
		const { matches, needed, words } = this.#filter;
		const searches: Search[] = [];
		if (words === null || table.searcher === undefined) {
			const keys = new Map<string, SortKey>(Object.entries(table.keys()));
			const subject = new RowSubject((slot) => table.text(slot), keys);
			for (const pattern of needed) {
				const search = table.searcher?.(pattern);
				if (search !== undefined) {
					searches.push(search);
				}
			}
			return {
				searches,
				matches: (slot) => searches.every((search) => search.holds(slot)) && matches(subject.at(slot)),
			};
		}
		const terms: { negated: boolean; holds: (slot: number) => boolean }[] = [];
		for (const { negated, pattern } of words) {
			const search = table.searcher(pattern);
			searches.push(search);
			terms.push({ negated, holds: search.holds });
		}
		const [only] = terms;
		return terms.length === 1 && only !== undefined && !only.negated
			? { searches, matches: only.holds }
			: { searches, matches: (slot) => terms.every(({ holds, negated }) => holds(slot) !== negated) };
	}

	#errorOf({ error, labelSelector }: Filter): string {
		return error === '' && labelSelector !== '' && !this.#table.hasLabels ? labelsSelectPods : error;
	}

	#find(uid: string, { slots }: Order): number {
		const table = this.#table;
		return table.find === undefined ? (slots.find((slot) => table.uid(slot) === uid) ?? -1) : table.find(uid);
	}
}

/** Where a window begins: around its anchor, or where it is asked for, as far as there are rows. */
function placeOf({ count, offset }: ListQuery, length: number, anchorIndex: number): number {
	const wanted = anchorIndex >= 0 ? anchorIndex - Math.floor(count / 2) : offset;
	return Math.max(0, Math.min(wanted, length - count));
}

/** Those of `all` that are in `some`, in the order of `all`. */
function common(all: Uint32Array, some: Uint32Array): Uint32Array {
	let end = 0;
	for (const slot of some) {
		end = Math.max(end, slot + 1);
	}
	const isIn = new Uint8Array(end);
	for (const slot of some) {
		isIn[slot] = 1;
	}
	return select(all, (slot) => isIn[slot] === 1);
}

function select(slots: Uint32Array, matches: (slot: number) => boolean): Uint32Array {
	const selected = new Uint32Array(slots.length);
	let length = 0;
	for (let index = 0; index < slots.length; index++) {
		const slot = slots[index] as number;
		if (matches(slot)) {
			selected[length++] = slot;
		}
	}
	return selected.subarray(0, length);
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
