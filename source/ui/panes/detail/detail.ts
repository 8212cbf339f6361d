/** The detail of the subject under the cursor: facts beside or over charts, as there is room. Pure. */
import { paneText } from '../../../messages/en/panes.ts';
import type { NodeRow } from '../../../monitor/messages.ts';
import type { ScreenState } from '../../state.ts';
import { wrap } from '../../text/fit.ts';
import { line, type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import type { Quantity } from '../list/amounts.ts';
import { restingRow } from '../list/view.ts';
import { type Chart, type ChartInput, chart, chartsPane } from './charts.ts';
import { layFacts } from './fact-lines.ts';
import { factsOf } from './facts.ts';
import { type SubjectView, subjectTitle, subjectView } from './subject.ts';

interface Place {
	width: number;
	height: number;
}

function filled(lines: readonly Span[][], { width, height }: Place, theme: Theme): string[] {
	return Array.from({ length: height }, (_, index) => line(lines[index] ?? [], width, theme));
}

/** What the charts show first: the resource that the list is sorted by, else memory. */
function preferred(state: ScreenState): Quantity {
	return state.lists[state.focus].sort.column.startsWith('cpu') ? 'cpu' : 'memory';
}

function absence(state: ScreenState, view: SubjectView, width: number): Span[][] {
	const words = view.gone
		? paneText.gone
		: state.subject === null && state.cluster !== null
			? paneText.nothingSelected
			: paneText.loading;
	return [[], ...wrap(words, Math.max(1, width - 2)).map((part) => [span(` ${part}`, 'dim')])];
}

function facts(state: ScreenState, view: SubjectView, width: number, height: number, theme: Theme): Span[][] {
	if (view.subject === null) {
		return absence(state, view, width).slice(0, height);
	}

	const now = state.cluster?.serverTime ?? Number.NaN;
	return layFacts(
		factsOf(view.subject, { now, brief: height < 12, narrow: width < 44, glyphs: theme.glyphs }),
		width,
		height,
		theme.glyphs,
	);
}

function chartInput(view: SubjectView, theme: Theme): ChartInput {
	return { subject: view.subject, history: view.history, theme };
}

/** Facts and charts stand side by side where there is more width than height for them. */
function standsBeside({ width, height }: Place): boolean {
	return width >= 76 && height < 24;
}

/** The chart at the right of the facts, with its title for the rule above. */
function sideChart(
	state: ScreenState,
	view: SubjectView,
	place: Place,
	theme: Theme,
	room = place.width,
): { chart: Chart; width: number } | null {
	if (!standsBeside(place) || place.height < 4 || view.subject === null) {
		return null;
	}

	const width = place.width - Math.min(64, Math.max(42, Math.round(place.width * 0.45)));
	// Two charts fit side by side: then both have titles of their own.
	return width >= 100
		? null
		: {
				chart: chart(preferred(state), chartInput(view, theme), { width: width - 1, height: place.height }, room),
				width,
			};
}

/** Title of the detail: the subject, and at the right the chart, if it stands beside the facts. */
export function detailTitle(
	state: ScreenState,
	place: Place,
	theme: Theme,
	withChart: boolean,
): { left: Span[]; right: Span[] } {
	const view = subjectView(state);
	if (view.subject === null) {
		return { left: [], right: [] };
	}

	const title = subjectTitle(view.subject, theme.glyphs.dot);
	const side = withChart ? sideChart(state, view, place, theme, place.width - title.length - 8) : null;
	return {
		left: [span(' '), span(title, 'strong'), span(' ')],
		right: side === null ? [] : [span(' '), ...side.chart.title, span(' ')],
	};
}

/** Exactly `height` lines of exactly `width` cells. */
export function detailPane(state: ScreenState, place: Place, theme: Theme): string[] {
	const { width, height } = place;
	const view = subjectView(state);
	if (view.subject === null) {
		return filled(absence(state, view, width), place, theme);
	}

	const input = chartInput(view, theme);
	if (standsBeside(place)) {
		const side = sideChart(state, view, place, theme);
		const chartWidth = side?.width ?? width - 65;
		const left = filled(
			facts(state, view, width - chartWidth - 1, height, theme),
			{ width: width - chartWidth - 1, height },
			theme,
		);
		const right =
			side === null
				? chartsPane(input, preferred(state), { width: chartWidth, height })
				: filled(side.chart.lines, { width: chartWidth, height }, theme);
		return left.map((text, index) => `${text} ${right[index]}`);
	}

	// Facts as far as they leave room for two charts, or for one, or all of it where there is no room for any.
	const reserved = height >= 22 ? Math.max(14, Math.round(height * 0.5)) : height >= 10 ? 6 : 0;
	const above = facts(state, view, width, height - reserved, theme);
	const left = height - above.length;
	return [
		...filled(above, { width, height: above.length }, theme),
		...chartsPane(input, preferred(state), { width, height: left }),
	];
}

/** Facts alone. */
export function factsPane(state: ScreenState, place: Place, theme: Theme): string[] {
	return filled(facts(state, subjectView(state), place.width, place.height, theme), place, theme);
}

/** Charts alone. */
export function chartsOnlyPane(state: ScreenState, place: Place, theme: Theme): string[] {
	return chartsPane(chartInput(subjectView(state), theme), preferred(state), place);
}

function nodeUnderCursor(state: ScreenState): NodeRow | null {
	const { answer } = state.lists.nodes;
	return answer?.list === 'nodes' ? ((restingRow(state, 'nodes') as NodeRow | undefined) ?? null) : null;
}

/** Facts of the node under the cursor of the nodes, whatever the detail is about. */
export function nodePane(state: ScreenState, place: Place, theme: Theme): string[] {
	const row = nodeUnderCursor(state);
	if (row === null) {
		return filled([], place, theme);
	}

	const now = state.cluster?.serverTime ?? Number.NaN;
	const lines = layFacts(
		factsOf({ kind: 'node', row }, { now, brief: false, narrow: place.width < 44, glyphs: theme.glyphs }),
		place.width,
		place.height,
		theme.glyphs,
	);
	return filled(lines, place, theme);
}

export function nodeTitle(state: ScreenState): Span[] {
	const row = nodeUnderCursor(state);
	return row === null ? [] : [span(' '), span(subjectTitle({ kind: 'node', row }, ''), 'plain'), span(' ')];
}
