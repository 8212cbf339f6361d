import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emulator } from './emulator.ts';
import { clusterStatus, podRow } from './fake-host.ts';
import { type Harness, startScreen } from './harness.tsx';
import { standInPanes } from './stand-in-panes.ts';

async function withScreen(options: Parameters<typeof startScreen>[0], use: (screen: Harness) => Promise<void>) {
	const harness = await startScreen(options);
	try {
		await use(harness);
	} finally {
		await harness.close();
	}
}

function cursorLine(harness: Harness): string {
	return harness.screen.lines().find((line) => line.startsWith('>')) ?? '';
}

/** Where it is; null while it is hidden. */
function seenCursor({ screen }: Harness): Emulator['cursor'] | null {
	return screen.isCursorHidden ? null : screen.cursor;
}

describe('the painted screen', () => {
	test('shows the first frame on the alternate screen, with the cursor hidden', () =>
		withScreen({}, async ({ screen }) => {
			assert.equal(screen.isAlternate, true);
			assert.equal(screen.isCursorHidden, true);
			assert.match(screen.lines()[0] ?? '', /pods 100 of 100/);
			assert.match(screen.lines()[1] ?? '', /> web-0000/);
			assert.match(screen.lines()[22] ?? '', /enter open/);
			assert.equal(screen.lines()[23], '');
		}));

	test('is the same as the text of Ink, cell by cell, whatever is typed and whatever the size', async () => {
		const painted = await startScreen({});
		const plain = await startScreen({ plain: true });
		const steps = ['jjj', 'G', '\x1b[5~', '/web-00', '\r', '?', '\x1b', 'd', ':no', '\r', 'S', '\x1b'];
		try {
			for (const keys of steps) {
				await Promise.all([painted.type(keys), plain.type(keys)]);
				assert.deepEqual(painted.screen.cells(), plain.screen.cells(), `after ${JSON.stringify(keys)}`);
				assert.deepEqual(seenCursor(painted), seenCursor(plain), `cursor after ${JSON.stringify(keys)}`);
			}
			for (const [columns, rows] of [
				[120, 40],
				[40, 10],
				[200, 60],
				[80, 24],
			] as const) {
				await Promise.all([painted.resize(columns, rows), plain.resize(columns, rows)]);
				assert.deepEqual(painted.screen.cells(), plain.screen.cells(), `at ${columns}×${rows}`);
			}
		} finally {
			await painted.close();
			await plain.close();
		}
	});

	test('writes nothing when nothing visible changed', () =>
		withScreen({}, async (harness) => {
			const before = harness.output.bytes;
			harness.host.answer();
			harness.host.say(clusterStatus());
			await harness.settle();
			assert.equal(harness.output.bytes, before);
			assert.equal(await harness.type('k'), 0);
		}));

	test('writes few bytes for a cursor key, also when the list scrolls', () =>
		withScreen({ columns: 200, rows: 60 }, async (harness) => {
			assert.ok((await harness.type('j')) < 1024);
			await harness.type('G');
			await harness.type('\x1b[5~');
			for (const key of ['k'.repeat(56), 'k', 'k', 'k']) {
				const bytes = await harness.type(key);
				assert.ok(key.length > 1 || bytes < 1024, `${bytes} bytes`);
			}
		}));

	test('takes keys typed faster than they are read one by one', () =>
		withScreen({}, async (harness) => {
			await harness.type('jjjj\x04k');
			assert.equal(cursorLine(harness), '> web-0013');
		}));

	test('opens what is under the cursor however fast the keys come, and comes back', () =>
		withScreen({}, async (harness) => {
			await harness.type('jj\rj\r');
			assert.match(harness.screen.text(), /containers 2 of 2.*detail/);
			assert.equal(cursorLine(harness), '> proxy');
			await harness.type('\x1b');
			await harness.type('\x1b');
			assert.match(harness.screen.text(), /pods 100 of 100/);
			assert.equal(cursorLine(harness), '> web-0002');
		}));

	test('shows the cursor where text is typed, and takes a paste into it', () =>
		withScreen({}, async (harness) => {
			await harness.type('/web');
			assert.equal(harness.screen.isCursorHidden, false);
			assert.deepEqual(harness.screen.cursor, { x: 5, y: 22 });
			await harness.type('\x1b[200~-004\x1b[201~');
			assert.match(harness.screen.text(), /10 of 100 \/web-004/);
			assert.deepEqual(harness.screen.cursor, { x: 9, y: 22 });
			await harness.type('\r');
			assert.equal(harness.screen.isCursorHidden, true);
			assert.match(harness.screen.text(), /10 of 100 \/web-004/);
		}));

	test('knows F1', () =>
		withScreen({}, async (harness) => {
			await harness.type('\x1bOP');
			assert.match(harness.screen.lines()[0] ?? '', /help/);
		}));

	test('shows new data without a key, and several changes in one paint', () =>
		withScreen({}, async (harness) => {
			harness.host.fleet.pods = [podRow(7), ...harness.host.fleet.pods.slice(0, 5)];
			harness.host.answer();
			harness.host.answer();
			await harness.until(({ text }) => /pods 6 of 6/.test(text.call(harness.screen)));
		}));

	test('is right again after each of many sizes', () =>
		withScreen({}, async (harness) => {
			const sizes = [
				[200, 60],
				[80, 24],
				[40, 10],
				[20, 5],
				[120, 40],
				[79, 23],
			] as const;
			for (const [columns, rows] of sizes) {
				await harness.resize(columns, rows);
				const lines = harness.screen.lines();
				assert.match(lines[0] ?? '', /^pods 100 of 100/, `at ${columns}×${rows}`);
				assert.equal(lines.filter((line) => /web-\d/.test(line)).length, rows - 3, `at ${columns}×${rows}`);
				assert.equal(lines.at(-1), '');
			}
		}));
});

describe('a terminal that does not read', () => {
	test('gets the newest frame when it reads again, and none of those between', () =>
		withScreen({}, async (harness) => {
			harness.output.isStuck = true;
			await harness.type('j');
			await harness.type('jjjjj');
			await harness.type('jjj');
			const before = harness.output.bytes;
			harness.output.unstick();
			await harness.settle();
			assert.equal(cursorLine(harness), '> web-0009');
			assert.ok(harness.output.bytes - before < 700);
		}));
});

describe('the way out', () => {
	test('q gives the terminal back and ends with 0', async () => {
		const harness = await startScreen();
		await harness.type('q');
		assert.equal(await harness.ended, 0);
		assert.equal(harness.screen.isAlternate, false);
		assert.equal(harness.screen.isCursorHidden, false);
		assert.equal(harness.screen.terminal.modes.bracketedPasteMode, false);
		assert.equal(harness.host.isClosed, true);
		await harness.close();
	});

	test('a host that gives up ends the screen with its message and its exit code', async () => {
		const harness = await startScreen();
		harness.host.say({ type: 'fatal', message: 'no kubeconfig', exitCode: 2 });
		assert.equal(await harness.ended, 2);
		await harness.settle();
		assert.equal(harness.errors(), 'no kubeconfig\n');
		assert.equal(harness.screen.isAlternate, false);
		await harness.close();
	});

	test('an exception in a pane ends it with 70, one message, and a report without secrets', async () => {
		const { readFileSync, rmSync, statSync } = await import('node:fs');
		let isBroken = false;
		let breaks = 0;
		const panes = {
			...standInPanes,
			composeScreen(...input: Parameters<typeof standInPanes.composeScreen>) {
				if (isBroken) {
					breaks++;
					throw new Error('no such column; token: abc123');
				}
				return standInPanes.composeScreen(...input);
			},
		};
		const harness = await startScreen({ panes });
		isBroken = true;
		await harness.type('j');
		assert.equal(await harness.ended, 70);
		assert.ok(breaks > 0);
		assert.equal(harness.screen.isAlternate, false);
		const report = /The report is in (\S+);/.exec(harness.errors())?.[1] ?? '';
		assert.match(harness.errors(), /^whytop has a fault and had to stop: no such column/);
		assert.doesNotMatch(harness.errors(), /abc123|\n\s+at /);
		const text = readFileSync(report, 'utf8');
		assert.match(text, /\n\s+at .*painted\.test/);
		assert.doesNotMatch(text, /abc123/);
		assert.equal(statSync(report).mode & 0o777, 0o600);
		rmSync(report);
		await harness.close();
	});

	test('a terminal that is gone ends it with 129', async () => {
		const harness = await startScreen();
		harness.output.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' }));
		assert.equal(await harness.ended, 129);
		await harness.close();
	});
});
