/** The line over the keys that says what whytop itself costs. Pure. */
import { paneText } from '../../../messages/en/panes.ts';
import { memory } from '../../../model/display.ts';
import type { ScreenState } from '../../state.ts';
import { line, type Span, span } from '../../text/line.ts';
import { type Item, item, spread } from '../../text/shorten.ts';
import type { Theme } from '../../theme.ts';

function size(bytes: number): string {
	return bytes < 2 ** 20 ? `${Math.round(bytes / 1024)}Ki` : memory(bytes);
}

function figure(value: number, text: (value: number) => string, importance: number): Item[] {
	return Number.isFinite(value) ? [item([span(text(value))], importance)] : [];
}

/** One line of exactly `width` cells. What is not known is left out. */
export function costLine(state: ScreenState, theme: Theme): string {
	const { cluster, cost, size: screen } = state;
	const texts = paneText.cost;
	const items: Item[] = [
		item([span(texts.title, 'title')], 10),
		...figure(cluster?.cost.requestsPerSecond ?? Number.NaN, (value) => texts.requests(value.toFixed(1)), 60),
		...figure(cluster?.cost.bytesReceived ?? Number.NaN, (value) => texts.received(size(value)), 50),
		...figure(cluster?.cost.decoding ?? Number.NaN, (value) => texts.decoding(value.toFixed(1)), 40),
	];
	if (cost !== null) {
		items.push(
			...figure(cost.frames, (value) => texts.frames(String(value)), 30),
			...figure(cost.bytes, (value) => texts.written(size(value)), 70),
			...figure(cost.eventLoopDelay, (value) => texts.delay(value.toFixed(1)), 80),
			...figure(cost.residentMemory, (value) => texts.resident(size(value)), 90),
		);
	}
	const separator = span(` ${theme.glyphs.dot} `, 'dim');
	const spans: Span[] = spread({ items, separator }, { items: [], separator }, Math.max(0, screen.columns - 2));
	return line([span(' '), ...spans], screen.columns, theme);
}
