/** The orders of a list's rows: the one that was asked for last, and some from before. */
import type { ListQuery } from '../messages.ts';
import { renew } from './renew.ts';
import { compareNumbers, sortSlots } from './sort.ts';
import type { SortKey } from './sort-key.ts';
import type { SpareRoom } from './spare.ts';
import type { ListTable } from './table.ts';

/** Rows in an order, and what it was made for. */
export interface Order {
	key: string;
	slots: Uint32Array;
	/** What the rows that stay were sorted by; absent where that is not known. */
	values?: string;
	/** The version of the rows that were there. */
	since?: number;
	/** Which rows in which order, whatever came and went and whatever values they have now; absent where that is not known. */
	arrangement?: string;
}

/** What an order depends on. */
type Sorted = Pick<ListQuery, 'scope' | 'sort'>;

export const nothing: Order = { key: '', slots: new Uint32Array(0) };

const mostOlder = 2;
/** Of so many newcomers, sorting all again takes no longer than looking for the place of each. */
const manyNewcomers = 4096;

export class Orders {
	readonly #table: ListTable<unknown, string>;
	readonly #spare: SpareRoom;
	#newest = nothing;
	/** Orders from before, the newest first: people go back and forth between two columns. */
	#older: readonly Order[] = [];

	/** @param spare room for orders, and what is given back to when one is not needed any more */
	constructor(table: ListTable<unknown, string>, spare: SpareRoom) {
		this.#table = table;
		this.#spare = spare;
	}

	/** The one that was asked for last, however old. */
	get newest(): Order {
		return this.#newest;
	}

	/** Whether it is there already. @param epoch as in {@link Orders.of} */
	has(query: Sorted, epoch: string | number): boolean {
		const key = this.#keyOf(query, epoch);
		return [this.#newest, ...this.#older].some((order) => order.key === key);
	}

	/**
	 * All rows of the scope in order; sorted anew only where something has changed that the order depends on.
	 *
	 * @param epoch Anything that changes whenever the table may answer differently.
	 */
	of(query: Sorted, epoch: string | number): Order {
		const key = this.#keyOf(query, epoch);
		if (this.#newest.key !== key) {
			const before = this.#older.find((order) => order.key === key);
			const older = [this.#newest, ...this.#older.filter((order) => order !== before)];
			this.#older = older.slice(0, mostOlder);
			if (before !== undefined) {
				this.#newest = before;
				return before;
			}
			for (const { slots } of older.slice(mostOlder)) {
				this.#spare.give(slots);
			}
			this.#newest = { key, ...this.#sorted(query) };
		}
		return this.#newest;
	}

	/**
	 * The newest order where it is of the rows and the column that are asked for, but rows have come or gone since, or
	 * their values are others now; null where it is as good as new.
	 */
	outdated(query: Sorted, epoch: string | number): (Order & { since: number }) | null {
		const { arrangement, key, since } = this.#newest;
		const isOfThose = since !== undefined && arrangement === this.#arrangementOf(query);
		return isOfThose && key !== this.#keyOf(query, epoch) ? { ...this.#newest, since } : null;
	}

	/** What the list is sorted by; undefined for a column that it does not have. */
	sortKey(column: string): SortKey | undefined {
		return new Map(Object.entries(this.#table.keys())).get(column);
	}

	#keyOf({ scope, sort }: Sorted, epoch: string | number): string {
		return JSON.stringify([this.#table.versionOf?.(sort.column, scope) ?? epoch, scope, sort]);
	}

	#arrangementOf({ scope, sort }: Sorted): string | undefined {
		const { comings } = this.#table;
		return comings && JSON.stringify([comings.chosenBy(scope), scope, sort]);
	}

	#sorted(query: Sorted): Omit<Order, 'key'> {
		const { scope, sort } = query;
		const { comings } = this.#table;
		const slots = this.#table.slots(scope);
		const sortKey = this.sortKey(sort.column);
		const values = comings && JSON.stringify([comings.versionOf(sort.column, scope), scope, sort]);
		const version = comings && {
			values,
			since: comings.slots.version,
			arrangement: this.#arrangementOf(query),
		};
		const renewed = values && sortKey && this.#renewed(values, slots, sortKey, sort.descending);
		if (renewed) {
			return { slots: renewed, ...version };
		}
		const sorted = this.#spare.take(slots.length);
		sorted.set(slots);
		if (sortKey !== undefined) {
			sortSlots(sorted, sortKey, sort.descending);
		}
		return { slots: sorted, ...version };
	}

	/** An order of before in which rows only came and went, brought up to date; null if there is none. */
	#renewed(values: string, slots: Uint32Array, key: SortKey, descending: boolean): Uint32Array | null {
		const { comings } = this.#table;
		const before = [this.#newest, ...this.#older].find((order) => order.values === values);
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
}
