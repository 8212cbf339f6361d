import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { Terminal } from './pty.ts';

const program = new URL('../../bin/whytop.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'whytop-monitor-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let terminal: Terminal;

function start(words: string[], columns = 120, rows = 40): void {
	terminal = new Terminal(process.execPath, [program, ...words], folder, columns, rows);
}

/** The line of the screen that the text is on, '' if it is nowhere. */
function line(text: RegExp): string {
	return terminal.screen.lines().find((candidate) => text.test(candidate)) ?? '';
}

describe('the program in a real terminal', () => {
	afterEach(() => terminal.kill());

	test('shows the live pods of the demo, drills down and comes back, and gives the terminal back', async () => {
		start(['demo', '--freeze-clock']);
		await terminal.shows(/DEMO CLUSTER/);
		await terminal.shows(/12\/12 nodes/);
		await terminal.shows(/▸.*batch\s+train-embeddings/);
		terminal.type('\r');
		await terminal.shows(/3 CONTAINERS/);
		terminal.type('\r');
		await terminal.shows(/─ History ─/);
		terminal.type('\x1b');
		await terminal.until(() => !/─ History ─/.test(terminal.screen.text()), 'the detail to close');
		terminal.type('\x1b');
		await terminal.shows(/2 PODS/);
		terminal.type('/');
		terminal.type('mem%l>90');
		await terminal.until(() => /\/mem%l>90/.test(line(/2 PODS/)), 'the filter in the title');
		terminal.type('\r');
		terminal.type('\x03');
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.exitCode, 0);
		assert.equal(terminal.screen.isAlternate, false);
		assert.equal(terminal.screen.isCursorHidden, false);
	});

	test('draws over its first line, where this one is, whatever is typed by then', async () => {
		start(['demo', '--freeze-clock']);
		await terminal.until(() => terminal.bytes.includes('whytop starts'), 'the first line');
		terminal.type('jj');
		await terminal.shows(/12\/12 nodes/);
		await terminal.shows(/▸.*batch\s+train-embeddings/);
		assert.doesNotMatch(terminal.screen.text(), /jj|whytop starts/);
		assert.equal(terminal.bytes.split('\x1b[?1049h').length - 1, 1);
		terminal.type('\x03');
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.screen.isAlternate, false);
	});

	test('draws plain lines by Ink, which lays them out, where nothing is painted', async () => {
		start(['demo', '--freeze-clock', '--plain'], 80, 24);
		await terminal.shows(/▸.*batch\s+train-embeddings/);
		terminal.type('j');
		await terminal.shows(/▸.*search\s+opensearch/);
		terminal.type('q');
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.exitCode, 0);
		assert.equal(terminal.screen.isAlternate, false);
	});

	test('takes the compiled code that the start before has kept, of all that is loaded', async () => {
		const home = mkdtempSync(join(folder, 'cache-'));
		/** @returns when each file that is kept was written */
		const keptAfterStart = async () => {
			const words = [`XDG_CACHE_HOME=${home}`, process.execPath, program, 'demo', '--freeze-clock'];
			terminal = new Terminal('/usr/bin/env', words, folder, 120, 40);
			await terminal.shows(/▸.*batch\s+train-embeddings/);
			terminal.type('j');
			await terminal.shows(/▸.*search\s+opensearch/);
			terminal.type('q');
			await terminal.until(() => terminal.exitCode !== undefined, 'its end');
			const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
				statSync(join(home, name)).isFile(),
			);
			return new Map(files.map((name) => [name, statSync(join(home, name)).mtimeMs]));
		};
		const first = await keptAfterStart();
		assert.ok(first.size > 0);
		// What the engine does not accept is compiled and kept anew.
		assert.deepEqual(await keptAfterStart(), first);
	});

	const skip = process.platform === 'linux' ? false : 'only Linux has a priority for each thread';
	test('has the engine’s helpers give way by ten steps when it has started', { skip }, async () => {
		start(['demo', '--freeze-clock']);
		await terminal.shows(/▸.*batch\s+train-embeddings/);
		terminal.type('j');
		await terminal.shows(/▸.*search\s+opensearch/);
		const tasks = `/proc/${terminal.pid}/task`;
		const helpers = readdirSync(tasks).filter((task) =>
			/^V8Worker$/m.test(readFileSync(`${tasks}/${task}/comm`, 'utf8')),
		);
		assert.ok(helpers.length > 0);
		const expected = Math.min(getPriority() + 10, 19);
		assert.deepEqual(new Set(helpers.map((helper) => getPriority(Number(helper)))), new Set([expected]));
	});

	test('writes nothing while nothing changes', async () => {
		start(['demo', '--freeze-clock', '--refresh', '1h'], 80, 24);
		await terminal.shows(/train-embeddings/);
		await terminal.shows(/nodes ✓ │ pods ✓ │ metrics v1beta1 ✓/);
		await terminal.shows(/1–10 of 144/);
		// What was asked at the start may still be answered.
		const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
		for (let before = -1; before !== terminal.bytes.length; ) {
			before = terminal.bytes.length;
			await pause(1000);
		}
		const before = terminal.bytes.length;
		await pause(1500);
		assert.equal(terminal.bytes.slice(before), '');
	});

	test('writes nothing when polls bring what is on screen already, once the start is over', async () => {
		const log = join(folder, 'polls');
		start(['demo', '--freeze-clock', '--refresh', '2s', '--debug', log], 200, 60);
		const polls = () => readFileSync(log, 'utf8').match(/ GET \/apis\/metrics\.k8s\.io\/v1beta1\/nodes /g)?.length ?? 0;
		const later = async (count: number) => {
			const enough = polls() + count;
			await terminal.until(() => polls() >= enough, 'polls');
		};
		await terminal.shows(/metrics\.k8s\.io\/v1beta1 ✓/);
		await terminal.shows(/api <1 req\/s/);
		await later(1);
		const before = terminal.bytes.length;
		await later(3);
		assert.equal(terminal.bytes.slice(before), '');
	});

	test('asks for each list once until all is there, and watches what can be watched', async () => {
		const log = join(folder, 'requests');
		start(['demo', '--freeze-clock', '--refresh', '1h', '--pods', '900', '--debug', log]);
		const asked = () =>
			readFileSync(log, 'utf8')
				.split('\n')
				.map((line) => / GET (\S+) /.exec(line)?.[1]?.replaceAll(/(?<=continue=|resourceVersion=)[^&]+/g, '…') ?? '')
				.filter((path) => path !== '');
		await terminal.shows(/2 PODS 9\d\d .*1–\d+ of 9/);
		const watches = () => asked().filter((path) => path.includes('watch=1'));
		await terminal.until(() => watches().length === 2, 'both watches');
		await terminal.until(() => asked().includes('/version'), 'the version');
		await terminal.until(() => asked().includes('/apis/metrics.k8s.io/v1beta1/nodes'), 'the metrics');
		assert.deepEqual(asked().slice(0, 9).toSorted(), [
			'/api/v1/nodes?limit=500',
			'/api/v1/nodes?watch=1&allowWatchBookmarks=true&resourceVersion=…',
			'/api/v1/pods?limit=1000&continue=…',
			'/api/v1/pods?limit=500',
			'/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=…',
			'/apis/metrics.k8s.io',
			'/apis/metrics.k8s.io/v1beta1/nodes',
			'/apis/metrics.k8s.io/v1beta1/pods',
			'/version',
		]);
	});

	test('says what is wrong with a flag on the shell’s screen, not on the one that its first line is on', async () => {
		start(['--refresh', '1ms']);
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.exitCode, 2);
		assert.equal(terminal.screen.isAlternate, false);
		assert.equal(terminal.screen.isCursorHidden, false);
		assert.match(terminal.bytes, /whytop starts/);
		assert.match(terminal.screen.text(), /^error: --refresh is at least 1s/);
	});

	test('names a kubeconfig that is missing and ends, with the terminal given back', async () => {
		start(['--kubeconfig', join(folder, 'nowhere')]);
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		await terminal.shows(/nowhere cannot be used: it does not exist/);
		assert.equal(terminal.exitCode, 2);
		assert.equal(terminal.screen.isAlternate, false);
	});

	test('stays up on a server that refuses connections, and says so', async () => {
		const kubeconfig = join(folder, 'refused');
		writeFileSync(
			kubeconfig,
			JSON.stringify({
				apiVersion: 'v1',
				kind: 'Config',
				'current-context': 'gone',
				contexts: [{ name: 'gone', context: { cluster: 'c', user: 'u' } }],
				clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:9' } }],
				users: [{ name: 'u', user: { token: 'sesame-open-up' } }],
			}),
		);
		start(['--kubeconfig', kubeconfig]);
		await terminal.shows(/api-unreachable/);
		await terminal.shows(/NOT LIVE/);
		assert.doesNotMatch(terminal.bytes, /sesame/);
		terminal.type('q');
		await terminal.until(() => terminal.exitCode !== undefined, 'its end');
		assert.equal(terminal.exitCode, 0);
	});
});
