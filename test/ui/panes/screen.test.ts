import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import {
	composeScreen,
	detailVisible,
	type Frame,
	helpEnd,
	visibleLists,
	visibleWindow,
} from '../../../source/ui/panes/screen.ts';
import type { ScreenState } from '../../../source/ui/state.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import * as states from './states.ts';

const { answer, cluster, hints, listState, podRow, pods, screenState } = states;
const theme = makeTheme({ colour: '256', glyphs: 'unicode' });
const help = Array.from({ length: 40 }, (_, index) => ({
	section: `s${index >> 3}`,
	key: `k${index}`,
	title: 'does it',
}));

function lines(frame: Frame): string[] {
	return [...frame.header, ...frame.body, ...frame.footer];
}

function text(state: ScreenState): string {
	return lines(composeScreen(state, theme, hints, help))
		.map((line) => stripVTControlCharacters(line))
		.join('\n');
}

function withPods(rows: readonly ReturnType<typeof podRow>[], fields: Partial<ScreenState> = {}): ScreenState {
	const base = screenState(120, 30, fields);
	return { ...base, lists: { ...base.lists, pods: { ...base.lists.pods, answer: answer('pods', rows) } } };
}

describe('numbers', () => {
	const row = (state: ScreenState, name: string) =>
		text(state)
			.split('\n')
			.find((line) => line.includes(name)) ?? '';

	test('a missing sample is ∅ with a word for the reason, never 0; an unset limit is –', () => {
		const line = row(screenState(120, 30), 'etl-29692520');
		assert.match(line, /∅ +∅ +– +∅ +∅ +∅ +withheld/);
		assert.ok(!/ 0 .*∅/.test(line.replace(/Running +0/, '')), line);
	});

	test('zero is 0', () => {
		assert.match(
			row(
				screenState(120, 30, {
					lists: { ...screenState(1, 1).lists, pods: listState(answer('pods', pods.slice(13, 14))) },
				}),
				'dex-',
			),
			/ 0 +0 +0 +88Mi/,
		);
	});

	test('each reason has its word', () => {
		const full = screenState(120, 60, { fullscreen: true });
		assert.match(row(full, 'front-6c9b75cd4-nn2lp'), /restarts/);
		assert.match(row(full, 'backup-'), /finished/);
		assert.match(row(full, 'render-'), /pending/);
		assert.match(row(full, 'fresh-'), /too young/);
	});

	test('near a limit there is a glyph beside the number, and above it the number is shown as it is', () => {
		const pod = (name: string, mebibytes: number) =>
			podRow(name, { memoryLimit: 100 * 2 ** 20, usage: states.sampled(1, mebibytes) });
		const state = withPods([pod('calm', 69), pod('warm', 70), pod('hot', 90), pod('over', 140)]);
		assert.match(row(state, 'calm'), / 69 {2}/);
		assert.match(row(state, 'warm'), /^ ▲ .* 70▲/);
		assert.match(row(state, 'hot'), /^ ✖ .* 90✖/);
		assert.match(row(state, 'over'), / 140✖/);
	});

	test('a stale number carries its age and raises no alarm', () => {
		const state = withPods([
			podRow('old', {
				memoryLimit: 100 * 2 ** 20,
				usage: states.sampled(1, 99, { timestamp: states.now - 4 * 60_000, stale: true }),
			}),
		]);
		assert.match(row(state, ' old '), / 99 +4m old/);
		assert.ok(!/[✖▲]/.test(row(state, ' old ')));
	});
});

describe('columns', () => {
	const titles = (state: ScreenState) =>
		text(state)
			.split('\n')
			.find((line) => /^ {3}N.* CPU/.test(line)) ?? '';

	test('narrow screens drop the trend, then percent of request, then the namespace', () => {
		const at = (columns: number) =>
			text(screenState(columns, 14))
				.split('\n')
				.find((line) => line.includes('%L')) ?? '';
		assert.match(at(80), /NAMESPACE .*%R .*MEM 2m/);
		assert.match(at(74), /NAMESPACE .*%R .*%L▼ *$/);
		assert.match(at(60), /NAMESPACE /);
		assert.ok(!at(60).includes('%R'));
		assert.ok(!at(50).includes('NAMESPACE'));
		assert.match(at(40), /NAME +CPU +%L +MEM +%L▼/);
	});

	test('the namespace is hidden when one is followed', () => {
		const one = screenState(120, 30, { cluster: { ...cluster, namespace: 'payments' } });
		assert.match(text(screenState(120, 30)), /NAMESPACE/);
		assert.ok(!text(one).includes('NAMESPACE'));
	});

	test('long titles name the denominator where there is room for them', () => {
		assert.match(text(screenState(200, 34, { fullscreen: true })), /%CPU\/R +%CPU\/L +MEM +%MEM\/R +%MEM\/L▼/);
	});

	test('a list that is sorted by a hidden column shows it', () => {
		const state = screenState(100, 24);
		const sorted = {
			...state,
			lists: { ...state.lists, pods: { ...state.lists.pods, sort: { column: 'qos', descending: false } } },
		};
		assert.ok(!text(state).includes('QOS'));
		assert.match(text(sorted), /QOS▲/);
	});

	test('the trend is of what the list is sorted by', () => {
		const state = screenState(100, 24);
		const sorted = {
			...state,
			lists: { ...state.lists, pods: { ...state.lists.pods, sort: { column: 'cpuLimit%', descending: true } } },
		};
		assert.match(titles(state), /MEM \dm/);
		assert.match(titles(sorted), /CPU \dm/);
	});

	test('containers of several pods say which', () => {
		const state = screenState(140, 24, { focus: 'containers' });
		assert.ok(!text(state).includes(' POD '));
		const all = { ...state, lists: { ...state.lists, containers: { ...state.lists.containers, scope: {} } } };
		assert.match(text(all), /NAMESPACE +POD +NAME/);
	});
});

describe('rows', () => {
	test('the cursor stays on its row by uid, not by place', () => {
		const state = withPods(pods.slice(0, 3).toReversed());
		const line = text({ ...state, lists: { ...state.lists, pods: { ...state.lists.pods, cursor: states.api.uid } } })
			.split('\n')
			.find((candidate) => candidate.startsWith('▸'));
		assert.match(line ?? '', /api-7c9d6f5b8-x2k1z/);
	});

	test('rows that are not here yet are marked, and nothing follows the last', () => {
		const state = withPods(pods.slice(0, 3));
		const list = { ...state.lists.pods, answer: answer('pods', pods.slice(0, 3), { total: 5, matched: 5 }) };
		const body = text({ ...state, lists: { ...state.lists, pods: list } }).split('\n');
		assert.equal(body.filter((line) => line.trim() === '…').length, 2);
	});
});

describe('empty lists', () => {
	const pane = (fields: Partial<ReturnType<typeof listState>>, more: Partial<ScreenState> = {}) => {
		const state = screenState(80, 24, more);
		return text({ ...state, lists: { ...state.lists, pods: { ...state.lists.pods, ...fields } } });
	};

	test('say why they are empty', () => {
		const nothing = answer('pods', []);
		assert.match(pane({ answer: null }), /loading…/);
		assert.match(pane({ answer: answer('pods', [], { loading: true }) }), /loading…/);
		assert.match(pane({ answer: nothing }), /^ {3}no pods *$/m);
		assert.match(pane({ answer: nothing }, { cluster: { ...cluster, namespace: 'web' } }), /no pods in namespace web/);
		assert.match(pane({ answer: nothing, scope: { node: 'n03' } }), /no pods on node n03/);
		assert.match(
			pane({ answer: answer('pods', [], { total: 142, matched: 0 }), filter: 'foo' }),
			/no row matches \/foo \(142 pods\)/,
		);
		assert.match(
			pane({ answer: answer('pods', [], { total: 1, filterError: 'unknown column cpux' }), filter: 'cpux>1' }),
			/\/cpux>1: unknown column cpux/,
		);
	});

	test('that are there in part say so over their rows', () => {
		const title = (fields: { loading?: boolean; partial?: boolean }) =>
			pane({ answer: answer('pods', pods, fields) })
				.split('\n')
				.find((row) => /PODS/.test(row)) ?? '';
		assert.match(title({ loading: true }), /loading…/);
		assert.match(title({ loading: true, partial: true }), /loading…, order partial/);
		assert.match(title({ partial: true }), /order partial/);
		assert.doesNotMatch(title({}), /loading|partial/);
	});

	test('say that they are forbidden, in the server’s words', () => {
		const sources = [
			{
				name: 'pods',
				state: 'forbidden' as const,
				at: Number.NaN,
				window: Number.NaN,
				error: 'pods is forbidden: User "jane"',
			},
		];
		const shown = pane({ answer: answer('pods', []) }, { cluster: { ...cluster, sources } });
		assert.match(shown, /This user may not list pods\./);
		assert.match(shown, /pods is forbidden: User "jane"/);
	});
});

describe('header', () => {
	const head = (columns: number, rows: number, fields: Partial<ScreenState> = {}) =>
		composeScreen(screenState(columns, rows, fields), theme, hints).header.map((line) =>
			stripVTControlCharacters(line),
		);

	test('a demo and an unverified connection are said at every size', () => {
		const odd = { cluster: { ...cluster, demo: true, insecure: 'unverified' as const } };
		for (const [columns, rows] of [
			[200, 60],
			[120, 40],
			[80, 24],
			[60, 12],
			[40, 10],
			[40, 4],
		] as const) {
			const shown = head(columns, rows, odd).join('\n');
			assert.match(shown, /DEMO/, `${columns}×${rows}`);
			assert.match(shown, /TLS/, `${columns}×${rows}`);
		}

		assert.match(head(80, 24, odd).join('\n'), /TLS NOT VERIFIED .* DEMO CLUSTER/);
	});

	test('says who is looked at, as whom, how much, and that nothing is changed', () => {
		const [first = '', , third = ''] = head(120, 40);
		assert.match(first, /prod-eu1 · ops-ro · v1\.34\.2 · read-only · 11\/12 nodes · 1842 pods .* ✖1 {2}▲3 {2}LIVE/);
		assert.match(third, /metrics\.k8s\.io\/v1beta1 ✓ 12s\/w15s │ nodes ✓ │ pods ✓ .* api <1 req\/s/);
		const asking = { ...cluster, cost: { ...cluster.cost, requestsNow: 7 } };
		assert.match(head(120, 40, { cluster: asking })[2] ?? '', / api 7 req\/s/);
	});

	test('a frozen screen says so', () => {
		assert.match(head(120, 40, { frozenAt: states.now })[0] ?? '', /FROZEN \d\d:\d\d:\d\d/);
	});

	test('a source that fails says for how long and why, where there is room', () => {
		const sources = [
			{
				name: 'metrics.k8s.io/v1beta1',
				state: 'failing' as const,
				at: states.now - 190_000,
				window: 15_000,
				error: 'service unavailable',
			},
		];
		assert.match(
			head(120, 40, { cluster: { ...cluster, sources } })[2] ?? '',
			/v1beta1 ✖ failing 3m\/w15s service unavailable/,
		);
	});
});

describe('what is asked for', () => {
	test('the window is as high as the list on screen', () => {
		const state = screenState(80, 24);
		const shown = text(state)
			.split('\n')
			.filter((line) => /^[ ▸][ ✖▲] [a-z]/.test(line)).length;
		assert.equal(visibleWindow(state, 'pods'), 10);
		assert.equal(shown, 10 + 1, 'ten pods and the finding');
	});

	test('small screens need the list on screen and one finding; large ones all', () => {
		assert.deepEqual(visibleLists(screenState(80, 24)), ['pods', 'diagnostics']);
		assert.deepEqual(visibleLists(screenState(40, 10)), ['pods']);
		assert.deepEqual(visibleLists(screenState(200, 60)), ['nodes', 'pods', 'containers', 'diagnostics']);
		assert.deepEqual(visibleLists(screenState(200, 60, { fullscreen: true })), ['pods']);
	});

	test('a history is wanted where it is drawn', () => {
		assert.equal(detailVisible(screenState(80, 24)), true);
		assert.equal(detailVisible(screenState(80, 16)), false);
		assert.equal(detailVisible(screenState(80, 16, { detailOpen: true })), true);
	});

	test('help covers the lists without letting them go', () => {
		const state = screenState(80, 24);
		assert.deepEqual(visibleLists({ ...state, help: { open: true, top: 0 } }), visibleLists(state));
	});

	test('help ends at its last page', () => {
		const open = screenState(80, 24, { help: { open: true, top: 10_000 } });
		const end = helpEnd(open, theme, help);
		assert.ok(end > 0);
		assert.equal(text(open), text({ ...open, help: { open: true, top: end } }));
		assert.notEqual(text(open), text({ ...open, help: { open: true, top: end - 1 } }));
	});
});
