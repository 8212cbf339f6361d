/** The title of a list: its key, its name, how many rows, what narrows them, what they are sorted by. Pure. */
import { paneText, paneTitles } from '../../../messages/en/panes.ts';
import { proofText } from '../../../messages/en/proof.ts';
import type { ListName, PodRow } from '../../../monitor/messages.ts';
import type { ListState, ScreenState } from '../../state.ts';
import { type Span, span } from '../../text/line.ts';
import { type Item, item, spread } from '../../text/shorten.ts';
import type { Theme } from '../../theme.ts';
import { columnsOf } from './view.ts';

const order: readonly ListName[] = ['nodes', 'pods', 'containers', 'diagnostics', 'processes'];

/** Of a cluster there are no processes to see. */
function isShown(state: ScreenState, list: ListName): boolean {
	return list !== 'processes' || state.focus === list || (state.cluster?.local ?? null) !== null;
}

/** The rows of a list: those that match of all, or what the cluster says as long as the list was not asked. */
function countOf(state: ScreenState, list: ListName): string {
	const { answer } = state.lists[list];
	if (answer !== null) {
		const matched = `${answer.matched}${answer.counting ? '+' : ''}`;
		return answer.matched === answer.total ? String(answer.total) : `${matched}/${answer.total}`;
	}

	const { cluster } = state;
	if (cluster === null || list === 'containers' || list === 'processes') {
		return '';
	}

	if (list === 'diagnostics') {
		const { error, warning, info } = cluster.findings;
		return String(error + warning + info);
	}

	return String(cluster[list].total);
}

/** `1 Nodes 12`, in capitals where the keys go. */
function nameItem(state: ScreenState, list: ListName, steps: readonly [number, number, number]): Item {
	const focused = state.focus === list;
	const key = String(order.indexOf(list) + 1);
	const { title, short } = paneTitles[list];
	const name = (text: string): Span =>
		focused ? span(`${key} ${text.toUpperCase()}`, 'title') : span(`${key} ${text}`, 'plain');
	const number = countOf(state, list);
	const count = number === '' ? [] : [span(` ${number}`, focused ? 'strong' : 'dim')];
	const forms: Span[][] = [[name(title), ...count], [name(short), ...count], [name(short)]];
	return focused ? { forms, steps: steps.slice(0, 2) } : { forms: [...forms, [span(key, 'dim')]], steps };
}

/** The namespace that is followed, the scope, the filter and the order: what makes the list what it is. */
function narrowing(state: ScreenState, list: ListName, theme: Theme): Item[] {
	const { filter, scope, sort, answer } = state.lists[list];
	const items: Item[] = [];
	if (list === 'pods' || (list === 'containers' && scope.pod === undefined)) {
		const namespace = scope.namespace ?? state.cluster?.namespace ?? paneText.allNamespaces;
		items.push(item([span(paneText.namespaceIs(namespace), 'dim')], 30));
	}

	if (scope.node !== undefined) {
		items.push(item([span(paneText.onNode(scope.node).trim(), 'accent')], 50));
	}

	if (scope.pod !== undefined) {
		const names = [podName(state, scope.pod), scope.container?.slice(scope.pod.length + 1) ?? ''];
		const known = names.filter((name) => name !== '');
		if (known.length > 0) {
			items.push(item([span(known.join(` ${theme.glyphs.dot} `), 'accent')], 50));
		}
	}

	if (filter !== '') {
		const broken = (answer?.filterError ?? '') !== '';
		items.push(item([span(`/${filter}`, broken ? 'error' : 'accent')], 60));
	}

	if (answer !== null && answer.total > 0 && answer.partial) {
		items.push(item([span(answer.loading ? paneText.loadingPartial : paneText.partial, 'accent')], 55));
	} else if (answer !== null && answer.total > 0 && answer.loading) {
		items.push(item([span(paneText.loading, 'dim')], 55));
	}

	if (list === 'diagnostics' && state.cluster?.examining === true) {
		items.push(item([span(proofText.examining, 'accent')], 55));
	}

	if (list !== 'diagnostics') {
		const title = columnsOf[list].find(({ id }) => id === sort.column)?.message.title ?? sort.column;
		const glyph = sort.descending ? theme.glyphs.descending : theme.glyphs.ascending;
		items.push(item([span(paneText.sortedBy(title, glyph), 'dim')], 20));
	}

	return items;
}

/** `namespace/name` of a pod that is on screen in one list or another. */
function podName(state: ScreenState, uid: string): string {
	const container = (state.lists.containers.answer?.rows ?? []).find((row) => 'podUid' in row && row.podUid === uid);
	if (container !== undefined && 'podUid' in container) {
		return `${container.namespace}/${container.pod}`;
	}

	const pods: readonly PodRow[] = state.lists.pods.answer?.list === 'pods' ? state.lists.pods.answer.rows : [];
	const pod = pods.find((row) => row.uid === uid);
	return pod === undefined ? '' : `${pod.namespace}/${pod.name}`;
}

/** `12–34 of 1842`, when not all rows fit. */
function position(list: ListState, visible: number): Span[] {
	const { answer, top } = list;
	if (answer === null || visible <= 0 || answer.matched <= visible || answer.filterError !== '') {
		return [];
	}

	return [span(paneText.rows(top + 1, Math.min(answer.matched, top + visible), answer.matched), 'dim')];
}

export interface Title {
	left: Span[];
	right: Span[];
}

function blanks(spans: readonly Span[]): Span[] {
	return spans.length === 0 ? [] : [span(' '), ...spans, span(' ')];
}

function trimmed(spans: readonly Span[]): Span[] {
	const last = spans.at(-1);
	return last !== undefined && last.text.trim() === '' ? spans.slice(0, -1) : [...spans];
}

/** Title over a list that stands beside others. */
export function listTitle(
	state: ScreenState,
	list: ListName,
	place: { width: number; rows: number },
	theme: Theme,
): Title {
	const right = position(state.lists[list], place.rows);
	const rightWidth = right.reduce((sum, { text }) => sum + text.length, 0);
	const dot = span(` ${theme.glyphs.dot} `, 'dim');
	const left = { items: [nameItem(state, list, [70, 80, 90]), ...narrowing(state, list, theme)], separator: dot };
	const nothing = { items: [], separator: dot };
	const room = place.width - 4 - (rightWidth > 0 ? rightWidth + 4 : 0);
	return { left: blanks(trimmed(spread(left, nothing, room))), right: blanks(right) };
}

/** All lists as tabs, for screens that show one at a time; what narrows this one stands at the right. */
export function tabsTitle(
	state: ScreenState,
	list: ListName,
	place: { width: number; rows: number },
	theme: Theme,
): Title {
	const shown = order.filter((name) => isShown(state, name));
	const tabs = shown.map((name, index) => nameItem(state, name, [35 + index, 40 + index, 55 + index]));
	const where = position(state.lists[list], place.rows);
	const items = narrowing(state, list, theme);
	if (where.length > 0) {
		items.push(item(where, 25));
	}

	const spans = spread(
		{ items: tabs, separator: span('  ') },
		{ items, separator: span('  ') },
		Math.max(0, place.width - 2),
	);
	return { left: [span(' '), ...spans], right: [] };
}
