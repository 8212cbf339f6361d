/**
 * Keys as data: this one table makes the handler, the key line, the `?` sheet and the documentation.
 *
 * A key is the character that it types (`j`, `G`, `/`), or a name: `enter`, `esc`, `tab`, `shift-tab`, `up`, `down`,
 * `left`, `right`, `pageup`, `pagedown`, `home`, `end`, `backspace`, `delete`, `f1`, `ctrl-a` … `ctrl-z`.
 */
import { commandTexts, explainHints, helpGroupTitles } from '../messages/en/keys.ts';
import { hasInside } from './reduce/ledger.ts';
import { missingUnderCursor, provedFinding } from './reduce/proof.ts';
import type { ScreenState } from './state.ts';

export type Command = keyof typeof commandTexts;

/** What the keys go to. */
export type Context = 'list' | 'detail' | 'ledger' | 'proof' | 'help' | 'prompt';

export type HelpGroup = keyof typeof helpGroupTitles;

export interface Binding {
	command: Command;
	/** The first one is the one that is shown. */
	keys: readonly string[];
	contexts: readonly Context[];
	/** Part of the help sheet that it is listed in; null: it is listed nowhere. */
	group: HelpGroup | null;
	/** Place in the key line, the lowest first; null: it is not in it. */
	footer: number | null;
}

const view: readonly Context[] = ['list', 'detail'];
const ledger: readonly Context[] = ['ledger'];
const proof: readonly Context[] = ['proof'];
const viewing: readonly Context[] = ['list', 'detail', 'ledger', 'proof'];
const scrolling: readonly Context[] = ['list', 'detail', 'ledger', 'proof', 'help'];
const everywhere: readonly Context[] = ['list', 'detail', 'ledger', 'proof', 'help', 'prompt'];
const prompt: readonly Context[] = ['prompt'];

function bind(
	command: Command,
	keys: readonly string[],
	contexts: readonly Context[],
	group: HelpGroup | null,
	footer: number | null = null,
): Binding {
	return { command, keys, contexts, group, footer };
}

/** Fingers that know k9s, less, vim, top and htop find their keys. */
export const bindings: readonly Binding[] = [
	bind('down', ['j', 'down'], scrolling, 'move'),
	bind('up', ['k', 'up'], scrolling, 'move'),
	bind('top', ['g', 'home'], scrolling, 'move'),
	bind('bottom', ['G', 'end'], scrolling, 'move'),
	bind('pageDown', ['pagedown', 'ctrl-f'], scrolling, 'move'),
	bind('pageUp', ['pageup', 'ctrl-b'], scrolling, 'move'),
	bind('halfPageDown', ['ctrl-d'], scrolling, 'move'),
	bind('halfPageUp', ['ctrl-u'], scrolling, 'move'),
	bind('open', ['enter'], view, 'move', 1),
	bind('back', ['esc'], view, 'move', 2),

	bind('nextPane', ['tab'], view, 'panes', 3),
	bind('previousPane', ['shift-tab'], view, 'panes'),
	bind('nodes', ['1'], view, 'panes'),
	bind('pods', ['2'], view, 'panes'),
	bind('containers', ['3'], view, 'panes'),
	bind('diagnostics', ['4'], view, 'panes'),
	bind('processes', ['5'], view, 'panes'),
	bind('detail', ['d'], view, 'panes', 7),
	bind('explain', ['x', 'X'], view, 'panes', 6),
	bind('fullscreen', ['F'], view, 'panes', 12),
	bind('wide', ['w', 'ctrl-w'], view, 'panes', 11),

	bind('unfold', ['enter', 'right', ' '], ledger, 'ledger', 1),
	bind('fold', ['left'], ledger, 'ledger'),
	bind('unfoldAll', ['w', '+'], ledger, 'ledger', 3),
	bind('inside', ['ctrl-x'], ledger, 'ledger', 4),
	bind('closeLedger', ['esc', 'q', 'x', 'X'], ledger, 'ledger', 2),

	bind('copy', ['c'], ['list', 'detail', 'proof'], 'proof', 1),
	bind('closeProof', ['esc', 'q'], proof, 'proof', 2),
	bind('ledgerOfProof', ['x', 'X'], proof, 'proof', 3),

	bind('filter', ['/'], view, 'choose', 4),
	bind('command', [':'], view, 'choose', 9),
	bind('namespace', ['n'], view, 'choose', 8),
	bind('allNamespaces', ['0'], view, 'choose'),
	bind('sort', ['S', 'O'], view, 'choose', 6),
	bind('invert', ['I'], view, 'choose'),
	bind('sortByCpu', ['P', 'C'], view, 'choose'),
	bind('sortByMemory', ['M'], view, 'choose'),
	bind('sortByName', ['N'], view, 'choose'),
	bind('sortByAge', ['A'], view, 'choose'),

	bind('freeze', ['Z'], viewing, 'time', 10),
	bind('refresh', ['ctrl-r'], viewing, 'time'),
	bind('cost', ['ctrl-p'], viewing, 'time'),

	bind('help', ['?', 'f1', 'h'], viewing, 'leave', 5),
	bind('closeHelp', ['esc', 'q', '?', 'f1', 'h', 'enter'], ['help'], null, 1),
	bind('quit', ['q'], view, 'leave', 13),
	bind('quitNow', ['ctrl-c'], everywhere, 'leave'),
	bind('suspend', ['ctrl-z'], everywhere, 'leave'),
	// k9s edits with `e` and kills with ctrl-k, without asking.
	bind('edit', ['e'], view, null),
	bind('kill', ['ctrl-k'], view, null),

	bind('accept', ['enter'], prompt, 'typing', 1),
	bind('cancel', ['esc'], prompt, 'typing', 2),
	bind('complete', ['tab'], prompt, 'typing'),
	bind('choosePrevious', ['up', 'shift-tab', 'ctrl-p'], prompt, 'typing'),
	bind('chooseNext', ['down', 'ctrl-n'], prompt, 'typing'),
	bind('left', ['left', 'ctrl-b'], prompt, 'typing'),
	bind('right', ['right', 'ctrl-f'], prompt, 'typing'),
	bind('start', ['home', 'ctrl-a'], prompt, 'typing'),
	bind('end', ['end', 'ctrl-e'], prompt, 'typing'),
	bind('deleteBack', ['backspace'], prompt, 'typing'),
	bind('deleteForward', ['delete', 'ctrl-d'], prompt, 'typing'),
	bind('deleteWord', ['ctrl-w'], prompt, 'typing'),
	bind('deleteToStart', ['ctrl-u'], prompt, 'typing'),
	bind('deleteToEnd', ['ctrl-k'], prompt, 'typing'),
];

/** Where the keys go now. */
export function contextOf(state: ScreenState): Context {
	if (state.prompt !== null) {
		return 'prompt';
	}
	if (state.help.open) {
		return 'help';
	}
	if (state.explained !== null) {
		return 'ledger';
	}
	if (state.proof !== null) {
		return 'proof';
	}
	return state.detailOpen ? 'detail' : 'list';
}

const commands = new Map<string, Command>(
	bindings.flatMap(({ command, keys, contexts }) =>
		contexts.flatMap((context) => keys.map((key) => [`${context} ${key}`, command] as const)),
	),
);

/** What a key does in a context, undefined if nothing. */
export function commandOf(context: Context, key: string): Command | undefined {
	return commands.get(`${context} ${key}`);
}

export interface KeyHint {
	key: string;
	title: string;
}

/** Whether a key of the key line would do anything now. */
function applies(command: Command, state: ScreenState): boolean {
	switch (command) {
		case 'back':
			return state.detailOpen || state.fullscreen || state.trail.length > 0 || state.lists[state.focus].filter !== '';
		case 'copy':
			return state.proof === null ? state.focus === 'diagnostics' : provedFinding(state) !== undefined;
		case 'ledgerOfProof':
			return state.proof?.missing !== null;
		case 'inside':
			return hasInside(state);
		case 'open':
			return !(state.detailOpen && state.focus === 'containers');
		default:
			return true;
	}
}

/** What a key would do now, in a word. */
function hintOf(command: Command, state: ScreenState): string {
	if (command !== 'explain') {
		return commandTexts[command].hint;
	}
	return state.focus === 'diagnostics'
		? explainHints.finding
		: missingUnderCursor(state) === null
			? commandTexts.explain.hint
			: explainHints.missing;
}

/** The keys to show in the key line, the most useful first: as many as fit. */
export function footerHints(state: ScreenState): KeyHint[] {
	const context = contextOf(state);
	return bindings
		.filter((binding) => binding.contexts.includes(context) && applies(binding.command, state))
		.flatMap(({ command, keys: [key = ''], footer }) =>
			footer === null ? [] : [{ key, title: hintOf(command, state), footer }],
		)
		.toSorted((a, b) => a.footer - b.footer)
		.map(({ key, title }) => ({ key, title }));
}

export interface HelpSection {
	title: string;
	entries: readonly { keys: readonly string[]; title: string }[];
}

const groups: readonly HelpGroup[] = ['move', 'panes', 'ledger', 'proof', 'choose', 'time', 'leave', 'typing'];

/** The whole help sheet: all keys that do something, by what they are about. */
export function helpSheet(): HelpSection[] {
	return groups.map((group) => ({
		title: helpGroupTitles[group],
		entries: bindings
			.filter((binding) => binding.group === group)
			.map(({ command, keys }) => ({ keys, title: commandTexts[command].title })),
	}));
}
