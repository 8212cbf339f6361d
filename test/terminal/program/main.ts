/** The screen with a host in memory, to be run in a real terminal by the tests beside this folder. */
import { panes } from '../../../source/ui/panes.ts';
import { runScreen } from '../../../source/ui/run.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { clusterStatus, FakeHost } from '../../ui/fake-host.ts';

const host = new FakeHost(500);
const composeScreen: typeof panes.composeScreen = (state, theme) => {
	// Typing `:boom` breaks a pane; nothing else does.
	if (state.prompt?.text === 'boom') {
		throw new Error('a pane is broken');
	}
	return panes.composeScreen(state, theme);
};

setTimeout(() => host.say(clusterStatus()), 0);
if (process.argv.includes('--reject')) {
	setTimeout(() => void Promise.reject(new Error('nobody caught this')), 300);
}

const code = await runScreen({
	host,
	panes: { ...panes, composeScreen },
	theme: makeTheme({ colour: '256', glyphs: 'unicode' }),
});
process.exit(code);
