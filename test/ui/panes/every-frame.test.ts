import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type { ListName } from '../../../source/monitor/messages.ts';
import { composeScreen, type Frame } from '../../../source/ui/panes/screen.ts';
import type { ScreenState } from '../../../source/ui/state.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { hostileString } from './hostile.ts';
import { appLedger, appSubject, ledgerView, podLedger } from './ledgers.ts';
import { processes } from './rows.ts';
import * as states from './states.ts';

const { answer, cluster, hints, listState, podRow, screenState } = states;
const theme = makeTheme({ colour: '256', glyphs: 'unicode' });
const help = Array.from({ length: 40 }, (_, index) => ({
	section: `s${index >> 3}`,
	key: `k${index}`,
	title: 'does it',
}));

function lines(frame: Frame): string[] {
	return [...frame.header, ...frame.body, ...frame.footer];
}

function withPods(rows: readonly ReturnType<typeof podRow>[], fields: Partial<ScreenState> = {}): ScreenState {
	const base = screenState(120, 30, fields);
	return { ...base, lists: { ...base.lists, pods: { ...base.lists.pods, answer: answer('pods', rows) } } };
}

/** Each line as wide as the screen, one line fewer than it has, nothing left open at a line's end. */
function holds(state: ScreenState): void {
	const { columns, rows } = state.size;
	const all = lines(composeScreen(state, theme, hints, help));
	assert.equal(all.length, Math.max(0, rows - 1), `lines of ${columns}×${rows}`);
	for (const line of all) {
		const plain = stripVTControlCharacters(line);
		assert.equal(stringWidth(plain), columns, `${columns}×${rows}: ${JSON.stringify(line)}`);
		assert.ok(!/[\u0000-\u001F\u007F-\u009F]/.test(plain), JSON.stringify(line));
		assert.ok(!plain.includes('NaN') && !plain.includes('undefined') && !plain.includes('Infinity'), plain);
	}
}

const unfolded = appLedger.ledger?.claims.map(({ of, tool }) => `${of}/${tool}`) ?? [];

const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) });
const focus = fc.constantFrom<ListName>('nodes', 'pods', 'containers', 'processes', 'diagnostics');

describe('every frame', () => {
	test('fills its size exactly, at any size and in any view', () => {
		fc.assert(
			fc.property(
				size,
				focus,
				fc.record({
					fullscreen: fc.boolean(),
					detailOpen: fc.boolean(),
					wide: fc.boolean(),
					help: fc.record({ open: fc.boolean(), top: fc.nat({ max: 400 }) }),
					notice: fc.constantFrom('', 'whytop only reads'),
					explained: fc.option(
						fc
							.record({ top: fc.nat({ max: 200 }), isUnfolded: fc.boolean(), line: fc.nat({ max: 9 }) })
							.map(({ isUnfolded, line, top }) =>
								ledgerView(appSubject, {
									top,
									cursor: { block: 'memory/docker-stats', line },
									unfolded: isUnfolded ? unfolded : [],
								}),
							),
					),
					ledger: fc.constantFrom(null, appLedger, podLedger, { ...appLedger, ledger: null }),
				}),
				(screen, list, fields) => {
					holds({ ...screenState(screen.columns, screen.rows), ...fields, focus: list });
				},
			),
			{ numRuns: 150 },
		);
	});

	test('stays whole whatever names, messages and typed text contain', () => {
		fc.assert(
			fc.property(
				size,
				focus,
				fc.array(hostileString, { minLength: 8, maxLength: 8 }),
				fc.boolean(),
				(screen, list, texts, open) => {
					const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = texts;
					const pod = podRow(a, { namespace: b, status: c, node: d, owner: e, ip: f, qosClass: g });
					const node = states.nodeRow(a, { status: b, pressure: c, osImage: d, roles: e });
					const container = states.containerRow(pod, h, {
						state: b,
						image: c,
						lastTermination: d,
						lastTerminatedAt: 0,
					});
					const state = screenState(screen.columns, screen.rows, {
						focus: list,
						detailOpen: open,
						notice: h,
						subject: { kind: 'pod', uid: pod.uid },
						detail: states.history(pod, { kind: 'pod', uid: pod.uid }),
						cluster: {
							...cluster,
							context: a,
							user: b,
							version: c,
							namespace: d,
							namespaceOnly: true,
							insecure: 'plain',
							demo: true,
							sources: [{ name: e, state: 'failing', at: states.now, window: 1, error: f }],
						},
						prompt: open ? { kind: 'filter', text: a, position: 0, choices: texts, selected: 3, before: '' } : null,
					});
					holds({
						...state,
						lists: {
							nodes: listState(answer('nodes', [node]), { cursor: node.uid, filter: g }),
							pods: listState(answer('pods', [pod]), { cursor: pod.uid, filter: h, scope: { node: a, namespace: b } }),
							containers: listState(answer('containers', [container]), {
								cursor: container.uid,
								scope: { pod: pod.uid },
							}),
							processes: listState(
								answer(
									'processes',
									processes.map((row) => ({ ...row, command: a, user: b, state: c })),
								),
								{ filter: d },
							),
							diagnostics: listState(
								answer('diagnostics', [
									{ id: a, severity: 'error', subject: b, facts: { error: c }, since: states.now },
									{
										id: 'metrics-unreachable',
										severity: 'warning',
										subject: d,
										facts: { error: e, resource: f },
										since: 0,
									},
								]),
							),
						},
					});
				},
			),
			{ numRuns: 150 },
		);
	});

	test('stays whole with numbers of any size and with none', () => {
		const number = fc.oneof(fc.constantFrom(Number.NaN, 0, 1e20), fc.double({ min: 0, max: 1e15, noNaN: true }));
		fc.assert(
			fc.property(size, fc.array(number, { minLength: 12, maxLength: 12 }), fc.boolean(), (screen, values, wide) => {
				const value = (index: number) => values[index] ?? Number.NaN;
				const pod = podRow('p', {
					usage: {
						kind: 'sampled',
						cpu: value(0),
						memory: value(1),
						timestamp: value(2),
						window: value(3),
						stale: wide,
					},
					cpuRequest: value(4),
					cpuLimit: value(5),
					memoryRequest: value(6),
					memoryLimit: value(7),
					cpuAllocatable: value(8),
					restarts: value(9),
					createdAt: value(10),
					lastRestartAt: value(11),
					cpuTrend: values,
					memoryTrend: values,
				});
				holds({
					...withPods([pod], { wide }),
					size: screen,
					subject: { kind: 'pod', uid: pod.uid },
					detail: {
						type: 'detail',
						subject: { kind: 'pod', uid: pod.uid },
						row: pod,
						times: [1, 2, 3],
						cpu: values.slice(0, 3),
						memory: values.slice(3, 6),
					},
				});
			}),
			{ numRuns: 120 },
		);
	});
});
