import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingKey } from '../../../source/model/finding.ts';
import type { ListName, PodRow, Rows } from '../../../source/monitor/messages.ts';
import { Memory } from '../../../source/ui/panes/memory.ts';
import { composeScreen, prepareParts } from '../../../source/ui/panes/screen.ts';
import type { ListState, ScreenState } from '../../../source/ui/state.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { podLedger, podSubject } from './ledgers.ts';
import * as states from './states.ts';

const { answer, api, cluster, containers, hints, history, nodes, podRow, pods, screenState } = states;
/** What a row is known by. */
function uidOf(row: Rows['rows'][number] | undefined): string {
	return row === undefined ? '' : 'uid' in row ? row.uid : findingKey(row);
}

const theme = makeTheme({ colour: '256', glyphs: 'unicode' });

function frame(state: ScreenState, looks = theme): readonly string[] {
	const { body, footer, header } = composeScreen(state, looks, hints);
	return [...header, ...body, ...footer];
}

function withList(state: ScreenState, list: ListName, fields: Partial<ListState>): ScreenState {
	return { ...state, lists: { ...state.lists, [list]: { ...state.lists[list], ...fields } } };
}

/** What is looked at while something changes. */
const views: Readonly<Record<string, (state: ScreenState) => ScreenState>> = {
	pods: (state) => state,
	nodes: (state) => ({ ...state, focus: 'nodes' }),
	findings: (state) => ({ ...state, focus: 'diagnostics' }),
	'a detail': (state) => ({ ...state, detailOpen: true, subject: podSubject, detail: history(api, podSubject) }),
	'what has no history yet': (state) => ({ ...state, subject: { kind: 'pod', uid: pods[2]?.uid ?? '' } }),
};

/** One thing that may change on a screen. */
const changes: Readonly<Record<string, (state: ScreenState) => ScreenState>> = {
	size: (state) => ({ ...state, size: { columns: state.size.columns - 7, rows: state.size.rows - 3 } }),
	'the focus': (state) => ({ ...state, focus: state.focus === 'nodes' ? 'pods' : 'nodes' }),
	'the diagnostics under the keys': (state) => ({ ...state, focus: 'diagnostics' }),
	'a cursor': (state) => withList(state, state.focus, { cursor: null, cursorIndex: 1 }),
	'the cursor of the nodes': (state) => withList(state, 'nodes', { cursor: null, cursorIndex: 1 }),
	'the cursor of the findings': (state) => withList(state, 'diagnostics', { cursor: null, cursorIndex: 1 }),
	'the first row': (state) => withList(state, 'pods', { top: 1 }),
	'an order': (state) => withList(state, 'pods', { sort: { column: 'cpu', descending: true } }),
	'a filter': (state) => withList(state, 'pods', { filter: 'api' }),
	'a scope': (state) => withList(state, 'pods', { scope: { node: 'n03', namespace: 'web' } }),
	'the scope of the containers': (state) => withList(state, 'containers', { scope: { pod: api.uid } }),
	'the pods': (state) => withList(state, 'pods', { answer: answer('pods', [podRow('a-longer-name-than-before')]) }),
	'the nodes': (state) => withList(state, 'nodes', { answer: answer('nodes', nodes.slice(1)) }),
	'the containers': (state) => withList(state, 'containers', { answer: answer('containers', containers.slice(1)) }),
	'no answer': (state) => withList(state, 'pods', { answer: null }),
	'the time': (state) => ({ ...state, cluster: { ...cluster, serverTime: cluster.serverTime + 90_000 } }),
	'the cluster': (state) => ({ ...state, cluster: { ...cluster, context: 'other', demo: true, namespace: 'web' } }),
	'no cluster': (state) => ({ ...state, cluster: null }),
	frozen: (state) => ({ ...state, frozenAt: cluster.serverTime }),
	wide: (state) => ({ ...state, wide: true }),
	'the subject': (state) => ({ ...state, subject: { kind: 'node', uid: nodes[1]?.uid ?? '' } }),
	'no subject': (state) => ({ ...state, subject: null }),
	'its history': (state) => ({ ...state, subject: podSubject, detail: history(api, podSubject) }),
	'another subject without history': (state) => ({ ...state, subject: { kind: 'pod', uid: pods[1]?.uid ?? '' } }),
	'a subject that is gone': (state) => ({
		...state,
		subject: { kind: 'pod', uid: 'x' },
		detail: { type: 'detail', subject: { kind: 'pod', uid: 'x' }, row: null, times: [], cpu: [], memory: [] },
	}),
	'a history that went on': ({ detail, ...state }) => ({
		...state,
		detail: detail && { ...detail, cpu: detail.cpu.map((value) => value * 3) },
	}),
	passing: (state) => ({ ...state, passing: uidOf(state.lists[state.focus].answer?.rows[1]) }),
	'the detail': (state) => ({ ...state, detailOpen: true }),
	'the ledger': (state) => ({ ...state, subject: podSubject, ledger: podLedger }),
	fullscreen: (state) => ({ ...state, fullscreen: true }),
	help: (state) => ({ ...state, help: { open: true, top: 0 } }),
	notice: (state) => ({ ...state, notice: 'whytop only reads' }),
};

describe('a screen that keeps what has not changed', () => {
	for (const [columns, rows] of [
		[200, 60],
		[120, 40],
		[80, 24],
	] as const) {
		test(`shows whatever has changed since, at ${columns}×${rows}`, () => {
			for (const [where, view] of Object.entries(views)) {
				const first = view(screenState(columns, rows));
				// Nothing is kept for a theme that was not there before.
				const before = frame(first, { ...theme });
				for (const [what, change] of Object.entries(changes)) {
					assert.deepEqual(frame(first), before, `${where}, back to it`);
					const next = change(first);
					assert.deepEqual(frame(next), frame(next, { ...theme }), `${where}, other than before: ${what}`);
				}
			}
		});
	}

	test('measures no row again and draws only the rows that a key brings or marks', () => {
		let reads = 0;
		const counted = (index: number): PodRow =>
			Object.defineProperty(podRow(`web-${index}`), 'namespace', {
				get: () => {
					reads++;
					return 'shop';
				},
			});
		const rows = Array.from({ length: 160 }, (_, index) => counted(index));
		const state = withList(screenState(200, 60), 'pods', { answer: answer('pods', rows), cursor: null });
		const readsOf = (next: ScreenState) => {
			reads = 0;
			frame(next);
			return reads;
		};
		const at = (index: number, top = 0) => withList(state, 'pods', { cursorIndex: index, top });
		const first = at(0);
		assert.ok(readsOf(first) > 160, 'all rows at hand are measured');
		assert.equal(readsOf({ ...first, notice: 'something else' }), 0);
		assert.equal(readsOf(at(1)), 2);
		assert.equal(readsOf(at(30, 5)), 6);
		for (const part of prepareParts(() => at(60, 40), theme)) {
			part();
		}
		assert.ok(readsOf(at(60, 40)) <= 1, 'parts made one by one are what the screen is composed of');
	});
});

test('what was made last is made again when something of it is another, NaN being NaN', () => {
	const memory = new Memory<number>();
	let made = 0;
	const of = (...from: unknown[]) => memory.of(from, () => ++made);
	const rows = [1];
	assert.deepEqual([of(rows, Number.NaN), of(rows, Number.NaN)], [1, 1]);
	assert.deepEqual([of([1], Number.NaN), of([1])], [2, 3]);
});
