/** Cells that several lists have: amounts, percentages, ages, trends. Missing is never zero. */
import { noSample } from '../../../messages/en/no-sample.ts';
import { paneText } from '../../../messages/en/panes.ts';
import { age, percent, percentOf, shortDuration } from '../../../model/display.ts';
import type { Usage } from '../../../model/usage.ts';
import type { Trend } from '../../../monitor/messages.ts';
import { sparkline, sparkScale } from '../../charts/sparkline.ts';
import { span } from '../../text/line.ts';
import type { Tone } from '../../theme.ts';
import { allotment, amount, type Quantity } from './amounts.ts';
import type { Cell, CellContext } from './column.ts';
import { glyphOf, severityOfMissing, severityOfPercent, toneOf } from './severity.ts';

/** An amount that the spec or the node gives; `–` where nothing is set. */
export function amountCell(quantity: Quantity, value: number, { glyphs }: CellContext): Cell {
	return Number.isFinite(value) ? span(allotment(quantity, value)) : span(glyphs.unset, 'dim');
}

/** Usage; `∅` where there is no sample, greyed where it is old. */
export function usageCell(quantity: Quantity, usage: Usage, { glyphs }: CellContext): Cell {
	if (usage.kind === 'none' || !Number.isFinite(usage[quantity])) {
		return span(glyphs.missing, 'dim');
	}

	return span(amount(quantity, usage[quantity]), usage.stale ? 'dim' : 'plain');
}

/** A percentage in at most `room` cells; what does not fit is said to be more than the highest that does. */
function percentText(value: number, room: number): string {
	const text = percent(value);
	return text.length > room ? `>${'9'.repeat(Math.max(1, room - 1))}` : text;
}

/** Usage in percent of a denominator; with a glyph where it comes near to it, if the denominator is a bound. */
export function percentCell(
	quantity: Quantity,
	usage: Usage,
	denominator: number,
	context: CellContext,
	options: { width: number; bound: boolean },
): Cell {
	const slot = options.bound ? ' ' : '';
	if (!Number.isFinite(denominator)) {
		return span(context.glyphs.unset + slot, 'dim');
	}

	if (usage.kind === 'none' || !Number.isFinite(usage[quantity])) {
		return span(context.glyphs.missing + slot, 'dim');
	}

	const value = percentOf(usage[quantity], denominator);
	if (!Number.isFinite(value)) {
		return span(context.glyphs.unset + slot, 'dim');
	}

	const text = percentText(value, options.width - slot.length);
	if (!options.bound || usage.stale) {
		return span(text + slot, usage.stale ? 'dim' : 'plain');
	}

	const severity = severityOfPercent(value);
	return span(text + glyphOf(severity, context.glyphs), toneOf(severity));
}

/** A share of a whole in percent, where neither is a sample. */
export function shareCell(part: number, whole: number, { glyphs }: CellContext, width: number): Cell {
	const value = percentOf(part, whole);
	return Number.isFinite(value) ? span(percentText(value, width)) : span(glyphs.unset, 'dim');
}

/** The trend; where there is no sample, a word for the reason, and where it is old, its age. */
export function trendCell(
	quantity: Quantity,
	row: { usage: Usage; cpuTrend: Trend; memoryTrend: Trend },
	bound: number,
	context: CellContext,
	width: number,
): Cell {
	const { usage } = row;
	// In the wide view both trends are shown, and the word needs saying once.
	const silent = context.wide && quantity === 'cpu';
	if (usage.kind === 'none') {
		return silent
			? span('')
			: span(noSample[usage.code].short, severityOfMissing(usage.code) === 'info' ? 'dim' : 'warning');
	}

	if (usage.stale) {
		return silent ? span('') : span(paneText.old(shortDuration(context.now - usage.timestamp)), 'dim');
	}

	const trend = quantity === 'cpu' ? row.cpuTrend : row.memoryTrend;
	const scale = sparkScale(trend, bound);
	return span(sparkline(trend, width, scale, context.glyphs), scale.relative ? 'dim' : 'accent');
}

/** `MEM 5m`: what the trend is of, and the time that it covers at this width. */
export function trendTitle(name: string): (context: CellContext, width: number) => string {
	return (context, width) => `${name} ${shortDuration(context.refresh * width)}`;
}

/** Time since then; `–` where it never was. */
export function ageCell(since: number, { now, glyphs }: CellContext, tone: Tone = 'plain'): Cell {
	return Number.isFinite(now - since) ? span(age(now - since), tone) : span(glyphs.unset, 'dim');
}

/** `12s/w15s`: age and window of the sample. */
export function sampleAgeCell(usage: Usage, { now, glyphs }: CellContext): Cell {
	if (usage.kind === 'none') {
		return span(glyphs.missing, 'dim');
	}

	return span(
		`${shortDuration(now - usage.timestamp)}/w${shortDuration(usage.window)}`,
		usage.stale ? 'warning' : 'plain',
	);
}

/** A text, or `–` where it is empty. */
export function textCell(text: string, { glyphs }: CellContext, tone: Tone = 'plain'): Cell {
	return text === '' ? span(glyphs.unset, 'dim') : span(text, tone);
}

/** How often something restarted: amber when that was within the last ten minutes. */
export function restartsCell(restarts: number, last: number, { now, glyphs }: CellContext): Cell {
	if (!Number.isFinite(restarts)) {
		return span(glyphs.unset, 'dim');
	}

	return span(String(restarts), now - last < 600_000 ? 'warning' : restarts === 0 ? 'dim' : 'plain');
}
