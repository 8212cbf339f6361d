/** The clipboard of the terminal that somebody sits at, also at the far end of an ssh: the sequence OSC 52. */

/**
 * Asks the terminal to take the text. tmux takes it by itself where `set-clipboard` is on, and hands a wrapped sequence
 * on where `allow-passthrough` is; which of the two holds cannot be seen, and either is ignored where it does not.
 */
export function clipboardSequence(text: string, insideTmux: boolean): string {
	const sequence = `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`;
	return insideTmux ? `${sequence}\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : sequence;
}
