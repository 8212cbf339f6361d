/** The line that text is typed into, as a row string, and where the cursor stands in it. Pure. */
import { promptLabels } from '../../messages/en/screen.ts';
import type { Prompt } from '../state.ts';
import { graphemes } from '../text/graphemes.ts';
import { line, span } from '../text/line.ts';
import { cellWidth, printable } from '../text/width.ts';
import type { Theme } from '../theme.ts';

export interface PromptLine {
	/** Exactly as wide as asked. */
	text: string;
	/** Column of the cursor, from 0. */
	column: number;
}

/** The text without so many characters of its beginning that the rest before `position` fits into `room` cells. */
function scrolled(text: string, position: number, room: number): { shown: string; cells: number } {
	let first = 0;
	let cells = cellWidth(printable(text.slice(0, position)));
	for (const { segment, index } of graphemes(text.slice(0, position))) {
		if (cells <= room) {
			break;
		}
		cells -= cellWidth(printable(segment));
		first = index + segment.length;
	}
	return { shown: text.slice(first), cells };
}

/** The prompt in `width` cells: its label, then as much of the text as fits with the cursor in it. */
export function promptLine(prompt: Prompt, width: number, theme: Theme): PromptLine {
	const label = ` ${promptLabels[prompt.kind]}`;
	const room = Math.max(0, width - cellWidth(label) - 1);
	const { shown, cells } = scrolled(prompt.text, prompt.position, room);
	return {
		text: line([span(label, 'accent'), span(shown)], width, theme),
		column: Math.min(Math.max(0, width - 1), cellWidth(label) + cells),
	};
}
