/** The history of one quantity as a line chart by asciichart, with marks across it and an axis of time under it. */
import asciichart from 'asciichart';
import { type Span, span } from '../text/line.ts';
import { cellWidth } from '../text/width.ts';
import type { Theme, Tone } from '../theme.ts';
import { resample, roundSpan } from './resample.ts';

export interface Mark {
	label: string;
	value: number;
	tone: Tone;
}

export interface HistoryOptions {
	times: readonly number[];
	values: readonly number[];
	/** Request, limit and the like; those without a value are left out. */
	marks: readonly Mark[];
	tone: Tone;
	/** Cells and lines of the whole chart, axes and labels included. */
	width: number;
	height: number;
	/** A value in human units. */
	format: (value: number) => string;
	/** The next round number, for the top of the axis where no mark gives one. */
	ceiling: (value: number) => number;
	theme: Theme;
}

export interface History {
	/** `height` lines, at most `width` cells each. */
	lines: Span[][];
	/** Marks that lie above the top of the chart, so that a line for them could not be drawn. */
	beyond: Mark[];
	/** Length of the time axis in ms. */
	span: number;
}

/** Fewer columns show no course of anything. */
const leastColumns = 8;

/** A mark may stretch the axis to this many times the highest value, and no further: the line must keep a shape. */
const stretch = 4;

interface Cell {
	text: string;
	tone: Tone;
}

type Grid = Cell[][];

function put(grid: Grid, row: number, column: number, text: string, tone: Tone): void {
	const line = grid[row];
	if (line !== undefined && column >= 0 && column < line.length) {
		line[column] = { text, tone };
	}
}

/** Unbroken runs of values: asciichart throws on gaps and takes null as 0. */
function runs(values: readonly number[]): Array<{ start: number; values: number[] }> {
	const found: Array<{ start: number; values: number[] }> = [];
	for (const [index, value] of values.entries()) {
		if (!Number.isFinite(value)) {
			continue;
		}

		const last = found.at(-1);
		if (last !== undefined && last.start + last.values.length === index) {
			last.values.push(value);
		} else {
			found.push({ start: index, values: [value] });
		}
	}

	return found;
}

/** Joins neighbouring cells of one tone. */
function toSpans(cells: readonly Cell[]): Span[] {
	const spans: Span[] = [];
	for (const { text, tone } of cells) {
		const last = spans.at(-1);
		if (last !== undefined && last.tone === tone) {
			last.text += text;
		} else {
			spans.push(span(text, tone));
		}
	}

	return spans;
}

/** Where the axis ends: at the highest mark, or above the highest value; 0 if nothing is known. */
function top(
	values: readonly number[],
	{ marks, ceiling }: Pick<HistoryOptions, 'marks' | 'ceiling'>,
): { top: number; beyond: Mark[] } {
	const highest = values.reduce((most, value) => Math.max(value, most), 0);
	const within = marks.filter(({ value }) => highest === 0 || value <= stretch * highest);
	const highestMark = within.reduce((most, { value }) => Math.max(most, value), 0);
	return {
		top: highestMark >= highest ? highestMark : Math.max(highest, ceiling(highest)),
		beyond: marks.filter((mark) => !within.includes(mark)),
	};
}

/** What is written beside each line of the chart; marks that fall on one line share it. */
function labelsByRow(marks: readonly Mark[], rowOf: (value: number) => number): Map<number, Mark> {
	const labels = new Map<number, Mark>();
	for (const mark of marks) {
		const row = rowOf(mark.value);
		const taken = labels.get(row);
		labels.set(row, taken === undefined ? mark : { ...mark, label: `${taken.label}, ${mark.label}` });
	}

	return labels;
}

function minutes(milliseconds: number): string {
	const value = milliseconds / 60_000;
	return value >= 120 && value % 60 === 0 ? `-${value / 60}h` : `-${Number(value.toFixed(1))}m`;
}

/** `-15m        -10m        -5m        now` under the columns that they name. */
function timeAxis(columns: number, length: number, theme: Theme): { line: string; labels: string } {
	const { axis } = theme.glyphs;
	const line = new Array<string>(columns).fill(axis.line);
	const labels = new Array<string>(columns).fill(' ');
	const most = columns >= 60 ? 5 : columns >= 36 ? 3 : columns >= 16 ? 2 : 1;
	// Whole minutes only.
	const parts = [5, 3, 2, 1].find((count) => count <= most && (length / 60_000) % count === 0) ?? 1;
	for (let part = 0; part <= parts; part++) {
		const ago = length * (1 - part / parts);
		const label = part === parts ? 'now' : minutes(ago);
		const column = Math.round(((columns - 1) * part) / parts);
		if (part > 0 && part < parts) {
			line[column] = axis.tick;
		}

		const start = Math.max(0, Math.min(columns - label.length, part === 0 ? 0 : column - (label.length >> 1)));
		for (const [offset, character] of Array.from(label).entries()) {
			if (start + offset < columns) {
				labels[start + offset] = character;
			}
		}
	}

	return { line: line.join(''), labels: labels.join('') };
}

/** The labels in the line of the axis. */
function overlaid(time: { line: string; labels: string }, glyph: string): string {
	return Array.from(time.labels, (character) => (character === ' ' ? glyph : character)).join('');
}

/**
 * Draws the history. The axis begins at 0 and reaches the highest value or mark; each column shows the highest sample
 * of its time. Needs 4 lines and 20 cells to say anything; less gives no lines at all.
 */
export function history(options: HistoryOptions): History {
	const { times, values, tone, width, height, format, theme } = options;
	const marks = options.marks.filter(({ value }) => value > 0 && Number.isFinite(value));
	const length = roundSpan(times);
	if (width < 20 || height < 4) {
		return { lines: [], beyond: [], span: length };
	}

	const finite = values.filter((value) => Number.isFinite(value));
	const { top: reach, beyond } = top(finite, { marks, ceiling: options.ceiling });
	// Where lines are few, the labels of the time stand in the axis itself.
	const merged = height < 9;
	const plotHeight = height - (merged ? 1 : 2);
	const scale = reach > 0 ? reach : 1;
	const drawn = marks.filter((mark) => !beyond.includes(mark));
	const rowOf = (value: number) => plotHeight - 1 - Math.round((value / scale) * (plotHeight - 1));

	// Labels: marks have theirs at the right; the left axis names the top, the middle and the bottom.
	const axisLabels = new Map<number, string>([[plotHeight - 1, '0']]);
	if (reach > 0) {
		axisLabels.set(0, format(scale));
		// Only where a line lies exactly in the middle.
		if (plotHeight >= 5 && plotHeight % 2 === 1) {
			axisLabels.set((plotHeight - 1) / 2, format(scale / 2));
		}
	}

	const labelWidth = Math.max(...Array.from(axisLabels.values(), cellWidth));
	const markLabels = width >= 40 ? labelsByRow(drawn, rowOf) : new Map<number, Mark>();
	const markWidth = Math.max(0, ...Array.from(markLabels.values(), ({ label }) => cellWidth(label) + 1));
	const columns = width - labelWidth - 1 - markWidth;
	if (columns < leastColumns) {
		return { lines: [], beyond: [], span: length };
	}

	const grid: Grid = Array.from({ length: plotHeight }, () =>
		Array.from({ length: columns }, (): Cell => ({ text: ' ', tone: 'plain' })),
	);

	for (const { value, tone: markTone } of drawn) {
		for (let column = 0; column < columns; column++) {
			put(grid, rowOf(value), column, theme.glyphs.mark, markTone);
		}
	}

	const series = resample(times, values, { end: times.at(-1) ?? 0, span: length, columns });
	for (const run of runs(series)) {
		// asciichart draws the steps between values, one fewer than there are: the last value is given twice.
		// In lines rather than in bytes or nanocores, so that its arithmetic cannot overflow.
		const heights = [...run.values, run.values.at(-1) ?? 0].map((value) => (value / scale) * (plotHeight - 1));
		const plotted = asciichart.plot(heights, {
			height: plotHeight - 1,
			min: 0,
			max: plotHeight - 1,
			offset: 1,
			// One cell, which the axis then overwrites; an empty label would shift its line.
			format: () => ' ',
			symbols: [...theme.glyphs.plot],
		});
		for (const [row, text] of plotted.split('\n').entries()) {
			// The first cell is asciichart's own axis.
			for (const [offset, character] of Array.from(text).slice(1).entries()) {
				if (character !== ' ') {
					put(grid, row, run.start + offset, character, tone);
				}
			}
		}
	}

	const { axis } = theme.glyphs;
	const lines = grid.map((cells, row) => {
		const label = (axisLabels.get(row) ?? '').padStart(labelWidth);
		const spans = [span(label + axis.side, 'dim'), ...toSpans(cells)];
		const mark = markLabels.get(row);
		if (mark !== undefined) {
			spans.push(span(` ${mark.label}`, mark.tone));
		}

		return spans;
	});
	const time = timeAxis(columns, length, theme);
	const indent = ' '.repeat(labelWidth);
	if (merged) {
		lines.push([span(indent + axis.corner + overlaid(time, axis.line), 'dim')]);
	} else {
		lines.push([span(indent + axis.corner + time.line, 'dim')], [span(`${indent} ${time.labels}`, 'dim')]);
	}

	return { lines, beyond, span: length };
}
