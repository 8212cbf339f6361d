/** How many cells of a terminal a text takes. Measuring foreign text costs a hundred times more than our own. */
import stringWidth from 'string-width';

const printableAscii = /^[\u0020-\u007E]*$/;

/**
 * Text of characters that are one cell wide and never join with their neighbours: Latin, and the Greek, punctuation,
 * arrows, signs, lines, blocks and shapes that our own glyphs and formulas come from.
 */
const simple =
	/^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u0391-\u03C9\u2010-\u2027\u2070-\u2079\u2190-\u2193\u2200-\u22FF\u2308-\u230B\u2500-\u25FC\u2713\u2716]*$/;

/** Characters that must not reach a terminal from a cell: they move the cursor, or hide, join or turn what is beside them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** True if each UTF-16 unit of the text is one cell. */
export function isSimple(text: string): boolean {
	return printableAscii.test(text) || simple.test(text);
}

/**
 * The text without what a single line cannot show. Cluster data was cleaned where it came in; this holds the frame
 * together whatever else arrives here, such as what somebody types.
 */
export function printable(text: string): string {
	return isSimple(text) ? text : text.replace(unprintable, '');
}

/** Cells that a printable text takes. */
export function cellWidth(text: string): number {
	return isSimple(text) ? text.length : stringWidth(text);
}
