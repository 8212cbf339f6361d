/** The history of each slice as a chart of its own, side by side as far as there is room. Pure. */
import { sliceNames } from '../../../messages/en/ledger.ts';
import { memory, shortDuration } from '../../../model/display.ts';
import type { SliceHistory } from '../../../monitor/messages.ts';
import { history } from '../../charts/history.ts';
import { type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { allotment, ceiling } from '../list/amounts.ts';
import { padded } from './lines.ts';

const height = 7;
const leastWidth = 44;

function newest(values: readonly number[]): number {
	return values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
}

type SliceValues = SliceHistory['slices'][number];

function chart({ id, values }: SliceValues, times: readonly number[], width: number, theme: Theme): Span[][] {
	const drawn = history({
		times,
		// What is left over may be less than nothing, which no axis shows.
		values: values.map((value) => Math.max(0, value)),
		marks: [],
		tone: id,
		width: width - 1,
		height,
		format: (value) => allotment('memory', value),
		ceiling: (value) => ceiling('memory', value),
		theme,
	});
	const title = [
		span(theme.glyphs.slices[id], id),
		span(` ${sliceNames[id]}`, 'strong'),
		span(` ${memory(Math.max(0, newest(values)))} ${theme.glyphs.dot} ${shortDuration(drawn.span)}`, 'dim'),
	];
	return [title, ...drawn.lines].map((spans) => padded(spans, width));
}

/** A chart for each slice that there ever was; none before there are two points. */
export function sliceCharts({ slices, times }: SliceHistory, width: number, theme: Theme): Span[][] {
	const shown = slices.filter(({ values }) => values.some((value) => value > 0));
	if (times.length < 2 || shown.length === 0) {
		return [];
	}
	const beside = Math.max(1, Math.min(3, Math.floor(width / leastWidth)));
	const cells = Math.floor(width / beside);
	const lines: Span[][] = [];
	for (let first = 0; first < shown.length; first += beside) {
		const charts = shown.slice(first, first + beside).map((slice) => chart(slice, times, cells, theme));
		const rows = Math.max(...charts.map(({ length }) => length));
		for (let row = 0; row < rows; row++) {
			lines.push(charts.flatMap((chart_) => chart_[row] ?? padded([], cells)));
		}
	}
	return lines;
}
