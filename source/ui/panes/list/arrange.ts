/** Which columns a width has room for, and how wide each is. Pure. */
import { cellWidth } from '../../text/width.ts';
import type { CellContext, Column } from './column.ts';

export interface Arranged<Row> {
	column: Column<Row>;
	width: number;
	title: string;
}

export interface Arrangement<Row> {
	columns: ReadonlyArray<Arranged<Row>>;
	/** Blanks between columns. */
	gap: number;
}

export interface ArrangeOptions<Row> {
	columns: ReadonlyArray<Column<Row>>;
	/** Rows whose contents are measured: those on screen and around it, so that scrolling seldom changes a width. */
	rows: readonly Row[];
	width: number;
	/** Ids of columns that say nothing here, such as the namespace when there is only one. */
	hidden: ReadonlySet<string>;
	context: CellContext;
}

interface Draft<Row> {
	column: Column<Row>;
	sorted: boolean;
	/** Cells that the contents need; 0 for a column of fixed width. */
	need: number;
	/** What it asks for at each stage: comfortable, minimum, squeezed. */
	stages: readonly [number, number, number];
	width: number;
}

/** Columns from this number on are merely good to have. */
const goodToHave = 40;

/** Columns below the first number get room before contents are comfortable, below the second before names are whole. */
const stageEnds = [goodToHave, 15, 1] as const;

/** Cells that the contents of a column need; in steps of four, so that widths stay calm. */
function contentWidth<Row>(column: Column<Row>, rows: readonly Row[], context: CellContext): number {
	if (column.maximum === undefined || column.last === true) {
		return 0;
	}

	let widest = 0;
	for (const row of rows) {
		widest = Math.max(widest, cellWidth(column.cell(row, context, column.maximum).text));
	}

	return Math.min(column.maximum, Math.ceil(widest / 4) * 4);
}

function draftOf<Row>(column: Column<Row>, { rows, context }: ArrangeOptions<Row>): Draft<Row> {
	const sorted = column.id === context.sort.column;
	const title = column.message.short ?? column.message.title;
	const minimum = Math.max(column.minimum, column.last === true ? 0 : cellWidth(title) + (sorted ? 1 : 0));
	const need = contentWidth(column, rows, context);
	const comfortable = Math.max(minimum, Math.min(column.comfortable ?? 0, need));
	const stages = [comfortable, minimum, Math.min(minimum, column.squeezed ?? minimum)] as const;
	return { column, sorted, need, stages, width: 0 };
}

/** The sorted column stays as long as any besides those that always stay. */
function dropOf<Row>({ column, sorted }: Draft<Row>): number {
	return sorted ? Math.min(1, column.drop) : column.drop;
}

function total(widths: readonly number[], gap: number): number {
	return widths.reduce((sum, width) => sum + width, Math.max(0, widths.length - 1) * gap);
}

/** The candidates in the order in which they get room, those of one number together. */
function groups<Row>(candidates: ReadonlyArray<Draft<Row>>): Array<Array<Draft<Row>>> {
	const byNumber = new Map<number, Array<Draft<Row>>>();
	for (const draft of candidates.toSorted((a, b) => dropOf(a) - dropOf(b))) {
		const group = byNumber.get(dropOf(draft));
		if (group === undefined || dropOf(draft) === 0) {
			byNumber.set(dropOf(draft) === 0 ? -byNumber.size : dropOf(draft), [draft]);
		} else {
			group.push(draft);
		}
	}

	return Array.from(byNumber.values());
}

/**
 * The columns that fit. Those below the stage's number must all fit at its widths, or the next stage is tried; of the
 * rest each group that fits gets in, up to the first that does not. What is merely good to have is tried one by one,
 * and only where no content had to be cut for it.
 */
function choose<Row>(candidates: ReadonlyArray<Draft<Row>>, width: number): Array<Draft<Row>> {
	const ordered = groups(candidates);
	for (const stage of [0, 1, 2] as const) {
		const widths = (drafts: ReadonlyArray<Draft<Row>>) =>
			total(
				drafts.map(({ stages }) => stages[stage]),
				1,
			);
		let chosen: Array<Draft<Row>> = [];
		let failed = false;
		for (const group of ordered) {
			const number = dropOf(group[0] as Draft<Row>);
			if (stage > 0 && number >= goodToHave) {
				break;
			}

			const fits = widths([...chosen, ...group]) <= width;
			if (fits) {
				chosen = [...chosen, ...group];
			} else if (number < stageEnds[stage]) {
				failed = true;
				break;
			} else if (number < goodToHave) {
				break;
			}
		}

		if (!failed && chosen.length > 0) {
			for (const draft of chosen) {
				draft.width = draft.stages[stage];
			}

			return candidates.filter((draft) => chosen.includes(draft));
		}
	}

	// Not even one column fits: as much of the most important one as there is room for.
	const only = ordered[0]?.[0];
	if (only === undefined) {
		return [];
	}

	only.width = width;
	return [only];
}

/** Gives cells, one by one, to the column that lacks most of what it needs. */
function pour<Row>(drafts: ReadonlyArray<Draft<Row>>, needOf: (draft: Draft<Row>) => number, room: number): void {
	for (let left = room; left > 0; left--) {
		let neediest: Draft<Row> | undefined;
		let least = 1;
		for (const draft of drafts) {
			const share = draft.width / Math.max(1, needOf(draft));
			if (share < least) {
				least = share;
				neediest = draft;
			}
		}

		if (neediest === undefined) {
			return;
		}

		neediest.width++;
	}
}

/** Room for the long titles of all columns that have one, or of none. */
function lengthenTitles<Row>(drafts: ReadonlyArray<Draft<Row>>, room: number): void {
	const ideal = ({ column, sorted, width }: Draft<Row>) =>
		column.ideal === undefined ? width : Math.max(width, column.ideal + (sorted && column.glyphSlot !== true ? 1 : 0));
	if (drafts.reduce((sum, draft) => sum + ideal(draft) - draft.width, 0) <= room) {
		for (const draft of drafts) {
			draft.width = ideal(draft);
		}
	}
}

function titleOf<Row>({ column, width, sorted }: Draft<Row>, context: CellContext): string {
	const mark = context.sort.descending ? context.glyphs.descending : context.glyphs.ascending;
	// Above a glyph of its own stands a blank, so that titles end where numbers end.
	const suffix = sorted ? mark : column.glyphSlot === true ? ' ' : '';
	const { title, short } = column.message;
	const chosen = column.title?.(context, width - suffix.length) ?? title;
	return (cellWidth(chosen) + suffix.length > width && short !== undefined ? short : chosen) + suffix;
}

/**
 * Drops columns in their order until the rest fits, then widens them: what is cut first, then long titles, then space
 * between columns, then trends.
 */
export function arrange<Row>(options: ArrangeOptions<Row>): Arrangement<Row> {
	const { width, hidden, context } = options;
	const candidates = options.columns.filter(
		({ id, wide }) => id === context.sort.column || (!hidden.has(id) && (wide !== true || context.wide)),
	);
	const drafts = choose(
		candidates.map((column) => draftOf(column, options)),
		width,
	);
	const room = (gap: number) =>
		width -
		total(
			drafts.map((draft) => draft.width),
			gap,
		);
	pour(drafts, ({ need }) => need, room(1));
	lengthenTitles(drafts, room(1));
	const gap = room(2) >= 0 ? 2 : 1;
	pour(
		drafts.filter(({ column }) => column.last === true),
		({ column }) => column.maximum ?? 0,
		room(gap),
	);
	return {
		gap,
		columns: drafts.map((draft) => ({ column: draft.column, width: draft.width, title: titleOf(draft, context) })),
	};
}
