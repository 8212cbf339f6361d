/** A column of a list, as data. */
import type { ColumnMessage } from '../../../messages/en/columns.ts';
import type { Sort } from '../../../monitor/messages.ts';
import type { Span } from '../../text/line.ts';
import type { Glyphs } from '../../theme.ts';

/** What a cell may know besides its row. */
export interface CellContext {
	/** The server's time that ages are counted from, ms. */
	now: number;
	glyphs: Glyphs;
	sort: Sort;
	wide: boolean;
	/** Distance of a trend's values in ms. */
	refresh: number;
}

/** The piece of a cell; it is cut and aligned by the list. */
export type Cell = Span;

export interface Column<Row, Id extends string = string> {
	id: Id;
	message: ColumnMessage;
	align: 'left' | 'right';
	/** Cells that its contents may have before a column that is merely good to have gets any. */
	comfortable?: number;
	/** Cells that it should have before other columns get any. */
	minimum: number;
	/** Cells that it makes do with when there is room for nothing else. */
	squeezed?: number;
	/** Cells that it has when there is room for all columns that want more: the long title fits then. */
	ideal?: number;
	/** It takes what its contents need, up to this. */
	maximum?: number;
	/** It takes what all others left. */
	last?: boolean;
	/** The higher, the earlier it is dropped when there is no room; 0 stays. */
	drop: number;
	/** Shown in the wide view only, or when the list is sorted by it. */
	wide?: boolean;
	/** Names that differ at their end are cut in the middle. */
	cut?: 'middle';
	/** The title, where it depends on more than the message. */
	title?: (context: CellContext, width: number) => string;
	/** The last cell of the column is kept for a glyph. */
	glyphSlot?: boolean;
	cell: (row: Row, context: CellContext, width: number) => Cell;
}
