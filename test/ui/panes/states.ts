/** Hand-made states of the screen on a small, fixed cluster. For any test that needs a frame. */
import { findingKey } from '../../../source/model/finding.ts';
import type { ContainerRow, Detail, ListName, NodeRow, PodRow, Rows } from '../../../source/monitor/messages.ts';
import type { ListState, ScreenState } from '../../../source/ui/state.ts';
import { api, cluster, containers, findings, nodes, now, pods, second } from './rows.ts';

export * from './rows.ts';

/** The newest answer to a list: these rows, in a list of that many. */
export function answer<Row>(list: ListName, rows: readonly Row[], fields: Partial<Rows> = {}): Rows {
	return {
		type: 'rows',
		list,
		sequence: 1,
		total: rows.length,
		matched: rows.length,
		offset: 0,
		rows,
		anchorIndex: 0,
		filterError: '',
		loading: false,
		...fields,
	} as Rows;
}

export function listState(newest: Rows | null, fields: Partial<ListState> = {}): ListState {
	return {
		scope: {},
		filter: '',
		sort: { column: 'name', descending: false },
		cursor: null,
		cursorIndex: 0,
		top: 0,
		sequence: 1,
		answer: newest,
		...fields,
	};
}

/** Twenty minutes of samples, every 15 s; the memory rises, and two minutes are missing. */
export function history(row: PodRow | ContainerRow | NodeRow, subject: Detail['subject']): Detail {
	const times = Array.from({ length: 58 }, (_, index) => now - 12 * second - (57 - index) * 15 * second);
	const value = (last: number, index: number, shape: 'rising' | 'swaying') =>
		index >= 20 && index < 28
			? Number.NaN
			: shape === 'rising'
				? last * (0.35 + (0.65 * index) / 57)
				: last * (0.6 + 0.4 * Math.sin(index / 4) ** 2);
	const { usage } = row;
	return {
		type: 'detail',
		subject,
		row,
		times,
		cpu: times.map((_, index) => (usage.kind === 'sampled' ? value(usage.cpu, index, 'swaying') : Number.NaN)),
		memory: times.map((_, index) => (usage.kind === 'sampled' ? value(usage.memory, index, 'rising') : Number.NaN)),
	};
}

/** A screen of this size on the fixed cluster, the keys on the pods, sorted by memory of limit. */
export function screenState(columns: number, rows: number, fields: Partial<ScreenState> = {}): ScreenState {
	const subject = { kind: 'pod', uid: api.uid } as const;
	return {
		size: { columns, rows },
		focus: 'pods',
		lists: {
			nodes: listState(answer('nodes', nodes), {
				cursor: nodes[0]?.uid ?? null,
				sort: { column: 'memoryAllocatable%', descending: true },
			}),
			pods: listState(answer('pods', pods, { total: 1842, matched: 1842 }), {
				cursor: api.uid,
				sort: { column: 'memoryLimit%', descending: true },
			}),
			containers: listState(answer('containers', containers), {
				scope: { pod: api.uid },
				cursor: containers[0]?.uid ?? null,
				sort: { column: 'memory', descending: true },
			}),
			diagnostics: listState(answer('diagnostics', findings), {
				cursor: findings[0] === undefined ? null : findingKey(findings[0]),
				sort: { column: 'severity', descending: true },
			}),
		},
		trail: [],
		cluster,
		subject,
		detail: history(api, subject),
		explained: null,
		ledger: null,
		detailOpen: false,
		fullscreen: false,
		wide: false,
		frozenAt: Number.NaN,
		help: { open: false, top: 0 },
		prompt: null,
		namespaces: ['auth', 'batch', 'default'],
		notice: '',
		...fields,
	};
}

export const hints = [
	{ key: '⏎', title: 'open' },
	{ key: '⎋', title: 'back' },
	{ key: 'tab', title: 'pane' },
	{ key: '/', title: 'filter' },
	{ key: ':', title: 'go' },
	{ key: 'S', title: 'sort' },
	{ key: 'n', title: 'namespace' },
	{ key: 'w', title: 'wide' },
	{ key: 'F', title: 'full' },
	{ key: 'Z', title: 'freeze' },
	{ key: '?', title: 'keys' },
	{ key: 'q', title: 'quit' },
] as const;
