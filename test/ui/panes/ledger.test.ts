import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { makeLedger } from '../../../source/explain/ledger.ts';
import type { Claim, Ledger } from '../../../source/model/ledger.ts';
import { Readings } from '../../../source/model/reading.ts';
import { barSpans, edgeOf, markLines, orderedSlices, scaleOf } from '../../../source/ui/panes/ledger/bar.ts';
import { bracketSpans, countedSlices, piecesOf } from '../../../source/ui/panes/ledger/bracket.ts';
import { composeScreen, ledgerShape, ledgerVisible } from '../../../source/ui/panes/screen.ts';
import { spansWidth } from '../../../source/ui/text/line.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { v1, v2 } from '../../explain/made.ts';
import { container, containerPages } from '../../explain/simulated.ts';
import { appLedger, appSubject, containerReadings, ledgerView, podLedger, podSubject, versions } from './ledgers.ts';
import { hints, screenState } from './states.ts';

const theme = makeTheme({ colour: 'none', glyphs: 'unicode' });

function ledgerOf(): Ledger {
	assert.ok(appLedger.ledger);
	return appLedger.ledger;
}

function claim(tool: Claim['tool'], ledger = ledgerOf()): Claim {
	const found = ledger.claims.find((one) => one.tool === tool && one.of === 'memory');
	assert.ok(found, tool);
	return found;
}

function text(spans: readonly { text: string }[]): string {
	return spans.map((span) => span.text).join('');
}

describe('the bar', () => {
	test('has every slice at its own length, and ends where usage ends', () => {
		fc.assert(
			fc.property(containerPages, fc.integer({ min: 10, max: 160 }), (pages, cells) => {
				const ledger = makeLedger('x', 'container', container(pages, 'v2'), v2);
				const scale = scaleOf(ledger, cells);
				const bar = text(barSpans(ledger, scale, theme));
				assert.equal(bar.length, cells);
				let sum = 0;
				for (const { id, value } of orderedSlices(ledger)) {
					const from = edgeOf(sum, scale);
					sum += value;
					assert.equal(bar.slice(from, edgeOf(sum, scale)).replaceAll(theme.glyphs.slices[id], ''), '', id);
				}
			}),
			{ numRuns: 60 },
		);
	});

	test('keeps what a working set counts in one piece, for both cgroup versions', () => {
		fc.assert(
			fc.property(containerPages, fc.boolean(), (pages, isV2) => {
				const ledger = makeLedger('x', 'container', container(pages, isV2 ? 'v2' : 'v1'), isV2 ? v2 : v1);
				for (const one of ledger.claims.filter(({ live, of, value }) => live && of === 'memory' && value > 0)) {
					const counted = countedSlices(one, ledger);
					// A prefix of the bar: what is counted stands without a gap from the left.
					assert.deepEqual(counted, orderedSlices(ledger).slice(0, counted.length), one.tool);
				}
			}),
			{ numRuns: 60 },
		);
	});

	test('can be read without colour and in ASCII: every slice has a sign of its own', () => {
		for (const glyphs of ['unicode', 'ascii'] as const) {
			const { slices } = makeTheme({ colour: 'none', glyphs }).glyphs;
			assert.equal(new Set(Object.values(slices)).size, Object.keys(slices).length);
		}
	});
});

describe('a bracket', () => {
	const scale = scaleOf(ledgerOf(), 100);
	const drawn = (tool: Claim['tool']) => text(bracketSpans(claim(tool), ledgerOf(), scale, 'plain', theme));

	test('ends at the tool’s own value', () => {
		for (const tool of ['kubectl-top-pod', 'docker-stats', 'raw-usage', 'prometheus-rss'] as const) {
			const bracket = drawn(tool);
			assert.equal(bracket.trimEnd().length, edgeOf(claim(tool).value, scale), tool);
			assert.match(bracket, /^├─+┤ *$/, tool);
		}
	});

	test('of mapped pages has a piece under each kind of them, together as long as its number', () => {
		const { loose, pieces } = piecesOf(claim('top-in-container'), ledgerOf());
		assert.equal(loose, false);
		assert.equal(pieces.length, 3);
		assert.equal(
			pieces.reduce((sum, { from, to }) => sum + to - from, 0),
			claim('top-in-container').value,
		);
		assert.match(drawn('top-in-container'), /^├─+┤ +├─*┤├─+┤ *$/);
	});

	test('of pages that several processes share, and so more than is charged, is one dashed line of its size', () => {
		const forked = containerReadings.map((reading) =>
			reading.source === 'proc' && /^resident(Anon)?$/.test(reading.quantity)
				? { ...reading, value: reading.value + 100_000_000 }
				: reading,
		);
		const ledger = makeLedger('x', 'container', new Readings(forked), versions);
		const { loose, pieces } = piecesOf(claim('top-in-container', ledger), ledger);
		assert.equal(loose, true);
		assert.equal(pieces.length, 1);
	});

	test('of more than the bar holds points out of it', () => {
		assert.match(drawn('busybox-top'), /^├┄+→$/);
	});
});

describe('marks', () => {
	test('stand where request and limit are; one that is far away is named at the edge', () => {
		const ledger = ledgerOf();
		const scale = scaleOf(ledger, 100);
		const [line = []] = markLines(ledger, scale, theme);
		assert.equal(text(line).indexOf('│') + 1, edgeOf(64 * 2 ** 20, scale));
		assert.match(text(line), /request 64Mi │ +limit 128Mi │$/);
		const far = containerReadings.map((one) => (one.quantity === 'memoryLimit' ? { ...one, value: 2 ** 32 } : one));
		const wide = makeLedger('x', 'container', new Readings(far), versions);
		const [marks = []] = markLines(wide, scaleOf(wide, 100), theme);
		assert.match(text(marks), /request 64Mi │ +limit 4Gi →$/);
		assert.ok(spansWidth(marks) <= 100);
	});
});

describe('the ledger on screen', () => {
	const lines = (columns: number, rows: number, fields: Parameters<typeof screenState>[2]) => {
		const { body } = composeScreen(screenState(columns, rows, fields), theme, hints);
		return body.map((line) => stripVTControlCharacters(line));
	};

	test('has as many lines as its shape says, so that the cursor is where it is drawn', () => {
		for (const unfolded of [[], ['memory/hpa', 'way/memory/B2/kubectl-top-pod/top-in-container']]) {
			const explained = ledgerView(appSubject, { unfolded });
			const state = screenState(100, 400, { explained, ledger: appLedger });
			const { blocks } = ledgerShape(state, theme);
			const total = blocks.reduce((sum, { lines: count }) => sum + count, 0);
			const body = lines(100, 400, { explained, ledger: appLedger });
			assert.equal(
				body.findLastIndex((line) => line.trim() !== ''),
				total,
			);
			for (const [block, { id }] of blocks.entries()) {
				const cursor = { block: id, line: 0 };
				const start = blocks.slice(0, block).reduce((sum, { lines: count }) => sum + count, 0);
				const drawn = lines(100, 400, { explained: { ...explained, cursor }, ledger: appLedger });
				assert.equal(
					drawn.findIndex((line) => line.startsWith('▸')),
					start + 1,
					id,
				);
			}
		}
	});

	test('is of the subject that was asked for, or says that it is being read', () => {
		const shown = lines(80, 24, { explained: ledgerView(podSubject), ledger: appLedger }).join('\n');
		assert.match(shown, /reading…/);
		assert.doesNotMatch(shown, /kubectl/);
	});

	test('says what could not be read, beside what could', () => {
		const explained = ledgerView(podSubject, { unfolded: [] });
		const shown = lines(120, 60, { explained, ledger: podLedger }).join('\n');
		assert.match(shown, /1 not read/);
		assert.match(shown, /kubectl top pod +73Mi/);
		assert.match(shown, /403: nodes\/proxy/);
	});

	test('tells of an unfolded number its formula, the slices that it counts, and each reading with its age', () => {
		const explained = ledgerView(appSubject, { unfolded: ['memory/docker-stats', 'memory/kubectl-top-pod'] });
		const shown = lines(120, 90, { explained, ledger: appLedger }).join('\n');
		assert.match(shown, /formula +memory\.current − inactive_file/);
		assert.match(shown, /counts +anonymous \+ kernel \+ sockets \+ remainder \+ shared memory \+ active file/);
		assert.match(shown, /cgroup-v2 inactiveFile = 25,321,472, 1s ago/);
		assert.match(shown, /metrics-api workingSet = 76,982,272, 12s ago/);
	});

	test('has nothing but ASCII on a terminal that shows nothing else', () => {
		const ascii = makeTheme({ colour: 'none', glyphs: 'ascii' });
		const explained = ledgerView(appSubject, {
			unfolded: ledgerOf().claims.map(({ of, tool }) => `${of}/${tool}`),
		});
		const state = screenState(120, 300, { explained, ledger: appLedger });
		for (const line of composeScreen(state, ascii, []).body) {
			assert.match(stripVTControlCharacters(line), /^[\u0020-\u007E]*$/);
		}
	});

	test('stands in short beside the detail where there is room, and costs nothing where there is none', () => {
		assert.equal(ledgerVisible(screenState(120, 40)), false);
		assert.equal(ledgerVisible(screenState(120, 40, { detailOpen: true })), true);
		assert.equal(ledgerVisible(screenState(200, 60, { detailOpen: true })), true);
		assert.equal(ledgerVisible(screenState(80, 24, { detailOpen: true })), false);
	});
});
