/** Editing one line of text. Positions are offsets into the string, always between two characters as people see them. */

import { clean } from '../../model/clean.ts';
import { graphemes } from '../text/graphemes.ts';
import { printable } from '../text/width.ts';

export interface Line {
	text: string;
	position: number;
}

function previous({ text, position }: Line): number {
	let last = 0;
	for (const { index } of graphemes(text)) {
		if (index >= position) {
			break;
		}
		last = index;
	}
	return last;
}

function next({ text, position }: Line): number {
	for (const { index } of graphemes(text)) {
		if (index > position) {
			return index;
		}
	}
	return text.length;
}

function without(line: Line, from: number, to: number): Line {
	return { text: line.text.slice(0, from) + line.text.slice(to), position: from };
}

/** The line with text typed or pasted at the cursor; line ends become spaces, and nothing else but text gets in. */
export function inserted({ text, position }: Line, typed: string): Line {
	const added = printable(clean(typed));
	return { text: text.slice(0, position) + added + text.slice(position), position: position + added.length };
}

export type Edit =
	| 'left'
	| 'right'
	| 'start'
	| 'end'
	| 'deleteBack'
	| 'deleteForward'
	| 'deleteWord'
	| 'deleteToStart'
	| 'deleteToEnd';

/** The line after an editing key. */
export function edited(line: Line, edit: Edit): Line {
	const { text, position } = line;
	switch (edit) {
		case 'left':
			return { text, position: previous(line) };
		case 'right':
			return { text, position: next(line) };
		case 'start':
			return { text, position: 0 };
		case 'end':
			return { text, position: text.length };
		case 'deleteBack':
			return without(line, previous(line), position);
		case 'deleteForward':
			return without(line, position, next(line));
		case 'deleteWord':
			return without(line, text.slice(0, position).search(/\S*\s*$/), position);
		case 'deleteToStart':
			return without(line, 0, position);
		case 'deleteToEnd':
			return without(line, position, text.length);
	}
}
