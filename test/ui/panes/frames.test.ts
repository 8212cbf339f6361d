/**
 * Whole screens as text, to be read. `WHYTOP_UPDATE_FRAMES=1` writes them anew; look at them before committing. Escape
 * sequences are left out: what they say is tested in `colour.test.ts`.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { findingKey } from '../../../source/model/finding.ts';
import { composeScreen } from '../../../source/ui/panes/screen.ts';
import type { ScreenState } from '../../../source/ui/state.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { appLedger, appSubject, ledgerView, podLedger, podSubject } from './ledgers.ts';
import * as states from './states.ts';

const folder = new URL('frames/', import.meta.url);
const update = process.env['WHYTOP_UPDATE_FRAMES'] === '1';

const { cluster, containers, listState, answer, localState, screenState } = states;

const help = [
	{ section: 'Moving', key: 'j k ↓ ↑', title: 'down and up' },
	{ section: 'Moving', key: 'g G', title: 'top and bottom' },
	{ section: 'Views', key: 'w', title: 'wide columns' },
];

const app = containers[0];

/** One namespace only, no rights on nodes, and a metrics API that has stopped answering. */
const limited: Partial<ScreenState> = {
	cluster: {
		...cluster,
		demo: true,
		insecure: 'unverified',
		namespace: 'payments',
		namespaceOnly: true,
		nodes: { total: 0, ready: 0, sampled: 0 },
		pods: { total: 2, running: 2, sampled: 2 },
		sources: [
			{
				name: 'metrics.k8s.io/v1beta1',
				state: 'failing',
				at: states.now - 190_000,
				window: 15_000,
				error: 'service unavailable',
			},
			{ name: 'nodes', state: 'forbidden', at: Number.NaN, window: Number.NaN, error: 'nodes is forbidden' },
			{ name: 'pods', state: 'live', at: states.now, window: Number.NaN, error: '' },
		],
	},
	lists: {
		...screenState(1, 1).lists,
		nodes: listState(answer('nodes', [])),
		pods: listState(answer('pods', states.pods.slice(0, 2)), { cursor: states.api.uid }),
	},
};

/** The doctor is at work again on what it has found. */
const examinedState = (columns: number, rows: number, fields: Partial<ScreenState> = {}) =>
	screenState(columns, rows, {
		cluster: { ...cluster, examining: true, findings: { error: 1, warning: 0, info: 0 } },
		focus: 'diagnostics',
		lists: {
			...screenState(1, 1).lists,
			diagnostics: listState(answer('diagnostics', [states.examined]), {
				cursor: findingKey(states.examined),
				sort: { column: 'severity', descending: true },
			}),
		},
		...fields,
	});

const missing = { subject: 'pod/batch/etl-1', node: 'n03', title: 'batch/etl-1' } as const;

const frames: Readonly<Record<string, ScreenState>> = {
	'40x10': screenState(40, 10),
	'80x24': screenState(80, 24),
	'120x40': screenState(120, 40),
	'200x60': screenState(200, 60),
	'80x24-diagnostics': screenState(80, 24, { focus: 'diagnostics' }),
	'80x24-limited': screenState(80, 24, limited),
	'80x24-namespace-prompt': screenState(80, 24, {
		prompt: {
			kind: 'namespace',
			text: 'b',
			position: 1,
			choices: ['batch', 'auth', 'default', 'ingest', 'jobs', 'kube-system', 'obs', 'payments', 'search', 'web'],
			selected: 1,
			before: '',
		},
	}),
	'80x24-nothing-matches': screenState(80, 24, {
		lists: {
			...screenState(1, 1).lists,
			pods: listState(answer('pods', [], { total: 142, matched: 0 }), { filter: 'foo' }),
		},
	}),
	'80x50': screenState(80, 50),
	'120x40-pod': screenState(120, 40, { detailOpen: true }),
	'80x24-container': screenState(80, 24, {
		detailOpen: true,
		focus: 'containers',
		subject: { kind: 'container', uid: app?.uid ?? '', podUid: states.api.uid },
		detail: app === undefined ? null : states.history(app, { kind: 'container', uid: app.uid, podUid: states.api.uid }),
	}),
	...Object.fromEntries(
		(
			[
				[80, 24],
				[120, 40],
				[200, 60],
			] as const
		).flatMap(([columns, rows]) => [
			[
				`${columns}x${rows}-ledger`,
				screenState(columns, rows, { explained: ledgerView(appSubject), ledger: appLedger }),
			],
			[
				`${columns}x${rows}-ledger-unfolded`,
				screenState(columns, rows, {
					explained: ledgerView(appSubject, {
						cursor: { block: 'way/memory/B2/kubectl-top-pod/top-in-container', line: 3 },
						top: rows === 24 ? 26 : 10,
						unfolded: ['memory/docker-stats', 'way/memory/B2/kubectl-top-pod/top-in-container'],
					}),
					ledger: appLedger,
				}),
			],
		]),
	),
	...Object.fromEntries(
		(
			[
				[80, 24],
				[120, 40],
				[200, 60],
			] as const
		).flatMap(([columns, rows]) => [
			[`${columns}x${rows}-examined`, examinedState(columns, rows)],
			[
				`${columns}x${rows}-proof`,
				examinedState(columns, rows, { proof: { finding: states.examined, missing: null, top: 0 } }),
			],
		]),
	),
	'80x24-no-sample-explained': examinedState(80, 24, {
		focus: 'pods',
		proof: { finding: null, missing: { ...missing, code: 'apiservice-unavailable' }, top: 0 },
	}),
	'80x24-no-sample-of-itself': examinedState(80, 24, {
		focus: 'pods',
		proof: { finding: null, missing: { ...missing, code: 'pod-finished' }, top: 0 },
	}),
	'80x24-ledger-of-metrics-api-alone': screenState(80, 24, {
		explained: ledgerView(podSubject),
		ledger: podLedger,
	}),
	'80x24-ledger-unread': screenState(80, 24, {
		explained: ledgerView(podSubject),
		ledger: { ...podLedger, ledger: null },
	}),
	'200x60-pod': screenState(200, 60, { detailOpen: true, ledger: podLedger }),
	'120x40-container': screenState(120, 40, {
		detailOpen: true,
		focus: 'containers',
		subject: appSubject,
		ledger: appLedger,
	}),
	'80x50-container': screenState(80, 50, {
		detailOpen: true,
		focus: 'containers',
		subject: appSubject,
		ledger: appLedger,
	}),
	'120x40-help': screenState(120, 40, { help: { open: true, top: 0 } }),
	'200x40-wide': screenState(200, 40, { fullscreen: true, wide: true }),
	'120x30-containers-of-node': screenState(120, 30, {
		focus: 'containers',
		lists: {
			...screenState(1, 1).lists,
			containers: listState(answer('containers', containers), {
				scope: { node: 'n03' },
				cursor: app?.uid ?? null,
				sort: { column: 'cpu', descending: true },
			}),
		},
	}),
	'80x24-local': localState(80, 24),
	'120x40-local': localState(120, 40),
	'200x60-local': localState(200, 60),
	'80x24-local-processes': localState(80, 24, { focus: 'processes' }),
	'120x40-local-processes': localState(120, 40, { focus: 'processes' }),
	'80x24-before-the-first-answer': screenState(80, 24, {
		cluster: null,
		subject: null,
		detail: null,
		lists: {
			nodes: listState(null),
			pods: listState(null),
			containers: listState(null),
			processes: listState(null),
			diagnostics: listState(null),
		},
	}),
};

function drawn(state: ScreenState, glyphs: 'unicode' | 'ascii'): string {
	const frame = composeScreen(state, makeTheme({ colour: 'none', glyphs }), states.hints, help);
	const lines = [...frame.header, ...frame.body, ...frame.footer];
	return `${lines.map((line) => stripVTControlCharacters(line).trimEnd()).join('\n')}\n`;
}

function compare(name: string, text: string): void {
	const file = new URL(`${name}.txt`, folder);
	if (update) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, text);
	}

	assert.equal(text, readFileSync(file, 'utf8'));
}

describe('frames', () => {
	for (const [name, state] of Object.entries(frames)) {
		test(`${name} looks as it did`, () => {
			compare(name, drawn(state, 'unicode'));
		});
	}

	test('80x24 in ASCII has nothing else in it but the keys it was given', () => {
		const text = drawn(screenState(80, 24), 'ascii');
		compare('80x24-ascii', text);
		assert.match(text, /^[\n\u0020-\u007E]*$/);
	});
});
