/** What a list tells the engine that answers questions about it: its rows, their order, and what they are sorted by. */
import type { Slots } from '../../model/fleet/columns.ts';
import type { Scope } from '../messages.ts';
import type { Searched } from './matcher.ts';
import type { SortKey } from './sort-key.ts';

/** One list as the engine sees it. */
export interface ListTable<Row, Column extends string> extends Searched {
	/** Slots in the scope, in natural order: by name. */
	slots(scope: Scope): Uint32Array;
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
	/** Which rows are chosen; it stays while rows only come and go, and their values change. */
	chosenBy(scope: Scope): string;
}
