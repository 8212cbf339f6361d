/** The lines at the bottom: keys, a notice, or what can be chosen under the prompt. Pure. */
import type { ListName } from '../../../monitor/messages.ts';
import type { Prompt, ScreenState } from '../../state.ts';
import { line, type Span, span, spansWidth } from '../../text/line.ts';
import { item, spread } from '../../text/shorten.ts';
import { cellWidth } from '../../text/width.ts';
import type { Theme } from '../../theme.ts';
import { columnsOf } from '../list/view.ts';

export interface Hint {
	key: string;
	title: string;
}

/** The keys that lead to all others are dropped last. */
const lasting = new Set(['?', 'q']);

function keys(hints: readonly Hint[], notice: string, width: number, theme: Theme): string {
	const items = hints.map(({ key, title }, index) =>
		item([span(key, 'accent'), span(` ${title}`, 'dim')], lasting.has(key) ? 900 - index : 500 - index),
	);
	if (notice !== '') {
		items.unshift({ forms: [[span(notice, 'warning')]], steps: [] });
	}

	const spans = spread({ items, separator: span('  ') }, { items: [], separator: span('') }, width - 2);
	return line([span(' '), ...spans], width, theme);
}

/** What a choice is called: columns by what stands over them, as on the screen, and not by their ids. */
function choiceNames(prompt: Prompt, focus: ListName): readonly string[] {
	if (prompt.kind !== 'sort') {
		return prompt.choices;
	}

	const titles = new Map(columnsOf[focus].map(({ id, message }) => [String(id), message.title]));
	return prompt.choices.map((id) => titles.get(id) || id);
}

/** The choices that fit on a line, the selected one among them. */
function choices(prompt: Prompt, focus: ListName, width: number, theme: Theme): string {
	const names = choiceNames(prompt, focus);
	const cells = (index: number) => cellWidth(names[index] ?? '') + 2;
	// Two thirds of the line go to what stands before the selected one, so that something after it is seen too.
	let first = Math.max(0, Math.min(prompt.selected, prompt.choices.length - 1));
	let used = cells(first);
	while (first > 0 && used + cells(first - 1) <= (width * 2) / 3) {
		first--;
		used += cells(first);
	}

	const spans: Span[] = [span(' ')];
	for (let index = first; index < prompt.choices.length && spansWidth(spans) < width; index++) {
		spans.push(span(` ${names[index]} `, index === prompt.selected ? 'banner' : 'dim'));
	}

	return line(spans, width, theme);
}

/**
 * `lines` lines of exactly `width` cells. While something is typed, the first is left blank for it, because it is
 * drawn by whoever reads the keys.
 */
export function footer(state: ScreenState, lines: number, hints: readonly Hint[], theme: Theme): string[] {
	const width = state.size.columns;
	if (lines <= 0) {
		return [];
	}

	if (state.prompt === null) {
		return [keys(hints, state.notice, width, theme)];
	}

	const blank = ' '.repeat(width);
	return lines === 1 ? [blank] : [blank, choices(state.prompt, state.focus, width, theme)];
}
