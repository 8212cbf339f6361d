/** Makes plain text (no escape sequences in it) exactly as many cells wide as there is room. */
import { graphemes } from './graphemes.ts';
import { cellWidth, isSimple, printable } from './width.ts';

/** The longest beginning of a printable text that fits. */
function beginning(text: string, width: number): string {
	if (isSimple(text)) {
		return text.slice(0, width);
	}

	let taken = '';
	let cells = 0;
	for (const { segment } of graphemes(text)) {
		cells += cellWidth(segment);
		if (cells > width) {
			break;
		}

		taken += segment;
	}

	return taken;
}

/** The longest end of a printable text that fits. */
function ending(text: string, width: number): string {
	if (isSimple(text)) {
		return width <= 0 ? '' : text.slice(-width);
	}

	const segments = Array.from(graphemes(text), ({ segment }) => segment);
	let first = segments.length;
	let cells = 0;
	while (first > 0) {
		cells += cellWidth(segments[first - 1] ?? '');
		if (cells > width) {
			break;
		}

		first--;
	}

	return segments.slice(first).join('');
}

/** Cuts the end off a text that is wider than `width`, and says so with the ellipsis. */
export function truncateEnd(text: string, width: number, ellipsis = '…'): string {
	const whole = printable(text);
	if (width <= 0) {
		return '';
	}

	return cellWidth(whole) <= width ? whole : beginning(whole, width - 1) + ellipsis;
}

/** Cells that are kept of the end of a name: a dash and the five characters by which replicas differ. */
const suffix = 6;

/** Cuts the middle out of a text that is wider than `width`, so that names which differ in their last part still do. */
export function truncateMiddle(text: string, width: number, ellipsis = '…'): string {
	const whole = printable(text);
	if (width <= 0) {
		return '';
	}

	if (cellWidth(whole) <= width) {
		return whole;
	}

	const tail = Math.min(suffix, Math.floor((width - 1) / 2));
	return beginning(whole, width - 1 - tail) + ellipsis + ending(whole, tail);
}

/** Left-aligned in exactly `width` cells. */
export function padEnd(text: string, width: number, ellipsis = '…'): string {
	const cut = truncateEnd(text, width, ellipsis);
	return cut + ' '.repeat(Math.max(0, width - cellWidth(cut)));
}

/** Right-aligned in exactly `width` cells. */
export function padStart(text: string, width: number, ellipsis = '…'): string {
	const cut = truncateEnd(text, width, ellipsis);
	return ' '.repeat(Math.max(0, width - cellWidth(cut))) + cut;
}

/** Breaks a text at spaces into lines of at most `width` cells; a longer word is cut into pieces. */
export function wrap(text: string, width: number): string[] {
	if (width <= 0) {
		return [];
	}

	const lines: string[] = [];
	let line = '';
	for (const word of printable(text).split(' ')) {
		const joined = line === '' ? word : `${line} ${word}`;
		if (cellWidth(joined) <= width) {
			line = joined;
			continue;
		}

		if (line !== '') {
			lines.push(line);
		}

		line = word;
		while (cellWidth(line) > width) {
			const piece = beginning(line, width);
			if (piece === '') {
				// A single character that is wider than the room.
				line = '';
				break;
			}

			lines.push(piece);
			line = line.slice(piece.length);
		}
	}

	if (line !== '') {
		lines.push(line);
	}

	return lines;
}
