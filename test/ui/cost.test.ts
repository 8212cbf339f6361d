import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { composeScreen } from '../../source/ui/panes/screen.ts';
import { panes } from '../../source/ui/panes.ts';
import { ScreenStore } from '../../source/ui/store.ts';
import { Meter } from '../../source/ui/terminal/meter.ts';
import { cellWidth } from '../../source/ui/text/width.ts';
import { makeTheme } from '../../source/ui/theme.ts';
import { FakeHost } from './fake-host.ts';
import { hints, screenState } from './panes/states.ts';

const theme = makeTheme({ colour: 'none', glyphs: 'unicode' });
const figures = { frames: 118, bytes: 412 * 1024, eventLoopDelay: 1.84, residentMemory: 131 * 2 ** 20 };

function frame(columns: number, rows: number, cost: typeof figures | null = figures): string[] {
	const { header, body, footer } = composeScreen(screenState(columns, rows, { cost }), theme, hints);
	return [...header, ...body, ...footer];
}

describe('the line of what whytop costs', () => {
	test('stands over the keys and says what is asked, received, written, waited for and held', () => {
		const lines = frame(200, 60);
		assert.equal(lines.length, 59);
		const text = lines.at(-2) ?? '';
		for (const part of ['req/s', 'decoded in 3.4ms', '118 frames', '412Ki to the terminal', 'p99 1.8ms', 'RSS 131Mi']) {
			assert.ok(text.includes(part), `${part} in ${text}`);
		}
		assert.match(lines.at(-1) ?? '', /open/);
	});

	test('takes a line of the body and none of the screen, at any size', () => {
		for (const columns of [1, 20, 40, 80, 120, 200]) {
			for (const rows of [1, 3, 9, 10, 24, 40, 60]) {
				const lines = frame(columns, rows);
				assert.equal(lines.length, rows - 1, `${columns}×${rows}`);
				assert.ok(lines.every((line) => cellWidth(line) === columns));
			}
		}
	});

	test('is not there while it is hidden, and leaves out what is not known', () => {
		assert.ok(!frame(120, 40, null).join('\n').includes('RSS'));
		const unknown = { ...figures, frames: Number.NaN, eventLoopDelay: Number.NaN };
		assert.doesNotMatch(frame(120, 40, unknown).at(-2) ?? '', /frames|p99|NaN/);
	});
});

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (!condition()) {
		assert.ok(Date.now() < deadline, 'waited in vain');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

describe('what whytop costs', () => {
	test('is measured while it is shown and not a moment longer', async () => {
		const calls: string[] = [];
		const count = (name: string) => calls.filter((call) => call === name).length;
		const host = new FakeHost(0);
		const store = new ScreenStore({
			host,
			panes,
			theme,
			size: { columns: 120, rows: 40 },
			meter: {
				start: () => calls.push('start'),
				stop: () => calls.push('stop'),
				read: () => {
					calls.push('read');
					return figures;
				},
			},
			onLeave: () => {},
			onCrash: (error) => assert.fail(String(error)),
			pace: { cost: 5 },
		});
		host.onMessage((message) => (message.type === 'fatal' ? undefined : store.receive(message)));
		store.start();
		await until(() => store.state.lists.pods.answer !== null);
		store.press(['j', 'w']);
		assert.deepEqual(calls, []);
		store.press(['ctrl-p']);
		await until(() => store.view().lines.some((line) => line.includes('RSS 131Mi')));
		store.press(['ctrl-p']);
		assert.deepEqual([count('start'), count('stop')], [1, 1]);
		assert.equal(calls.at(-1), 'stop');
		assert.ok(!store.view().lines.some((line) => line.includes('RSS')));
		store.press(['ctrl-p']);
		store.end();
		assert.deepEqual([count('start'), count('stop')], [2, 2]);
	});

	test('is read from the process and from what was written', () => {
		const meter = new Meter(() => ({ frames: 3, bytes: 1000 }));
		assert.ok(Number.isNaN(meter.read().eventLoopDelay), 'nothing watches the event loop before it is asked to');
		meter.start();
		const { frames, bytes, residentMemory } = meter.read();
		meter.stop();
		assert.deepEqual([frames, bytes], [3, 1000]);
		assert.ok(residentMemory > 2 ** 20);
	});
});
