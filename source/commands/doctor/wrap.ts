/** Lines of a report. */

/** Words wrapped at spaces; a word that is longer than a line stays whole, because it may be there to be copied. */
export function wrapped(text: string, width: number, further = ''): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length > width && line.trim() !== '') {
			lines.push(line);
			line = `${further}${word}`;
		} else {
			line = longer;
		}
	}
	return line === '' ? lines : [...lines, line];
}

/** The same, all lines indented. */
export function indented(text: string, width: number, first: string, further = first): readonly string[] {
	return wrapped(text, width - further.length, '').map((line, index) => `${index === 0 ? first : further}${line}`);
}
