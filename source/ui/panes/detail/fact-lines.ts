/** Lays facts out in lines: labels in a column, parts after them, broken between parts. Pure. */
import { type Span, span, spansWidth } from '../../text/line.ts';
import type { Glyphs } from '../../theme.ts';
import type { Fact } from './facts.ts';

function factLines(fact: Fact, labelWidth: number, width: number, glyphs: Glyphs): Span[][] {
	const head = fact.head ?? [];
	const indent = labelWidth + (head.length > 0 ? spansWidth(head) + 2 : 0);
	const separator = fact.sentence === true ? span(' ') : span(` ${glyphs.dot} `, 'dim');
	const lines: Span[][] = [];
	let line: Span[] = [span(` ${fact.label}`.padEnd(labelWidth), 'dim'), ...head];
	if (head.length > 0) {
		line.push(span('  '));
	}

	let used = indent;
	let first = true;
	for (const part of fact.parts) {
		const cells = spansWidth(part);
		if (!first && used + separator.text.length + cells > width) {
			lines.push(line);
			line = [span(' '.repeat(indent))];
			used = indent;
			first = true;
		}

		line.push(...(first ? [] : [separator]), ...part);
		used += cells + (first ? 0 : separator.text.length);
		first = false;
	}

	lines.push(line);
	return lines;
}

/** At most `height` lines: as much of the facts as there is room for, from the first on; of a sentence all or nothing. */
export function layFacts(facts: readonly Fact[], width: number, height: number, glyphs: Glyphs): Span[][] {
	const lines: Span[][] = [];
	// A blank before the longest label and two after it.
	const labelWidth = 3 + Math.max(0, ...facts.map(({ label }) => label.length));
	for (const fact of facts) {
		const own = factLines(fact, labelWidth, width, glyphs);
		if (lines.length + own.length > height) {
			const room = fact.sentence === true && lines.length > 0 ? 0 : height - lines.length;
			return [...lines, ...own.slice(0, room)];
		}

		lines.push(...own);
	}

	return lines;
}
