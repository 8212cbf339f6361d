/** A row string (text with SGR codes) taken apart into cells, so that two of them can be compared cell by cell. */
import { isSimple } from '../text/width.ts';
import { defaultStyle, showsOnBlank, styleAfter } from './style.ts';

/**
 * One row of cells: the UTF-16 unit and the style of each, of a blank only what is seen of it. Reused, so that comparing
 * rows makes no garbage.
 */
export interface Cells {
	characters: Uint16Array;
	styles: Uint16Array;
	length: number;
}

export function emptyCells(): Cells {
	return { characters: new Uint16Array(512), styles: new Uint16Array(512), length: 0 };
}

const escapeUnit = 0x1b;

/** For each UTF-16 unit: 0 not looked at yet, 1 one cell wide and never joined with its neighbours, 2 anything else. */
const kinds = new Uint8Array(0x1_0000);

function isOneCell(unit: number): boolean {
	let kind = kinds[unit];
	if (kind === 0) {
		kind = isSimple(String.fromCharCode(unit)) ? 1 : 2;
		kinds[unit] = kind;
	}
	return kind === 1;
}

function grow(cells: Cells): void {
	const characters = new Uint16Array(cells.characters.length * 2);
	const styles = new Uint16Array(cells.styles.length * 2);
	characters.set(cells.characters);
	styles.set(cells.styles);
	cells.characters = characters;
	cells.styles = styles;
}

/** Makes `cells` a row of so many blanks. */
export function clear(cells: Cells, length: number): void {
	while (cells.characters.length < length) {
		grow(cells);
	}
	cells.characters.fill(0x20, 0, length);
	cells.styles.fill(defaultStyle, 0, length);
	cells.length = length;
}

/**
 * Takes a row apart into `cells`. Returns false if the row holds anything whose width is not sure (wide, combining
 * and other foreign characters, sequences other than SGR): such rows are compared and written as a whole.
 */
export function takeApart(row: string, cells: Cells): boolean {
	let style = defaultStyle;
	let length = 0;
	for (let index = 0; index < row.length; index++) {
		const unit = row.charCodeAt(index);
		if (unit === escapeUnit) {
			if (row[index + 1] !== '[') {
				return false;
			}
			let end = index + 2;
			for (
				let code = row.charCodeAt(end);
				(code >= 0x30 && code <= 0x39) || code === 0x3b;
				code = row.charCodeAt(end)
			) {
				end++;
			}
			if (row[end] !== 'm') {
				return false;
			}
			style = styleAfter(style, row.slice(index + 2, end));
			index = end;
			continue;
		}
		if (!isOneCell(unit)) {
			return false;
		}
		if (length === cells.characters.length) {
			grow(cells);
		}
		cells.characters[length] = unit;
		cells.styles[length] = unit === 0x20 && !showsOnBlank(style) ? defaultStyle : style;
		length++;
	}
	cells.length = length;
	return true;
}
