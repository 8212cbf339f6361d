/** What a key costs on the line to the terminal, on the real panes: counted from frame to frame, so that it cannot jitter. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerRow, PodRow } from '../../source/monitor/messages.ts';
import { panes } from '../../source/ui/panes.ts';
import { ScreenStore } from '../../source/ui/store.ts';
import { framePatch } from '../../source/ui/terminal/patch.ts';
import { makeTheme } from '../../source/ui/theme.ts';
import { FakeHost } from './fake-host.ts';
import { answer, cluster, containerRow, findings, history, nodes, pods, sampled, trend } from './panes/states.ts';

const never = 60_000;

/** Pods of all kinds, no two of them alike, as the demo has them. */
const manyPods: readonly PodRow[] = Array.from({ length: 600 }, (_, index) => {
	const like = pods[(index * 7) % pods.length] as PodRow;
	const memory = 30 + ((index * 137) % 1900);
	return {
		...like,
		uid: `pod-${index}`,
		name: `${like.name.slice(0, -3)}${String(index).padStart(3, '0')}`,
		usage: like.usage.kind === 'none' ? like.usage : sampled((index * 31) % 900, memory),
		memoryTrend: like.memoryTrend.length === 0 ? [] : trend(memory * 2 ** 20, index % 2 === 0 ? 'rising' : 'swaying'),
	};
});

const manyContainers: readonly ContainerRow[] = manyPods.flatMap((pod) =>
	['app', 'istio-proxy'].map((name) => containerRow(pod, name, { usage: pod.usage })),
);

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (!condition()) {
		assert.ok(Date.now() < deadline, 'waited in vain');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** A filled screen of this size; `press` returns the bytes that the key takes at once. */
async function filled(columns: number, rows: number) {
	const host = new FakeHost(0);
	host.fleet = { nodes: [...nodes], pods: [...manyPods], containers: [...manyContainers] };
	const store = new ScreenStore({
		host,
		panes,
		theme: makeTheme({ colour: '256', glyphs: 'unicode' }),
		size: { columns, rows },
		onLeave: () => {},
		onCrash: (error) => assert.fail(String(error)),
		pace: { data: 0, gather: 0, grace: never, rest: never, overdue: never, filling: 0 },
	});
	host.onMessage((message) => (message.type === 'fatal' ? undefined : store.receive(message)));
	store.start();
	await until(() => store.state.lists.pods.answer !== null && store.state.subject !== null);
	const { subject, lists } = store.state;
	const first = manyPods.find(({ uid }) => uid === subject?.uid);
	assert.ok(first !== undefined && subject !== null);
	store.receive(cluster);
	store.receive(answer('diagnostics', findings, { sequence: lists.diagnostics.sequence }));
	store.receive(history(first, subject));
	await until(() => store.state.lists.containers.answer?.matched === 2);
	store.resize({ columns, rows });
	let shown = store.view().lines;
	const press = async (key: string) => {
		store.press([key]);
		const next = store.view().lines;
		const bytes = Buffer.byteLength(framePatch(shown, next, 0));
		// Rows that the key asked for are there before the next one comes.
		await new Promise((resolve) => setImmediate(resolve));
		shown = store.view().lines;
		return bytes;
	};
	return { store, press };
}

const sizes = [
	{ columns: 120, rows: 40, cursor: 1024, page: 3 * 1024 },
	{ columns: 200, rows: 60, cursor: 1024, page: 7 * 1024 },
] as const;

describe('the bytes of a key', () => {
	for (const { columns, rows, cursor, page } of sizes) {
		test(`at ${columns}×${rows}: two rows for the cursor, also with all panes beside the list`, async () => {
			const { store, press } = await filled(columns, rows);
			for (let step = 0; step < 5; step++) {
				const bytes = await press('j');
				assert.ok(bytes > 0 && bytes <= cursor, `${bytes} bytes`);
			}
			store.end();
		});

		test(`at ${columns}×${rows}: a page stays within its budget`, async () => {
			const { store, press } = await filled(columns, rows);
			for (const key of ['pagedown', 'pagedown', 'ctrl-d', 'pageup']) {
				const bytes = await press(key);
				assert.ok(bytes > 0 && bytes <= page, `${bytes} bytes for ${key}`);
			}
			store.end();
		});

		test(`at ${columns}×${rows}: the cursor that leads on and on costs no more than one that stays`, async () => {
			const { store, press } = await filled(columns, rows);
			for (let step = 0; step < rows; step++) {
				await press('j');
			}
			const costs: number[] = [];
			for (let step = 0; step < 60; step++) {
				costs.push(await press('j'));
			}
			const mean = costs.reduce((sum, bytes) => sum + bytes, 0) / costs.length;
			assert.ok(store.state.lists.pods.top > 40);
			assert.ok(mean <= cursor, `${mean} bytes in the mean of ${costs.join(' ')}`);
			assert.ok(Math.max(...costs) <= page);
			store.end();
		});
	}
});
