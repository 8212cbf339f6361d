import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { render } from 'ink-testing-library';
import { App } from '../../source/ui/app.tsx';
import { ScreenStore } from '../../source/ui/store.ts';
import { makeTheme } from '../../source/ui/theme.ts';
import { FakeHost } from './fake-host.ts';
import { standInPanes } from './stand-in-panes.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 40));

describe('the screen without a terminal to paint on', () => {
	test('is the same lines as text, and takes the same keys', async () => {
		const host = new FakeHost(100);
		const store = new ScreenStore({
			host,
			panes: standInPanes,
			theme: makeTheme({ colour: 'none', glyphs: 'ascii' }),
			size: { columns: 60, rows: 12 },
			onLeave: () => {},
			onCrash: (error) => {
				throw error;
			},
		});
		host.onMessage((message) => (message.type === 'fatal' ? undefined : store.receive(message)));
		store.start();
		const screen = render(<App store={store} isPainted={false} />);
		await pause();
		const plain = (line: string) => line.replaceAll(/\x1b\[[\d;]*m/g, '').trimEnd();
		const shown = () => (screen.lastFrame() ?? '').split('\n').map(plain);
		const expected = () => store.view().lines.map(plain);
		assert.equal(shown().length, 11);
		assert.deepEqual(shown(), expected());
		screen.stdin.write('jj');
		await pause();
		assert.match(shown().join('\n'), />.web-0002/);
		store.resize({ columns: 60, rows: 6 });
		await pause();
		assert.deepEqual(shown(), expected());
		assert.equal(shown().length, 5);
		screen.unmount();
		store.end();
	});
});
