/** The history of CPU and of memory as charts with request and limit. Pure. */
import { noSample } from '../../../messages/en/no-sample.ts';
import { paneText, detailText as text } from '../../../messages/en/panes.ts';
import { shortDuration } from '../../../model/display.ts';
import type { Detail } from '../../../monitor/messages.ts';
import { type History, history, type Mark } from '../../charts/history.ts';
import { wrap } from '../../text/fit.ts';
import { line, type Span, span, spansWidth } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import type { Quantity } from '../list/amounts.ts';
import { allotment, ceiling, spelled } from '../list/amounts.ts';
import type { SubjectRow } from './subject.ts';

export interface ChartInput {
	subject: SubjectRow | null;
	history: Detail | null;
	theme: Theme;
}

/** Lines that a chart needs to be worth drawing, without its title. */
const leastHeight = 5;

function marksOf(quantity: Quantity, subject: SubjectRow): Mark[] {
	if (subject.kind === 'node') {
		const { row } = subject;
		return quantity === 'cpu'
			? [
					{ label: text.requested, value: row.cpuRequested, tone: 'request' },
					{ label: text.allocatable, value: row.cpuAllocatable, tone: 'limit' },
				]
			: [
					{ label: text.requested, value: row.memoryRequested, tone: 'request' },
					{ label: text.allocatable, value: row.memoryAllocatable, tone: 'limit' },
				];
	}

	const { row } = subject;
	return quantity === 'cpu'
		? [
				{ label: text.request, value: row.cpuRequest, tone: 'request' },
				{ label: text.limit, value: row.cpuLimit, tone: 'limit' },
			]
		: [
				{ label: text.request, value: row.memoryRequest, tone: 'request' },
				{ label: text.limit, value: row.memoryLimit, tone: 'limit' },
			];
}

function draw(quantity: Quantity, input: ChartInput, width: number, height: number): History {
	const { subject, theme } = input;
	return history({
		times: input.history?.times ?? [],
		values: input.history?.[quantity] ?? [],
		marks: subject === null ? [] : marksOf(quantity, subject),
		tone: quantity,
		width,
		height,
		format: (value) => allotment(quantity, value),
		ceiling: (value) => ceiling(quantity, value),
		theme,
	});
}

/** `memory 15m · request 1Gi · limit 2Gi`: the marks with their values as far as there is room, and a sign at those too high to draw. */
function chartTitle(quantity: Quantity, input: ChartInput, drawn: History, room: number): Span[] {
	const { subject, theme } = input;
	const dot = span(` ${theme.glyphs.dot} `, 'dim');
	const spans = [
		span(quantity === 'cpu' ? text.cpu : text.memory, 'strong'),
		span(` ${shortDuration(drawn.span)}`, 'dim'),
	];
	let left = room - spansWidth(spans);
	for (const mark of subject === null ? [] : marksOf(quantity, subject).reverse()) {
		if (mark.value > 0) {
			const above = drawn.beyond.some(({ label }) => label === mark.label) ? ` ${theme.glyphs.above}` : '';
			const piece = span(`${mark.label} ${spelled(quantity, mark.value)}${above}`, mark.tone);
			left -= spansWidth([dot, piece]);
			if (left < 0) {
				break;
			}

			spans.push(dot, piece);
		}
	}

	return spans;
}

/** Why there is nothing to draw, in the place of a chart. */
function emptiness(input: ChartInput, width: number): Span[][] {
	const usage = input.subject?.row.usage;
	const words =
		input.history === null
			? paneText.loading
			: usage?.kind === 'none'
				? noSample[usage.code].sentence
				: paneText.noHistory;
	return wrap(words, Math.max(1, width - 2)).map((part) => [span(` ${part}`, 'dim')]);
}

function hasValues(input: ChartInput, quantity: Quantity): boolean {
	return (input.history?.[quantity] ?? []).some((value) => Number.isFinite(value));
}

export interface Chart {
	title: Span[];
	lines: Span[][];
}

/** One chart: its title apart in at most `room` cells, so that it can stand in a rule, and at most `height` lines. */
export function chart(
	quantity: Quantity,
	input: ChartInput,
	place: { width: number; height: number },
	room = place.width,
): Chart {
	const { width, height } = place;
	const drawn = draw(quantity, input, width, height);
	const title = chartTitle(quantity, input, drawn, room);
	if (!hasValues(input, quantity) || height < leastHeight - 1) {
		return { title, lines: emptiness(input, width).slice(0, height) };
	}

	return { title, lines: drawn.lines };
}

function filled(lines: readonly Span[][], width: number, height: number, theme: Theme): string[] {
	return Array.from({ length: height }, (_, index) => line(lines[index] ?? [], width, theme));
}

function titled(quantity: Quantity, input: ChartInput, width: number, height: number): string[] {
	const { title, lines } = chart(quantity, input, { width, height: height - 1 }, width - 1);
	return filled([[span(' '), ...title], ...lines], width, height, input.theme);
}

/**
 * Exactly `height` lines of exactly `width` cells: both charts one over the other, or side by side, or the one that
 * the list is sorted by where there is room for one only.
 */
export function chartsPane(input: ChartInput, preferred: Quantity, place: { width: number; height: number }): string[] {
	const { width, height } = place;
	const { theme } = input;
	if (input.subject === null || !(hasValues(input, 'cpu') || hasValues(input, 'memory'))) {
		return filled([[], ...emptiness(input, width)], width, height, theme);
	}

	if (height >= 2 * (leastHeight + 1)) {
		const upper = (height + 1) >> 1;
		return [...titled('cpu', input, width, upper), ...titled('memory', input, width, height - upper)];
	}

	if (width >= 72 && height > leastHeight) {
		const half = (width - 1) >> 1;
		const right = titled('memory', input, width - half - 1, height);
		return titled('cpu', input, half, height).map((text, index) => `${text} ${right[index]}`);
	}

	return height > leastHeight ? titled(preferred, input, width, height) : filled([], width, height, theme);
}
