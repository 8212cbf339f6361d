/** The simplest panes that a screen can have: a title, the focused list, a key line. */
import type { Rows } from '../../source/monitor/messages.ts';
import { footerHints } from '../../source/ui/keymap.ts';
import type { ScreenState } from '../../source/ui/state.ts';
import type { Panes } from '../../source/ui/store.ts';
import { padEnd } from '../../source/ui/text/fit.ts';
import { reversed } from '../../source/ui/text/line.ts';
import { paint } from '../../source/ui/theme.ts';

function uidOf(row: Rows['rows'][number]): string {
	return 'uid' in row ? row.uid : row.id;
}

function nameOf(row: Rows['rows'][number]): string {
	return 'name' in row ? row.name : 'command' in row ? row.command : row.id;
}

/** Lines that rows can be on: all but title, key line, and the screen's last. */
function height({ size, prompt }: ScreenState): number {
	const footer = prompt !== null && prompt.choices.length > 0 ? 2 : 1;
	return Math.max(0, size.rows - 1 - 1 - footer);
}

export const standInPanes: Panes = {
	visibleWindow: (state, list) => (list === state.focus ? height(state) : 0),
	visibleLists: (state) => [state.focus],
	detailVisible: () => true,
	sharesLines: () => false,
	helpEnd: () => 0,
	ledgerVisible: () => false,
	ledgerShape: () => ({ blocks: [], height: 0 }),
	proofEnd: () => 0,
	prepareParts: () => [],
	composeScreen(state, theme) {
		const { columns } = state.size;
		const list = state.lists[state.focus];
		const { answer } = list;
		const counts = answer === null ? 'loading' : `${answer.matched} of ${answer.total}`;
		const title = [
			state.focus,
			counts,
			`/${list.filter}`,
			state.detailOpen ? 'detail' : '',
			state.help.open ? 'help' : '',
		];
		const body = Array.from({ length: height(state) }, (_, line) => {
			const row = answer?.rows[list.top + line - answer.offset];
			if (row === undefined) {
				return ' '.repeat(columns);
			}
			const text = padEnd(`${list.cursor === uidOf(row) ? '>' : ' '} ${nameOf(row)}`, columns);
			return list.cursor === uidOf(row) ? reversed(text, theme) : paint(theme, 'good', text);
		});
		const hints = footerHints(state).map(({ key, title }) => `${key} ${title}`);
		const blank = ' '.repeat(columns);
		const choices =
			state.prompt === null || state.prompt.choices.length === 0
				? []
				: [padEnd(state.prompt.choices.join(' '), columns)];
		return {
			header: [padEnd(title.join(' '), columns)],
			body,
			footer: state.prompt === null ? [padEnd(state.notice || hints.join(' '), columns)] : [blank, ...choices],
		};
	},
};
