/**
 * Aligns columns as kubectl's printers do, byte for byte: Go's elastic tab stops (text/tabwriter, in its fork
 * github.com/liggitt/tabwriter) with the settings of k8s.io/cli-runtime/pkg/printers/tabwriter.go: minimal width 6,
 * padding 3, spaces, widths remembered.
 *
 * What follows from those settings and cannot be seen in a usual table:
 * - Every cell ends with a tab, so the last one of a line is padded as well: lines end in spaces.
 * - A column is a block of successive lines that have it. A line with fewer cells ends the block; the next block of
 *   the same column is at least as wide as those above it.
 * - Width is counted in code points, whatever a terminal makes of them.
 */

const minimalWidth = 6;
const padding = 3;

const oneByteEach = /^[\x00-\x7f]*$/;

function codePoints(text: string): number {
	if (oneByteEach.test(text)) {
		return text.length;
	}
	let count = 0;
	for (const _ of text) {
		count++;
	}
	return count;
}

/**
 * The lines of a table, each with its line end. A row may have fewer cells than others; an empty cell takes its place.
 *
 * @param rows Cells without tabs and line ends; no row is empty.
 */
export function kubectlTable(rows: readonly (readonly string[])[]): string {
	const lines = new Array<string>(rows.length).fill('');
	for (let column = 0, remembered = 0; ; column++, remembered = 0) {
		let found = false;
		for (let first = 0; first < rows.length; first++) {
			let end = first;
			let width = Math.max(minimalWidth, remembered);
			for (; end < rows.length; end++) {
				const cell = rows[end]?.[column];
				if (cell === undefined) {
					break;
				}
				width = Math.max(width, codePoints(cell) + padding);
			}
			for (let row = first; row < end; row++) {
				const cell = rows[row]?.[column] as string;
				lines[row] += cell + ' '.repeat(width - codePoints(cell));
			}
			found ||= end > first;
			remembered = width;
			first = end;
		}
		if (!found) {
			return rows.length === 0 ? '' : `${lines.join('\n')}\n`;
		}
	}
}
