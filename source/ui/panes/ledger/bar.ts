/**
 * The stacked bar of usage. Its slices stand in such an order that what most tools count is one piece from the left:
 * what no reclaim gets back first, then what is called cache, and last the inactive file pages, which a working set
 * leaves out. Pure.
 */
import { sliceNames } from '../../../messages/en/ledger.ts';
import { screenText } from '../../../messages/en/ledger-screen.ts';
import { memory } from '../../../model/display.ts';
import type { Ledger, Slice } from '../../../model/ledger.ts';
import { Readings } from '../../../model/reading.ts';
import { type Span, span, spansWidth } from '../../text/line.ts';
import type { Theme, Tone } from '../../theme.ts';
import { spelled } from '../list/amounts.ts';

const order: readonly Slice['id'][] = ['anon', 'kernel', 'socket', 'remainder', 'shmem', 'activeFile', 'inactiveFile'];

/** Slices in the order of the bar; a negative remainder takes no room. */
export function orderedSlices({ slices }: Ledger): Slice[] {
	return order.flatMap((id) => slices.filter((slice) => slice.id === id && slice.value > 0));
}

/** Where a slice begins on the bar, in bytes. */
export function startOf(ledger: Ledger, id: Slice['id']): number {
	const before = order.slice(0, order.indexOf(id));
	return orderedSlices(ledger).reduce((sum, slice) => sum + (before.includes(slice.id) ? slice.value : 0), 0);
}

export function sliceValue({ slices }: Ledger, id: Slice['id']): number {
	return slices.find((slice) => slice.id === id)?.value ?? 0;
}

/** One scale for the bar, its brackets and its marks. */
export interface Scale {
	/** Bytes at its right end. */
	full: number;
	cells: number;
}

interface Mark {
	label: string;
	value: number;
	tone: Tone;
}

/** No limit is written as 2^63 − 4096 and the like. */
const unlimited = 2 ** 60;

/** What usage is measured against: request and limit, of a node what is allocatable. */
export function marksOf(ledger: Ledger): Mark[] {
	const readings = new Readings(ledger.readings);
	const isNode = readings.find('memoryAllocatable') !== undefined;
	const wanted = isNode
		? ([['memoryAllocatable', screenText.allocatable, 'limit']] as const)
		: ([
				['memoryRequest', screenText.request, 'request'],
				['memoryLimit', screenText.limit, 'limit'],
			] as const);
	return wanted.flatMap(([quantity, label, tone]) => {
		const reading = readings.find(quantity, 'pod-spec') ?? readings.find(quantity);
		return reading !== undefined && reading.value > 0 && reading.value < unlimited
			? [{ label: `${label} ${spelled('memory', reading.value)}`, value: reading.value, tone }]
			: [];
	});
}

/** What is further away than that is named at the edge: the bar must keep a shape. */
const stretch = 2;

/** The scale that holds the bar, the brackets and those marks that are not too far away. */
export function scaleOf(ledger: Ledger, cells: number): Scale {
	const usage = orderedSlices(ledger).reduce((sum, { value }) => sum + value, 0);
	const claimed = ledger.claims
		.filter(({ live, of, value }) => of === 'memory' && live && Number.isFinite(value))
		.map(({ value }) => value);
	const base = usage > 0 ? usage : Math.max(0, ...claimed);
	const near = [...claimed, ...marksOf(ledger).map(({ value }) => value)].filter((value) => value <= base * stretch);
	return { full: Math.max(base, ...near), cells };
}

/** The edge of a value between cells, from the left; beyond the scale it is the right end. */
export function edgeOf(value: number, { cells, full }: Scale): number {
	return full > 0 ? Math.max(0, Math.min(cells, Math.round((value / full) * cells))) : 0;
}

/** The slices, each filled with its own sign; the marks are ticks where the bar leaves room. */
export function barSpans(ledger: Ledger, scale: Scale, { glyphs }: Theme): Span[] {
	const spans: Span[] = [];
	let sum = 0;
	let used = 0;
	for (const { id, value } of orderedSlices(ledger)) {
		sum += value;
		const edge = edgeOf(sum, scale);
		spans.push(span(glyphs.slices[id].repeat(edge - used), id));
		used = edge;
	}
	for (const { tone, value } of marksOf(ledger).toSorted((a, b) => a.value - b.value)) {
		const edge = edgeOf(value, scale);
		if (value <= scale.full && edge > used) {
			spans.push(span(' '.repeat(edge - 1 - used)), span(glyphs.vertical, tone));
			used = edge;
		}
	}
	return [...spans, span(' '.repeat(scale.cells - used))];
}

interface Placed {
	start: number;
	spans: readonly Span[];
}

/** Where the label of a mark stands: before its tick, else after it; of one beyond the bar at its end. */
function placed({ label, tone, value }: Mark, scale: Scale, { glyphs }: Theme): Placed {
	if (value > scale.full) {
		const spans = [span(`${label} `, tone), span(glyphs.bracket.beyond, tone)];
		return { start: Math.max(0, scale.cells - spansWidth(spans)), spans };
	}
	const tick = Math.max(0, edgeOf(value, scale) - 1);
	return tick > label.length
		? { start: tick - label.length - 1, spans: [span(`${label} ${glyphs.vertical}`, tone)] }
		: { start: tick, spans: [span(`${glyphs.vertical} ${label}`, tone)] };
}

/** The marks with their names over the bar, on as few lines as hold them. */
export function markLines(ledger: Ledger, scale: Scale, theme: Theme): Span[][] {
	const lines: { spans: Span[]; end: number }[] = [];
	for (const mark of marksOf(ledger).toSorted((a, b) => a.value - b.value)) {
		const { spans, start } = placed(mark, scale, theme);
		let line = lines.find(({ end }) => end < start || (end === 0 && start === 0));
		if (line === undefined) {
			line = { spans: [], end: 0 };
			lines.push(line);
		}
		line.spans.push(span(' '.repeat(start - line.end)), ...spans);
		line.end = start + spansWidth(spans);
	}
	return lines.map(({ spans }) => spans);
}

/** `█ anonymous 38Mi`: each slice with its sign and its amount, in the order of the bar. */
export function legend(ledger: Ledger, { glyphs }: Theme): Span[][] {
	return orderedSlices(ledger).map(({ id, value }) => [
		span(glyphs.slices[id], id),
		span(` ${sliceNames[id]} `, 'dim'),
		span(memory(value)),
	]);
}
