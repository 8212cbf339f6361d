/** Lines of pieces: some after each other as far as they fit, some under a label. Pure. */
import { type Span, span, spansWidth } from '../../text/line.ts';

/** Items one after the other, on as many lines as they need. */
export function flowed(items: readonly Span[][], width: number): Span[][] {
	const lines: Span[][] = [];
	let line: Span[] = [];
	for (const item of items) {
		if (line.length > 0 && spansWidth(line) + 3 + spansWidth(item) > width) {
			lines.push(line);
			line = [];
		}
		line.push(...(line.length === 0 ? [] : [span('   ')]), ...item);
	}
	return line.length === 0 ? lines : [...lines, line];
}

const indent = 4;
const labelWidth = 11;

/** Text under a claim or a way, with a label before its first line. */
export function labelled(label: string, texts: readonly string[]): Span[][] {
	return texts.map((text, index) => [
		span(' '.repeat(indent)),
		span((index === 0 ? label : '').padEnd(labelWidth), 'dim'),
		span(text),
	]);
}

/** The pieces in exactly so many cells. */
export function padded(spans: readonly Span[], width: number): Span[] {
	return [...spans, span(' '.repeat(Math.max(0, width - spansWidth(spans))))];
}
