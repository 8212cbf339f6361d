/** Joins parts that stand side by side into whole lines, with rules and separators between them. Pure. */
import { line, type Span, span, spansWidth } from '../text/line.ts';
import { paint, type Theme } from '../theme.ts';
import { Memory } from './memory.ts';

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

/** A line of a block, or a rule with what it is drawn of: the place that it has on a line of the screen. */
interface Segment {
	x: number;
	width: number;
	/** null for a rule. */
	line: number | null;
	/** Index of the block or of the rule. */
	index: number;
	/** The rule is one that is seen. */
	drawn: boolean;
}

/** Everything that stands on each line, from left to right. */
function segments(blocks: readonly Block[], rules: readonly Rule[], height: number): Segment[][] {
	const rows: Segment[][] = Array.from({ length: height }, () => []);
	for (const [index, { lines, width, x, y }] of blocks.entries()) {
		for (let line = 0; line < lines.length; line++) {
			rows[y + line]?.push({ x, width, line, index, drawn: false });
		}
	}

	for (const [index, { bare, width, x, y }] of rules.entries()) {
		rows[y]?.push({ x, width, line: null, index, drawn: !bare });
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

/** What a line of the screen is put together from: separators, lines of blocks, and rules over the glyphs that they meet in. */
type Piece = string | { block: number; line: number } | { rule: number; glyphs: string };

/** All that depends only on where the blocks and rules are. */
function pieces(blocks: readonly Block[], rules: readonly Rule[], size: Size, theme: Theme): Piece[][] {
	const { junctions } = theme.glyphs;
	const rows = segments(blocks, rules, size.height);
	const free = rows.map((row) => separators(row, size.width));
	return rows.map((row, y) => {
		if (row.length === 0) {
			return [' '.repeat(size.width)];
		}

		const above = free[y - 1];
		const below = free[y + 1];
		const isRule = (x: number) =>
			row.some((segment) => segment.drawn && x >= segment.x && x < segment.x + segment.width);
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
		const found: Piece[] = [];
		let x = 0;
		for (const segment of row) {
			for (; x < segment.x; x++) {
				found.push(separator(x));
			}

			if (segment.line === null) {
				let glyphs = '';
				for (let column = segment.x; column < segment.x + segment.width; column++) {
					const up = above?.has(column) ?? false;
					const down = below?.has(column) ?? false;
					glyphs += junctions[junction(up, true, down, true)] ?? ' ';
				}

				found.push({ rule: segment.index, glyphs });
			} else {
				found.push({ block: segment.index, line: segment.line });
			}

			x = segment.x + segment.width;
		}

		for (; x < size.width; x++) {
			found.push(separator(x));
		}

		return found;
	});
}

interface Size {
	width: number;
	height: number;
}

/** Each line with what it was put together from last: one that is the same as before is the very same text. */
const grids = new Memory<readonly { row: readonly Piece[]; last: Memory<string> }[]>();

/** Exactly `height` lines of exactly `width` cells. */
export function compose(blocks: readonly Block[], rules: readonly Rule[], size: Size, theme: Theme): string[] {
	const areas = blocks.flatMap(({ lines, width, x, y }) => [x, y, width, lines.length]);
	const ruled = rules.flatMap(({ bare, width, x, y }) => [x, y, width, bare]);
	const grid = grids.of([size.width, size.height, theme, areas.length, ...areas, ...ruled], () =>
		pieces(blocks, rules, size, theme).map((row) => ({ row, last: new Memory() })),
	);
	const text = (piece: Piece): string => {
		if (typeof piece === 'string') {
			return piece;
		}

		if ('block' in piece) {
			return blocks[piece.block]?.lines[piece.line] ?? '';
		}

		const rule = rules[piece.rule];
		return rule === undefined ? '' : line(ruleSpans(rule, piece.glyphs), rule.width, theme);
	};
	return grid.map(({ last, row }) => {
		const texts = row.map(text);
		return last.of(texts, () => texts.join(''));
	});
}
