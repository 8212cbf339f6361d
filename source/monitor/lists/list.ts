/**
 * Answers a standing question about one list: which rows are in its window now. What is sorted and what matches is kept
 * as long as nothing that it depends on changes, so that moving the cursor costs a window and no sort.
 */
import { type Filter, isNarrower, parseFilter } from '../../filter/filter.ts';
import { labelsSelectPods } from '../../messages/en/filter.ts';
import type { ListQuery } from '../messages.ts';
import { fewToAsk, Matcher } from './matcher.ts';
import { nothing, type Order, Orders } from './orders.ts';
import { halfOf, middleOf, type Part, placeOf, type Span } from './place.ts';
import { common } from './select.ts';
import { fewRows } from './sort.ts';
import { sortPart } from './sort-part.ts';
import { SpareRoom } from './spare.ts';
import type { ListTable } from './table.ts';

export interface Window<Row> {
	total: number;
	matched: number;
	offset: number;
	rows: Row[];
	anchorIndex: number;
	filterError: string;
	/** More rows may match than were counted yet: this is what had to be looked at for the window. */
	counting: boolean;
	/** Only the middle of the window, made without the whole order or the count: asked again, the engine makes them. */
	following: boolean;
}

/** The rows that match a filter, in some order. */
interface Matched extends Order {
	/** The rows and the filter, in whatever order. */
	rows: string;
	/** What they were looked for among, and when. */
	among: Order;
	epoch: string | number;
	filter: Filter;
}

/** As few rows as there can be: what is rehearsed is the way to them. */
const rehearsed: Span = { offset: 0, count: 2 };
const inMostRows = 'a';
/** With so many rows the engine has compiled what goes over them. */
const enoughToRehearse = 32_768;
export class ListEngine<Row, Column extends string> {
	readonly #table: ListTable<Row, Column>;
	readonly #spare = new SpareRoom();
	readonly #orders: Orders;
	#matched: Matched = { ...nothing, rows: '', among: nothing, epoch: '', filter: parseFilter('') };
	#filter: Filter = parseFilter('');
	#filterText = '';
	/** Of the newest filter, and the rows and filter that it was made for. */
	#matcher: { rows: string; matcher: Matcher } | null = null;

	constructor(table: ListTable<Row, Column>) {
		this.#table = table;
		this.#orders = new Orders(table, this.#spare);
	}

	/**
	 * Makes beforehand, in steps of a few milliseconds, what the first order by one of these columns and the first filter
	 * would wait for. Both are rehearsed with more and more rows, until the engine has compiled them: of 150,000 rows the
	 * first would take five times as long as the next.
	 */
	*prepare(columns: readonly Column[]): Generator<void> {
		yield* this.#table.prepare?.() ?? [];
		const slots = this.#table.slots({});
		const keys = this.#table.keys();
		// Of what is said of a row, who owns it or where it runs comes last: few rows have the same.
		const [inFewRows = ''] = this.#table
			.text(slots[0] ?? 0)
			.split(' ')
			.slice(-1);
		let descending = true;
		for (let length = fewRows; length <= Math.min(slots.length, enoughToRehearse); length *= 2) {
			const some = slots.subarray(0, length);
			for (const column of columns) {
				sortPart(some, keys[column], descending, some[0] ?? -1, rehearsed);
				yield;
			}
			this.#early(rehearsed, some, length, -1, new Matcher(this.#table, parseFilter(inMostRows)));
			yield;
			const rare = new Matcher(this.#table, parseFilter(inFewRows));
			this.#early(rehearsed, some, length, -1, rare);
			yield;
			rare.select(some, new Uint32Array(length));
			yield;
			descending = !descending;
		}
	}

	/**
	 * @param epoch Anything that changes whenever the table may answer differently.
	 * @param first A first answer is wanted soon: of a filter that was never applied before, or a new order, only what lies
	 * in the middle of the window is looked for, or sorted, and told.
	 */
	window(query: ListQuery, epoch: string | number, first = false): Window<Row> {
		if (this.#filterText !== query.filter) {
			this.#filter = parseFilter(query.filter);
			this.#filterText = query.filter;
		}
		const rows = JSON.stringify([epoch, query.scope, query.filter]);
		const part = first ? this.#part(query, epoch, rows) : null;
		if (part !== null) {
			return part;
		}
		const recent = first && query.filter !== '' ? this.#recent(query, epoch, rows) : null;
		if (recent !== null) {
			return recent;
		}
		const sorted = this.#orders.of(query, epoch);
		const anchor = query.anchor === null ? -1 : this.#find(query.anchor, sorted);
		const total = sorted.slots.length;
		if (query.filter === '') {
			return this.#windowOf(query, total, sorted.slots, anchor);
		}
		const key = JSON.stringify([sorted.key, epoch, query.filter]);
		if (this.#matched.key !== key) {
			const { slots } = this.#matched;
			const candidates = this.#matched.epoch === epoch ? this.#candidates() : sorted.slots;
			const matcher = this.#matcherFor(rows);
			const early = first ? this.#early(query, candidates, total, anchor, matcher) : null;
			if (early !== null) {
				return early;
			}
			const found = matcher.select(candidates, this.#spare.take(candidates.length));
			this.#spare.give(slots);
			this.#matched = { key, rows, among: sorted, epoch, filter: this.#filter, slots: found };
			this.#matcher = null;
		}
		return this.#windowOf(query, total, this.#matched.slots, anchor);
	}

	/** The window alone in an order that was not made before; null where making it takes no longer. */
	#part(query: ListQuery, epoch: string | number, rows: string): Window<Row> | null {
		const { anchor: uid, scope, sort } = query;
		const sortKey = this.#orders.sortKey(sort.column);
		const find = this.#table.find?.bind(this.#table);
		if (this.#orders.has(query, epoch) || sortKey === undefined || find === undefined) {
			return null;
		}
		const all = this.#table.slots(scope);
		const slots = query.filter === '' ? all : this.#matched.rows === rows ? common(all, this.#matched.slots) : null;
		const anchor = uid === null ? -1 : find(uid);
		const part = slots === null ? null : sortPart(slots, sortKey, sort.descending, anchor, query);
		if (slots === null || part === null) {
			return null;
		}
		const shown = middleOf(query, part);
		const { anchorIndex } = part;
		return { ...this.#windowAt({ ...shown, anchorIndex }, all.length, slots.length), following: true };
	}

	/**
	 * Where rows come and go all the time: the window, or its middle, in the order as it was told last, of the rows that are
	 * still there. null if there is no such order, or if it is as good as new.
	 */
	#recent(query: ListQuery, epoch: string | number, rows: string): Window<Row> | null {
		const { comings } = this.#table;
		const order = comings && this.#orders.outdated(query, epoch);
		if (!order) {
			return null;
		}
		const anchor = query.anchor === null ? -1 : this.#find(query.anchor, order);
		const matcher = this.#matcherFor(rows);
		const isThere = (slot: number) => comings.slots.isLive(slot) && !comings.slots.isNewer(slot, order.since);
		const total = order.slots.length;
		const candidates = this.#candidates();
		const early = this.#early(query, candidates, total, anchor, {
			matches: (slot) => isThere(slot) && matcher.matches(slot),
			lookAtAll: () => matcher.lookAtAll(),
		});
		const all = () => matcher.select(candidates, new Uint32Array(candidates.length)).filter(isThere);
		return { ...(early ?? this.#windowOf(query, total, all(), anchor)), following: true };
	}

	/** The present order, as far as the filter may let it through: who types on narrows down what was found already. */
	#candidates(): Uint32Array {
		const { among, filter, slots } = this.#matched;
		const { newest } = this.#orders;
		return among === newest && isNarrower(this.#filter, filter) ? slots : newest.slots;
	}

	/**
	 * As many matches as the middle of the window needs, and not one row more; null where they are so rare that to look at
	 * all rows takes no longer.
	 */
	#early(
		query: Span,
		candidates: Uint32Array,
		total: number,
		anchor: number,
		matcher: Pick<Matcher, 'lookAtAll' | 'matches'>,
	): Window<Row> | null {
		const { matches } = matcher;
		const found: number[] = [];
		const fromWhereAsked = query.offset === 0 ? halfOf(query) : query.offset + query.count;
		// How many are enough is known once the anchor is met.
		let most = anchor >= 0 && matches(anchor) ? Number.POSITIVE_INFINITY : fromWhereAsked;
		let index = 0;
		for (; index < candidates.length && found.length < most; index++) {
			if (index === fewToAsk && matcher.lookAtAll()) {
				return null;
			}
			const slot = candidates[index] as number;
			if (matches(slot)) {
				found.push(slot);
				most = slot === anchor ? found.length + halfOf(query) : most;
			}
		}
		const anchorIndex = found.indexOf(anchor);
		const from = placeOf(query, found.length, anchorIndex);
		const slots = Uint32Array.from(found.slice(from, from + query.count));
		const counting = index < candidates.length;
		const shown = counting ? middleOf(query, { from, slots, anchorIndex }) : { from, slots };
		const window = this.#windowAt({ ...shown, anchorIndex }, total, found.length);
		return { ...window, counting, following: counting };
	}

	#windowOf(query: ListQuery, total: number, slots: Uint32Array, anchor: number): Window<Row> {
		const anchorIndex = anchor < 0 ? -1 : slots.indexOf(anchor);
		const from = placeOf(query, slots.length, anchorIndex);
		const shown = slots.subarray(from, from + query.count);
		return this.#windowAt({ from, slots: shown, anchorIndex }, total, slots.length);
	}

	#windowAt({ anchorIndex, from, slots }: Part, total: number, matched: number): Window<Row> {
		return {
			total,
			matched,
			offset: from,
			rows: Array.from(slots, (slot) => this.#table.row(slot)),
			anchorIndex,
			filterError: this.#errorOf(this.#filter),
			counting: false,
			following: false,
		};
	}

	#matcherFor(rows: string): Matcher {
		if (this.#matcher?.rows !== rows) {
			this.#matcher = { rows, matcher: new Matcher(this.#table, this.#filter) };
		}
		return this.#matcher.matcher;
	}

	#errorOf({ error, labelSelector }: Filter): string {
		return error === '' && labelSelector !== '' && !this.#table.hasLabels ? labelsSelectPods : error;
	}

	#find(uid: string, { slots }: Order): number {
		const table = this.#table;
		return table.find === undefined ? (slots.find((slot) => table.uid(slot) === uid) ?? -1) : table.find(uid);
	}
}
