/** What the commands say by themselves. */

/** One line for who starts the monitor where nothing can be drawn. */
export function needsTerminal(program: string, isTerminal: boolean): string {
	const why = isTerminal
		? 'the monitor needs a terminal whose cursor can be moved, and TERM says that this is none'
		: 'the monitor needs a terminal, and standard input or output is none';
	return `${program}: ${why}. For a table: ${program} top pods -A\n`;
}
