/** The bytes that turn one row of cells into another. Style is carried from row to row: most of a frame is in few. */
import { type Cells, clear, emptyCells, takeApart } from './cells.ts';
import { defaultStyle, showsOnBlank, transition } from './style.ts';

/** Unchanged cells between two changed ones that may be cheaper to write again than to jump over. */
const gap = 6;

/** So many blanks at the end of a row are cheaper to erase than to write. */
const erasable = 4;

const blank = 0x20;

/** A row taken apart, by the line that it was written on last: the next row there is mostly compared with just that one. */
interface Line {
	row: string | null;
	cells: Cells;
}

const lines: Line[] = [];
let before = emptyCells();
let after = emptyCells();

/** Moves to a cell, both counted from 0. */
export function moveTo(line: number, column: number): string {
	return column === 0 ? `\x1b[${line + 1}H` : `\x1b[${line + 1};${column + 1}H`;
}

function isSame(column: number): boolean {
	return before.characters[column] === after.characters[column] && before.styles[column] === after.styles[column];
}

/** The first cell of the blanks that the row ends in. */
function endOfText(): number {
	let end = after.length;
	while (end > 0 && after.characters[end - 1] === blank && after.styles[end - 1] === defaultStyle) {
		end--;
	}
	return after.length - end >= erasable ? end : after.length;
}

/** Writes rows; remembers the style that the terminal is in. */
export class RowWriter {
	#style = defaultStyle;

	/** Back to the style of untouched text. */
	reset(): string {
		return this.#to(defaultStyle);
	}

	/** The bytes that turn one row into another on the given line. A previous row that is undefined is unknown. */
	write(previous: string | undefined, next: string, line: number): string {
		if (!takeApart(next, after)) {
			// Where the terminal counts the width of a foreign character otherwise than we do, old cells would stay visible.
			return `${this.reset()}${moveTo(line, 0)}\x1b[2K${next}\x1b[m`;
		}
		lines[line] ??= { row: null, cells: emptyCells() };
		const own = lines[line];
		before = own.cells;
		const isTakenApart = previous !== undefined && (own.row === previous || takeApart(previous, before));
		const isKnown = isTakenApart && before.length === after.length;
		if (!isKnown) {
			clear(before, after.length);
		}
		const start = isKnown ? '' : `${this.#erasing()}${moveTo(line, 0)}\x1b[2K`;
		const patch = start + this.#changes(line);
		lines[line] = { row: next, cells: after };
		after = before;
		return patch;
	}

	/** From `before` to `after`. */
	#changes(line: number): string {
		const end = endOfText();
		let patch = '';
		let cursor = -1;
		for (let column = 0; column < after.length; column++) {
			if (isSame(column)) {
				continue;
			}
			patch += cursor === column ? '' : this.#reach(line, cursor, column);
			if (column >= end) {
				return `${patch}${this.#erasing()}\x1b[K`;
			}
			patch += this.#cell(column);
			cursor = column + 1;
		}
		return patch;
	}

	/** From where the last cell was written (−1: on another line) to a cell: by a jump, or by what lies between if that is shorter. */
	#reach(line: number, from: number, to: number): string {
		if (from === -1) {
			return moveTo(line, to);
		}
		const jump = `\x1b[${to + 1}G`;
		if (to - from > gap) {
			return jump;
		}
		const style = this.#style;
		const jumped = jump.length + transition(style, after.styles[to] ?? defaultStyle).length;
		let between = '';
		for (let column = from; column < to; column++) {
			between += this.#cell(column);
		}
		if (Buffer.byteLength(between) + transition(this.#style, after.styles[to] ?? defaultStyle).length <= jumped) {
			return between;
		}
		this.#style = style;
		return jump;
	}

	#cell(column: number): string {
		const character = after.characters[column] ?? blank;
		const style = after.styles[column] ?? defaultStyle;
		// A blank that looks alike in both styles waits for what comes after it.
		const isLike = character === blank && style === defaultStyle && !showsOnBlank(this.#style);
		return (isLike ? '' : this.#to(style)) + String.fromCharCode(character);
	}

	/** What is erased takes the background of the style in force. */
	#erasing(): string {
		return showsOnBlank(this.#style) ? this.reset() : '';
	}

	#to(style: number): string {
		const sequence = transition(this.#style, style);
		this.#style = style;
		return sequence;
	}
}
