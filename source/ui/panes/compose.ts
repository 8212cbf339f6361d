/** Joins parts that stand side by side into whole lines, with rules and separators between them. Pure. */
import { line, type Span, span, spansWidth } from '../text/line.ts';
import { paint, type Theme } from '../theme.ts';

export interface Block {
	x: number;
	y: number;
	width: number;
	/** Each exactly `width` cells wide. */
	lines: readonly string[];
}

export interface Rule {
	x: number;
	y: number;
	width: number;
	/** Written over the rule: the title at its left, the rest at its right. */
	left: readonly Span[];
	right: readonly Span[];
	/** A line without the rule, for tabs. */
	bare: boolean;
}

interface Segment {
	x: number;
	width: number;
	text: string | null;
	rule: Rule | null;
}

/** Everything that stands on each line, from left to right. */
function segments(blocks: readonly Block[], rules: readonly Rule[], height: number): Segment[][] {
	const rows: Segment[][] = Array.from({ length: height }, () => []);
	for (const block of blocks) {
		for (const [index, text] of block.lines.entries()) {
			rows[block.y + index]?.push({ x: block.x, width: block.width, text, rule: null });
		}
	}

	for (const rule of rules) {
		rows[rule.y]?.push({ x: rule.x, width: rule.width, text: null, rule });
	}

	for (const row of rows) {
		row.sort((a, b) => a.x - b.x);
	}

	return rows;
}

/** Columns of a line that belong to nothing: the separators. */
function separators(row: readonly Segment[], width: number): Set<number> {
	const free = new Set<number>();
	let x = 0;
	for (const segment of row) {
		for (; x < segment.x; x++) {
			free.add(x);
		}

		x = segment.x + segment.width;
	}

	for (; x < width; x++) {
		free.add(x);
	}

	return free;
}

/** Bits of a junction: up 8, right 4, down 2, left 1. */
function junction(up: boolean, right: boolean, down: boolean, left: boolean): number {
	return (up ? 8 : 0) + (right ? 4 : 0) + (down ? 2 : 0) + (left ? 1 : 0);
}

function ruleSpans(rule: Rule, glyphs: string): Span[] {
	const fit = (spans: readonly Span[], room: number) => spansWidth(spans) <= room;
	const title = rule.left;
	const titleWidth = spansWidth(title);
	const right = fit(rule.right, rule.width - titleWidth - 4) ? rule.right : [];
	const rightWidth = spansWidth(right);
	if (rule.bare) {
		return [...title, span(' '.repeat(Math.max(0, rule.width - titleWidth - rightWidth))), ...right];
	}

	const lead = rule.width > 3 ? 1 : 0;
	const end = rightWidth > 0 ? 1 : 0;
	return [
		span(glyphs.slice(0, lead), 'dim'),
		...title,
		span(glyphs.slice(lead + titleWidth, rule.width - rightWidth - end), 'dim'),
		...right,
		span(end > 0 ? glyphs.slice(-end) : '', 'dim'),
	];
}

/** Exactly `height` lines of exactly `width` cells. */
export function compose(
	blocks: readonly Block[],
	rules: readonly Rule[],
	size: { width: number; height: number },
	theme: Theme,
): string[] {
	const { junctions } = theme.glyphs;
	const rows = segments(blocks, rules, size.height);
	const free = rows.map((row) => separators(row, size.width));
	return rows.map((row, y) => {
		if (row.length === 0) {
			return ' '.repeat(size.width);
		}

		const above = free[y - 1];
		const below = free[y + 1];
		const isRule = (x: number) =>
			row.some(
				(segment) => segment.rule !== null && !segment.rule.bare && x >= segment.x && x < segment.x + segment.width,
			);
		const separator = (x: number) =>
			paint(
				theme,
				'dim',
				junctions[
					junction(
						above === undefined ? !isRule(x - 1) && !isRule(x + 1) : above.has(x),
						isRule(x + 1),
						below === undefined ? !isRule(x - 1) && !isRule(x + 1) : below.has(x),
						isRule(x - 1),
					)
				] ?? ' ',
			);
		let text = '';
		let x = 0;
		for (const segment of row) {
			for (; x < segment.x; x++) {
				text += separator(x);
			}

			if (segment.rule === null) {
				text += segment.text ?? '';
			} else {
				let glyphs = '';
				for (let column = segment.x; column < segment.x + segment.width; column++) {
					const up = above?.has(column) ?? false;
					const down = below?.has(column) ?? false;
					glyphs += junctions[junction(up, true, down, true)] ?? ' ';
				}

				text += line(ruleSpans(segment.rule, glyphs), segment.width, theme);
			}

			x = segment.x + segment.width;
		}

		for (; x < size.width; x++) {
			text += separator(x);
		}

		return text;
	});
}
