/** The line that takes text: opening it, what it offers, and the keys in it. */
import type { Prompt, PromptKind } from '../state.ts';
import { commandChoices } from './command-line.ts';
import { type Edit, edited, inserted } from './edit.ts';
import { fuzzy } from './fuzzy.ts';
import { type Session, withList } from './session.ts';
import { columnTitle, sortableColumns } from './sorting.ts';

/** The choice that stands for all namespaces. No namespace can be called so. */
export const everyNamespace = '*';

function choicesOf(state: Session, kind: PromptKind, text: string): readonly string[] {
	switch (kind) {
		case 'filter':
			return [];
		case 'command':
			return commandChoices(text, state.namespaces);
		case 'namespace':
			return fuzzy([everyNamespace, ...state.namespaces], text);
		case 'sort':
			return fuzzy(sortableColumns(state.focus), text, (column) => [column, columnTitle(state.focus, column)]);
	}
}

/** The state with its prompt offering what fits now; the chosen one stays chosen while it is offered. */
export function withChoices(state: Session): Session {
	const { prompt } = state;
	if (prompt === null) {
		return state;
	}
	const choices = choicesOf(state, prompt.kind, prompt.text);
	const chosen = prompt.choices[prompt.selected];
	const selected = chosen === undefined ? 0 : Math.max(0, choices.indexOf(chosen));
	return { ...state, prompt: { ...prompt, choices, selected } };
}

/** The state with a prompt opened. */
export function opened(state: Session, kind: PromptKind): Session {
	const list = state.lists[state.focus];
	const text = kind === 'filter' ? list.filter : '';
	const prompt: Prompt = { kind, text, position: text.length, choices: [], selected: 0, before: list.filter };
	const { cursor, cursorIndex, top, pinned } = list;
	const open = withChoices({ ...state, prompt, beforeFilter: { cursor, cursorIndex, top, pinned } });
	const now =
		kind === 'sort' ? list.sort.column : kind === 'namespace' ? (state.cluster?.namespace ?? everyNamespace) : '';
	const selected = Math.max(0, open.prompt?.choices.indexOf(now) ?? 0);
	return open.prompt === null ? open : { ...open, prompt: { ...open.prompt, selected } };
}

/** The state with a list's filter changed; the cursor stays on its row as long as that matches. */
export function filtered(state: Session, filter: string): Session {
	const list = state.lists[state.focus];
	const top = list.pinned ? { cursor: null, cursorIndex: 0, top: 0 } : {};
	return list.filter === filter ? state : withList(state, state.focus, { filter, ...top });
}

function withText(state: Session, prompt: Prompt, line: { text: string; position: number }): Session {
	if (line.text === prompt.text) {
		return { ...state, prompt: { ...prompt, ...line } };
	}
	const next = { ...state, prompt: { ...prompt, ...line, choices: [], selected: 0 } };
	return withChoices(prompt.kind === 'filter' ? filtered(next, line.text) : next);
}

/** The state after text was typed or pasted into the prompt. A filter works while it is typed. */
export function typed(state: Session, text: string): Session {
	return state.prompt === null ? state : withText(state, state.prompt, inserted(state.prompt, text));
}

/** The state after an editing key in the prompt. */
export function editedPrompt(state: Session, edit: Edit): Session {
	return state.prompt === null ? state : withText(state, state.prompt, edited(state.prompt, edit));
}

/** The state with the next choice selected, or the previous one. */
export function chosen(state: Session, step: 1 | -1): Session {
	const { prompt } = state;
	if (prompt === null || prompt.choices.length === 0) {
		return state;
	}
	const { length } = prompt.choices;
	return { ...state, prompt: { ...prompt, selected: (prompt.selected + step + length) % length } };
}

/** The state with the selected choice as the text. */
export function completed(state: Session): Session {
	const choice = state.prompt?.choices[state.prompt.selected];
	if (state.prompt === null || choice === undefined) {
		return state;
	}
	return withText(state, state.prompt, { text: choice, position: choice.length });
}

/** The state with the prompt left; a filter becomes again what it was. */
export function cancelled(state: Session): Session {
	const { prompt } = state;
	const closed = { ...state, prompt: null };
	if (prompt?.kind !== 'filter' || prompt.text === prompt.before) {
		return closed;
	}
	return withList(closed, state.focus, { ...state.beforeFilter, filter: prompt.before });
}
