/** The whole screen as lines: a pure function of the state. The only door of this folder. */
import { paneText } from '../../messages/en/panes.ts';
import type { ListName } from '../../monitor/messages.ts';
import type { LedgerShape } from '../reduce/session.ts';
import type { ScreenState } from '../state.ts';
import { type Span, span } from '../text/line.ts';
import type { Theme } from '../theme.ts';
import { costLine } from './chrome/cost.ts';
import { footer, type Hint } from './chrome/footer.ts';
import { header } from './chrome/header.ts';
import { type Block, compose, type Rule } from './compose.ts';
import { chartsOnlyPane, detailPane, detailTitle, factsPane, nodePane, nodeTitle } from './detail/detail.ts';
import { subjectView } from './detail/subject.ts';
import { endOfProof, findingLine, proofPane, proofTitle } from './diagnostics/proof.ts';
import { type HelpEntry, helpPane, helpTitle } from './help.ts';
import { type Layout, layout, type Part, type Placement, type TitleRule } from './layout.ts';
import { briefPane, briefTitle, ledgerPane, ledgerTitle, shapeOf } from './ledger/pane.ts';
import { titleHeight } from './list/list.ts';
import { listPane } from './list/pane.ts';
import { listTitle, tabsTitle } from './list/title.ts';
import { Memory } from './memory.ts';

export type { Hint } from './chrome/footer.ts';
export type { HelpEntry } from './help.ts';

/** Lines of exactly `columns` cells each, escape sequences not counted; together one line fewer than the screen. */
export interface Frame {
	header: readonly string[];
	body: readonly string[];
	footer: readonly string[];
}

const lists: readonly ListName[] = ['nodes', 'pods', 'containers', 'processes', 'diagnostics'];

function isList(part: string): part is ListName {
	return (lists as readonly string[]).includes(part);
}

function layoutOf(state: ScreenState): Layout {
	return layout({
		size: state.size,
		focus: state.focus,
		fullscreen: state.fullscreen,
		detailOpen: state.detailOpen,
		ledger: state.explained !== null,
		proof: state.proof !== null,
		subject: state.subject?.kind ?? null,
		cost: state.cost !== null,
		help: state.help.open,
		prompt: state.prompt !== null,
		choices: state.prompt !== null && state.prompt.choices.length > 0,
		warn:
			state.cluster !== null && (state.cluster.demo || state.cluster.insecure !== '' || state.cluster.local !== null),
	});
}

/** Rows of a list that a placement shows under its line of titles. */
function listRows({ height }: Placement): number {
	return height - titleHeight(height);
}

/** All of the state that a part shows; null for what is made anew each time. */
function shownBy(state: ScreenState, part: Part): readonly unknown[] | null {
	if (isList(part)) {
		return [state.lists[part], state.focus === part, state.cluster, state.wide];
	}

	const passing = (list: ListName) => (state.focus === list ? state.passing : null);
	switch (part) {
		case 'detail':
		case 'facts':
		case 'charts': {
			const { gone, history, subject } = subjectView(state);
			const { sort } = state.lists[state.focus];
			return [subject?.kind, subject?.row, gone, history, state.subject === null, sort, state.cluster];
		}

		case 'node': {
			return [state.lists.nodes, passing('nodes'), state.cluster];
		}

		case 'brief': {
			return [state.subject, state.ledger];
		}

		case 'proof': {
			return state.proof === null ? [state.lists.diagnostics, passing('diagnostics')] : null;
		}

		default: {
			return null;
		}
	}
}

/** What a key or an answer does not touch is not made again. */
const parts = new Map<Part, Memory<readonly string[]>>();
const head = new Memory<readonly string[]>();

function linesOf(
	state: ScreenState,
	placement: Placement,
	help: readonly HelpEntry[],
	theme: Theme,
): readonly string[] {
	const { height, part, width } = placement;
	const shown = shownBy(state, part);
	if (shown === null) {
		return made(state, placement, help, theme);
	}

	const memory = parts.get(part) ?? new Memory();
	parts.set(part, memory);
	return memory.of([...shown, width, height, theme], () => made(state, placement, help, theme));
}

function made(state: ScreenState, placement: Placement, help: readonly HelpEntry[], theme: Theme): string[] {
	const { part, width } = placement;
	if (isList(part)) {
		return listPane(state, part, placement, theme);
	}

	switch (part) {
		case 'detail': {
			return detailPane(state, placement, theme);
		}

		case 'facts': {
			return factsPane(state, placement, theme);
		}

		case 'charts': {
			return chartsOnlyPane(state, placement, theme);
		}

		case 'ledger': {
			return ledgerPane(state, placement, theme);
		}

		case 'brief': {
			return briefPane(state, placement, theme);
		}

		case 'node': {
			return nodePane(state, placement, theme);
		}

		case 'proof': {
			return proofPane(state, placement, theme);
		}

		case 'finding': {
			return [findingLine(state, width, theme)];
		}

		default: {
			return helpPane(help, state.help.top, placement, theme).lines;
		}
	}
}

function titleOf(
	state: ScreenState,
	rule: TitleRule,
	placement: Placement | undefined,
	help: readonly HelpEntry[],
	theme: Theme,
): { left: Span[]; right: Span[] } {
	const { part, width } = rule;
	const height = placement?.height ?? 0;
	if (isList(part)) {
		const place = { width, rows: placement === undefined ? 0 : listRows(placement) };
		return rule.tabs ? tabsTitle(state, part, place, theme) : listTitle(state, part, place, theme);
	}

	switch (part) {
		case 'detail':
		case 'facts': {
			return detailTitle(state, { width, height }, theme, part === 'detail');
		}

		case 'charts': {
			return { left: [span(` ${paneText.history} `, 'plain')], right: [] };
		}

		case 'ledger': {
			return ledgerTitle(state, { width, height }, theme);
		}

		case 'brief': {
			return briefTitle(state);
		}

		case 'node': {
			return { left: nodeTitle(state), right: [] };
		}

		case 'proof': {
			return proofTitle(state, { width, height });
		}

		case 'help': {
			return helpTitle(helpPane(help, state.help.top, { width, height }, theme), height);
		}

		default: {
			return { left: [], right: [] };
		}
	}
}

/** Header, body and footer for the size in the state. `help` is what the help sheet says about keys. */
export function composeScreen(
	state: ScreenState,
	theme: Theme,
	hints: readonly Hint[],
	help: readonly HelpEntry[] = [],
): Frame {
	const plan = layoutOf(state);
	const blocks: Block[] = [];
	for (const placement of plan.placements) {
		blocks.push({ ...placement, lines: linesOf(state, placement, help, theme) });
	}

	const rules = plan.rules.map((rule): Rule => {
		const placement = plan.placements.find(({ part, x, y }) => part === rule.part && x === rule.x && y === rule.y + 1);
		return { ...rule, bare: rule.tabs, ...titleOf(state, rule, placement, help, theme) };
	});
	const body = compose(blocks, rules, { width: state.size.columns, height: plan.body }, theme);
	const { cluster, frozenAt, size } = state;
	return {
		header: head.of([cluster, frozenAt, size.columns, plan.header, theme], () => header(state, plan.header, theme)),
		body: plan.cost === 0 ? body : [...body, costLine(state, theme)],
		footer: footer(state, plan.footer, hints, theme),
	};
}

/** Makes the parts one by one that composing takes from memory, each of the state that is there when it is called. */
export function prepareParts(state: () => ScreenState, theme: Theme): (() => void)[] {
	const { placements } = layoutOf(state());
	const remembered = placements.filter(({ part }) => shownBy(state(), part) !== null);
	return remembered.map((placement) => () => void linesOf(state(), placement, [], theme));
}

/** The layout under the help sheet: what it covers stays up to date, so that it is there when the sheet is closed. */
function underneath(state: ScreenState): Layout {
	return layoutOf(state.help.open ? { ...state, help: { ...state.help, open: false } } : state);
}

/** Rows of the list that are on screen now; 0 if it is hidden. */
export function visibleWindow(state: ScreenState, list: ListName): number {
	const { placements } = underneath(state);
	const placement = placements.find(({ part }) => part === list);
	if (placement !== undefined) {
		return Math.max(0, listRows(placement));
	}

	// The finding in one line needs a row to be made of.
	const needed = list === 'diagnostics' && placements.some(({ part }) => part === 'finding' || part === 'proof');
	return needed ? 1 : 0;
}

/** The lists that need rows now. */
export function visibleLists(state: ScreenState): ListName[] {
	return lists.filter((list) => visibleWindow(state, list) > 0);
}

/** Other parts stand on the same lines as that list. */
export function sharesLines(state: ScreenState, list: ListName): boolean {
	const placement = underneath(state).placements.find(({ part }) => part === list);
	return placement !== undefined && placement.width < state.size.columns;
}

/** The subject under the cursor is shown in detail, so that its history is worth asking for. */
export function detailVisible(state: ScreenState): boolean {
	return underneath(state).placements.some(({ part }) => part === 'detail' || part === 'facts' || part === 'charts');
}

/** The detail has room for the ledger in short, so that it is worth asking for. */
export function ledgerVisible(state: ScreenState): boolean {
	return underneath(state).placements.some(({ part }) => part === 'brief');
}

/** The open ledger as it is laid out on this screen. */
export function ledgerShape(state: ScreenState, theme: Theme): LedgerShape {
	const placement = underneath(state).placements.find(({ part }) => part === 'ledger');
	return placement === undefined ? { blocks: [], height: 0 } : shapeOf(state, placement, theme);
}

/** The furthest that the open proof can be scrolled. */
export function proofEnd(state: ScreenState): number {
	const placement = underneath(state).placements.find(({ part }) => part === 'proof');
	return state.proof === null || placement === undefined ? 0 : endOfProof(state, placement);
}

/** The furthest that the help sheet can be scrolled. */
export function helpEnd(state: ScreenState, theme: Theme, help: readonly HelpEntry[]): number {
	const placement = layoutOf({ ...state, help: { ...state.help, open: true } }).placements.find(
		({ part }) => part === 'help',
	);
	return placement === undefined ? 0 : helpPane(help, Number.MAX_SAFE_INTEGER, placement, theme).top;
}
