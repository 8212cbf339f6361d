/** Any list: a line of titles and its rows. Pure. */
import type { Severity } from '../../../model/finding.ts';
import { toAscii } from '../../text/ascii.ts';
import { padEnd, padStart, truncateEnd, truncateMiddle } from '../../text/fit.ts';
import { line, reversed, type Span, span } from '../../text/line.ts';
import { cellWidth } from '../../text/width.ts';
import { paint, type Theme, type Tone } from '../../theme.ts';
import { Memory } from '../memory.ts';
import { type Arrangement, arrange } from './arrange.ts';
import type { CellContext, Column } from './column.ts';
import { glyphOf, toneOf } from './severity.ts';

export interface ListView<Row> {
	columns: ReadonlyArray<Column<Row>>;
	/** The rows at hand, and the index of the first of them in the whole list. */
	rows: readonly Row[];
	offset: number;
	/** Rows in the whole list, filtered. */
	matched: number;
	/** Index of the first row on screen. */
	top: number;
	/** Index of the row under the cursor, −1 for none. */
	cursor: number;
	/** The keys go to this list: its cursor is reversed. */
	focused: boolean;
	/** How bad the row is, for the glyph at its left; lists that have a column for it give none. */
	severity: ((row: Row) => Severity) | null;
	hidden: ReadonlySet<string>;
	context: CellContext;
	width: number;
	height: number;
	theme: Theme;
}

/** Tones that mean something stay in a reversed row; grey in reverse can hardly be read. */
const lasting: ReadonlySet<Tone> = new Set<Tone>(['warning', 'error', 'ending']);

function cut<Row>(column: Column<Row>, text: string, width: number, theme: Theme): string {
	return column.cut === 'middle'
		? truncateMiddle(text, width, theme.glyphs.ellipsis)
		: truncateEnd(text, width, theme.glyphs.ellipsis);
}

function rowLine<Row>(view: ListView<Row>, { columns, gap }: Arrangement<Row>, row: Row, selected: boolean): string {
	const { context, theme } = view;
	const reverse = selected && view.focused;
	const between = ' '.repeat(gap);
	let text = selected ? theme.glyphs.cursor : ' ';
	let used = 1;
	if (view.severity !== null) {
		const severity = view.severity(row);
		text += `${paint(theme, toneOf(severity), glyphOf(severity, theme.glyphs))} `;
		used += 2;
	}

	for (const [index, { column, width }] of columns.entries()) {
		const cell = column.cell(row, context, width);
		const shown = cut(column, theme.ascii ? toAscii(cell.text) : cell.text, width, theme);
		const blanks = ' '.repeat(Math.max(0, width - cellWidth(shown)));
		const painted = paint(theme, reverse && !lasting.has(cell.tone) ? 'plain' : cell.tone, shown);
		text += (index > 0 ? between : '') + (column.align === 'right' ? blanks + painted : painted + blanks);
		used += width + (index > 0 ? gap : 0);
	}

	text += ' '.repeat(Math.max(0, view.width - used));
	return reverse ? reversed(text, theme) : text;
}

function titleLine<Row>(view: ListView<Row>, { columns, gap }: Arrangement<Row>): string {
	const { context, theme } = view;
	const spans: Span[] = [span(' '.repeat(gutterWidth(view)))];
	for (const [index, { column, width, title }] of columns.entries()) {
		const pad = column.align === 'right' ? padStart : padEnd;
		const text = (index > 0 ? ' '.repeat(gap) : '') + pad(title, width, theme.glyphs.ellipsis);
		spans.push(span(text, column.id === context.sort.column ? 'strong' : 'dim'));
	}

	return line(spans, view.width, theme);
}

/** Cells at the left of a row: cursor, and glyph and blank where the list has them. */
function gutterWidth<Row>(view: ListView<Row>): number {
	return view.severity === null ? 1 : 3;
}

/** Lines that a list's titles take at this height. */
export function titleHeight(height: number): number {
	return height >= 3 ? 1 : 0;
}

/** How the rows at hand are laid out, and the lines of those that were on screen, but for the cursor's. */
interface Laid<Row> {
	arrangement: Arrangement<Row>;
	titles: string;
	lines: Map<Row, string>;
}

/** By the rows: a key that moves the cursor or the screen within them lays out nothing, and draws the rows that are new. */
const layouts = new WeakMap<readonly unknown[], Memory<Laid<unknown>>>();

function laidOut<Row>(view: ListView<Row>): Laid<Row> {
	const { columns, context, hidden, rows, severity, theme, width } = view;
	// Rows of one array are of one kind.
	const memory = (layouts.get(rows) ?? new Memory()) as Memory<Laid<Row>>;
	layouts.set(rows, memory as Memory<Laid<unknown>>);
	const { now, refresh, sort, wide } = context;
	return memory.of([columns, width, severity, theme, now, refresh, sort, wide, [...hidden].join()], () => {
		const arrangement = arrange({ columns, rows, width: width - gutterWidth(view), hidden, context });
		return { arrangement, titles: titleLine(view, arrangement), lines: new Map() };
	});
}

function unmarkedLine<Row>(view: ListView<Row>, { arrangement, lines }: Laid<Row>, row: Row): string {
	const known = lines.get(row);
	if (known !== undefined) {
		return known;
	}

	const text = rowLine(view, arrangement, row, false);
	lines.set(row, text);
	return text;
}

/** Exactly `height` lines of exactly `width` cells. */
export function renderList<Row>(view: ListView<Row>): string[] {
	const { width, height, theme } = view;
	const lines: string[] = [];
	if (width < gutterWidth(view) + 4) {
		// No room for a gutter: as much of the most important column as there is.
		return tinyList(view);
	}

	const laid = laidOut(view);
	if (titleHeight(height) > 0) {
		lines.push(laid.titles);
	}

	for (let index = view.top; lines.length < height; index++) {
		const row = view.rows[index - view.offset];
		if (row !== undefined) {
			lines.push(index === view.cursor ? rowLine(view, laid.arrangement, row, true) : unmarkedLine(view, laid, row));
		} else {
			// Rows that exist, but are not here yet.
			lines.push(line(index < view.matched ? [span(`   ${theme.glyphs.ellipsis}`, 'dim')] : [], width, theme));
		}
	}

	return lines;
}

function tinyList<Row>(view: ListView<Row>): string[] {
	const { theme, width, height } = view;
	const column = view.columns.find(({ id }) => id === 'name') ?? view.columns.at(-1);
	return Array.from({ length: height }, (_, offset) => {
		const index = view.top + offset;
		const row = view.rows[index - view.offset];
		const text = row === undefined || column === undefined ? '' : column.cell(row, view.context, width).text;
		const painted = line([span(text)], width, theme);
		return index === view.cursor && view.focused ? reversed(painted, theme) : painted;
	});
}
