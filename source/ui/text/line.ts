/** Lines made of pieces in several tones. Widths are measured on the plain pieces, never on escape sequences. */
import { paint, type Theme, type Tone } from '../theme.ts';
import { toAscii } from './ascii.ts';
import { truncateEnd } from './fit.ts';
import { cellWidth, printable } from './width.ts';

/** Plain text and what it is. */
export interface Span {
	text: string;
	tone: Tone;
}

/** A piece of a line. */
export function span(text: string, tone: Tone = 'plain'): Span {
	return { text, tone };
}

/** Cells that the pieces take together. */
export function spansWidth(spans: readonly Span[]): number {
	let width = 0;
	for (const { text } of spans) {
		width += cellWidth(printable(text));
	}

	return width;
}

/** The pieces as one string of exactly `width` cells: cut where they are longer, filled with blanks where shorter. */
export function line(spans: readonly Span[], width: number, theme: Theme): string {
	let painted = '';
	let left = width;
	for (const { text, tone } of spans) {
		if (left <= 0) {
			break;
		}

		const shown = truncateEnd(theme.ascii ? toAscii(text) : text, left, theme.glyphs.ellipsis);
		painted += paint(theme, tone, shown);
		left -= cellWidth(shown);
	}

	return left > 0 ? painted + ' '.repeat(left) : painted;
}

/** The line in reverse video. Tones end with their own codes only, so the reversal lasts to the line's end. */
export function reversed(text: string, theme: Theme): string {
	return theme.reverse[0] + text + theme.reverse[1];
}
