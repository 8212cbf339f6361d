/**
 * Text from elsewhere made safe for a terminal: whatever a cluster, an image or a process says is data, and must
 * neither move the cursor, nor change colours, nor shift the columns beside it.
 */

/** What nearly all text is: nothing to do. */
const plain = /^[\x20-\x7e]*$/;

/**
 * Escape sequences with what they carry (ECMA-48 §5.4, §5.6, §8.3; xterm's ctlseqs):
 * OSC to BEL or ST; DCS, SOS, PM, APC to ST; CSI to its final byte; any other ESC with its final byte.
 * One that does not end takes the rest of the text, as it does in a terminal.
 */
const operatingSystemCommand = /(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g;
const controlString = /(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?/g;
const controlSequence = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?/g;
const otherEscape = /\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

/** Controls that part words: each becomes a space. CR LF is one line end. */
const partingControls = /\r\n|[\t\n\v\f\r\x85\u2028\u2029]/g;

/**
 * All other controls (C0, DEL, C1), format characters (bidirectional overrides, zero-width space and joiners, soft
 * hyphen, tags, byte order mark), lone surrogates, and the Hangul fillers, which are letters that show nothing.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/** Marks without a base, and more than four on one base: they would pile up over the lines above. */
const strayMarks = /^\p{M}+|(?<=\p{M}{4})\p{M}+/gu;

/** The text with escape sequences, control and invisible characters removed. Printable ASCII comes back unchanged. */
export function clean(text: string): string {
	if (plain.test(text)) {
		return text;
	}
	return text
		.replace(operatingSystemCommand, '')
		.replace(controlString, '')
		.replace(controlSequence, '')
		.replace(otherEscape, '')
		.replace(partingControls, ' ')
		.replace(invisible, '')
		.replace(strayMarks, '');
}
