/** The bytes that turn one painted frame into the next. Pure: rows in, one string for the terminal out. */
import { moveTo, RowWriter } from './row.ts';

/** Rows are written with the cursor saved, without wrapping at the right edge, and shown by the terminal in one go. */
const begin = '\x1b[?2026h\x1b7\x1b[?7l\x1b[m';
const end = '\x1b[?7h\x1b8\x1b[?2026l';

/** Lines `first` to `last` move up by `by` (down if negative): their new content is the old one, shifted. */
export interface Scroll {
	first: number;
	last: number;
	by: number;
}

/** How far a shift is looked for. More than that is a jump, and mostly changes all rows anyway. */
const furthest = 5;

/** Rows that a scroll must save from being written to be worth its own bytes and the risk of a slow terminal. */
const worthwhile = 3;

/** Rows that were right and that a scroll leaves blank. */
function spoiled(
	previous: readonly (string | undefined)[],
	next: readonly string[],
	{ first, last, by }: Scroll,
): number {
	let count = 0;
	for (let line = by > 0 ? last - by + 1 : first; line <= (by > 0 ? last : first - by - 1); line++) {
		count += Number(previous[line] === next[line]);
	}
	return count;
}

/** The scroll that saves most rows, or null if none is worth it. */
export function findScroll(previous: readonly (string | undefined)[], next: readonly string[]): Scroll | null {
	if (previous.length !== next.length) {
		return null;
	}
	let best: Scroll | null = null;
	let most = worthwhile - 1;
	for (let by = -furthest; by <= furthest; by++) {
		if (by === 0) {
			continue;
		}
		// The segment of lines with the greatest gain (Kadane): +1 for a row that the shift puts right, −1 for one it spoils.
		let gain = 0;
		let first = 0;
		for (let line = 0; line < next.length; line++) {
			const source = previous[line + by];
			const value = Number(source !== undefined && source === next[line]) - Number(previous[line] === next[line]);
			if (gain <= 0) {
				gain = 0;
				first = line;
			}
			gain += line + by >= 0 && line + by < next.length ? value : Number.NEGATIVE_INFINITY;
			if (gain <= most) {
				continue;
			}
			const scroll = { first: Math.min(first, first + by), last: Math.max(line, line + by), by };
			const net = gain - spoiled(previous, next, scroll);
			if (net > most) {
				most = net;
				best = scroll;
			}
		}
	}
	return best;
}

/** What is on the lines after a scroll: undefined where the terminal put a blank line. */
function scrolled(previous: readonly (string | undefined)[], { first, last, by }: Scroll): (string | undefined)[] {
	return previous.map((row, line) => {
		if (line < first || line > last) {
			return row;
		}
		const source = line + by;
		return source >= first && source <= last ? previous[source] : undefined;
	});
}

/**
 * The bytes that bring rows from `previous` to `next`, the first of them on line `top` (from 0) of the screen; '' if
 * nothing changed. A row is one screen line: text with SGR codes, as many cells wide as the screen. A previous row
 * that is undefined is unknown. The cursor ends where it was.
 */
export function framePatch(previous: readonly (string | undefined)[], next: readonly string[], top: number): string {
	const writer = new RowWriter();
	let shown = previous;
	let patch = '';
	const scroll = findScroll(previous, next);
	if (scroll !== null) {
		const { first, last, by } = scroll;
		patch += `\x1b[${top + first + 1};${top + last + 1}r\x1b[${Math.abs(by)}${by > 0 ? 'S' : 'T'}\x1b[r`;
		shown = scrolled(previous, scroll);
	}
	for (const [line, row] of next.entries()) {
		if (shown[line] !== row) {
			patch += writer.write(shown[line], row, top + line);
		}
	}
	patch += writer.reset();
	for (let line = next.length; line < previous.length; line++) {
		patch += `${moveTo(top + line, 0)}\x1b[2K`;
	}
	return patch === '' ? '' : begin + patch + end;
}
