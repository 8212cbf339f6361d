import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Pace, ScreenStore } from '../../source/ui/store.ts';
import { makeTheme } from '../../source/ui/theme.ts';
import { clusterStatus, FakeHost } from './fake-host.ts';
import { standInPanes } from './stand-in-panes.ts';

const never = 60_000;

/** A store whose clock only ticks where the test wants it to. */
function makeStore(pace: Partial<Pace>, panes = standInPanes) {
	const host = new FakeHost(1000);
	const crashes: unknown[] = [];
	const store = new ScreenStore({
		host,
		panes,
		theme: makeTheme({ colour: 'none', glyphs: 'ascii' }),
		size: { columns: 40, rows: 10 },
		onLeave: () => {},
		onCrash: (error) => crashes.push(error),
		pace: { data: never, gather: never, grace: never, rest: never, overdue: never, ...pace },
	});
	host.onMessage((message) => (message.type === 'fatal' ? undefined : store.receive(message)));
	let paints = 0;
	store.subscribe(() => {
		paints++;
	});
	const paintsSince = () => {
		const count = paints;
		paints = 0;
		return count;
	};
	return { store, host, crashes, paintsSince };
}

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 5000;
	while (!condition()) {
		assert.ok(Date.now() < deadline, 'waited in vain');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

async function started(pace: Partial<Pace>) {
	const all = makeStore(pace);
	all.store.start();
	await until(() => all.store.state.lists.pods.answer !== null);
	all.host.say(clusterStatus());
	all.paintsSince();
	return all;
}

describe('the store', () => {
	test('draws a key before it returns, and many keys at once', async () => {
		const { store, paintsSince } = await started({});
		store.press(['j', 'j', 'j']);
		assert.equal(paintsSince(), 1);
		assert.match(store.view().lines.join('\n'), />.web-0003/);
		store.end();
	});

	test('leaves what stands beside the list where it was until the keys rest', async () => {
		const { store } = await started({ rest: 20 });
		store.press(['j', 'j']);
		assert.equal(store.state.subject?.uid, 'pod-0');
		await until(() => store.state.subject?.uid === 'pod-2');
		assert.deepEqual(store.state.askedSubject, { kind: 'pod', uid: 'pod-2' });
		store.end();
	});

	test('draws what stands beside the list in one go, when all of it has come', async () => {
		const { store, host, paintsSince } = makeStore(
			{ rest: 20 },
			{
				...standInPanes,
				visibleLists: () => ['pods', 'containers'],
				visibleWindow: (state, list) => (list === 'containers' ? 3 : standInPanes.visibleWindow(state, list)),
			},
		);
		const detail = (uid: string) =>
			host.say({ type: 'detail', subject: { kind: 'pod', uid }, row: null, times: [], cpu: [], memory: [] });
		store.start();
		await until(() => store.state.lists.containers.answer !== null);
		detail('pod-0');
		host.isSlow = true;
		store.press(['j']);
		await until(() => store.state.askedSubject?.uid === 'pod-1');
		paintsSince();
		host.answer();
		assert.equal(paintsSince(), 0);
		detail('pod-1');
		assert.equal(paintsSince(), 1);
		assert.equal(store.state.lists.containers.answer?.matched, 2);
		store.end();
	});

	test('gathers data, and draws all of it with the next key at the latest', async () => {
		const { store, host, paintsSince } = await started({});
		host.fleet.pods = host.fleet.pods.slice(0, 7);
		host.answer();
		host.say(clusterStatus({ version: 'v2' }));
		assert.equal(paintsSince(), 0);
		store.press(['w']);
		assert.equal(paintsSince(), 1);
		assert.match(store.view().lines[0] ?? '', /7 of 7/);
		store.end();
	});

	test('draws data by itself when it has gathered', async () => {
		const { store, host } = await started({ data: 1, gather: 1 });
		host.fleet.pods = host.fleet.pods.slice(0, 7);
		host.answer();
		await until(() => /7 of 7/.test(store.view().lines[0] ?? ''));
		store.end();
	});

	test('draws the first rows of a list as soon as they come, however little time ago something was drawn', async () => {
		const { store, host } = makeStore({});
		const { pods } = host.fleet;
		host.fleet.pods = [];
		store.start();
		await until(() => store.state.lists.pods.answer !== null);
		host.fleet.pods = pods.slice(0, 7);
		host.answer();
		await until(() => /7 of 7/.test(store.view().lines[0] ?? ''));
		store.end();
	});

	test('draws the answer to a key as soon as it comes', async () => {
		const { store, host, paintsSince } = await started({});
		host.isSlow = true;
		store.press(['/', 'w', 'e', 'b', '-', '0', '0', '1']);
		paintsSince();
		host.answer();
		assert.equal(paintsSince(), 1);
		assert.match(store.view().lines[0] ?? '', /10 of 1000/);
		store.end();
	});

	test('waits a moment for rows that are not at hand, rather than flash an empty list', async () => {
		const { store, host, paintsSince } = await started({});
		host.isSlow = true;
		store.press(['G']);
		assert.equal(paintsSince(), 0);
		host.answer();
		assert.equal(paintsSince(), 1);
		assert.match(store.view().lines.join('\n'), />.web-0999/);
		store.end();
	});

	test('draws rows that come only to be at hand with the next frame', async () => {
		const { store, host, paintsSince } = await started({});
		host.isSlow = true;
		const { sequence } = store.state.lists.pods;
		while (store.state.lists.pods.sequence === sequence) {
			store.press(['pagedown']);
		}
		paintsSince();
		host.answer();
		assert.equal(store.state.lists.pods.answer?.sequence, sequence + 1);
		assert.equal(paintsSince(), 0);
		store.end();
	});

	test('waits a moment also for rows that the screen lacks under the cursor, rather than flash a half-empty list', async () => {
		const { store, host, paintsSince } = await started({});
		host.isSlow = true;
		const { answer } = store.state.lists.pods;
		paintsSince();
		store.press(new Array((answer?.rows.length ?? 0) - 1).fill('j'));
		assert.equal(paintsSince(), 0);
		host.answer();
		assert.equal(paintsSince(), 1);
		assert.match(store.view().lines.at(-2) ?? '', /web/);
		store.end();
	});

	test('asks once for the rows of a word that was typed at once', async () => {
		const { store, host } = await started({});
		store.press(['/']);
		const before = host.sent.length;
		store.press([...'web']);
		const filters = host.sent
			.slice(before)
			.flatMap((message) => (message.type === 'list' ? [message.query.filter] : []));
		assert.deepEqual(filters, ['web']);
		store.end();
	});

	test('waits for rows in the order that was asked for, rather than draw those of before once more', async () => {
		const { store, host, paintsSince } = await started({});
		host.isSlow = true;
		paintsSince();
		store.press(['M']);
		assert.equal(paintsSince(), 0);
		host.answer();
		assert.equal(paintsSince(), 1);
		store.end();
	});

	test('does not wait for a host that is slow', async () => {
		const { store, host } = await started({ grace: 1 });
		host.isSlow = true;
		store.press(['1']);
		await until(() => /nodes loading/.test(store.view().lines[0] ?? ''));
		store.end();
	});

	test('keeps the very same lines when nothing visible changed', async () => {
		const { store, host } = await started({ gather: 1, data: 1 });
		const { lines } = store.view();
		host.answer();
		store.press(['k']);
		assert.equal(store.view().lines, lines);
		store.end();
	});

	test('reports what throws in a pane, and does not throw itself', () => {
		const { store, crashes } = makeStore(
			{},
			{
				...standInPanes,
				composeScreen() {
					throw new Error('broken');
				},
			},
		);
		store.start();
		assert.equal((crashes[0] as Error).message, 'broken');
		store.end();
	});

	test('draws and sends nothing after its end', async () => {
		const { store, host, paintsSince } = await started({ gather: 1, data: 1 });
		store.end();
		const sent = host.sent.length;
		store.press(['G']);
		host.answer();
		assert.equal(paintsSince(), 0);
		assert.equal(host.sent.length, sent);
	});
});
