/** Gives the shell its panes: the pure functions that draw, with the keys' hints and help sheet from the one keymap. */
import { footerHints, helpSheet } from './keymap.ts';
import {
	composeScreen,
	detailVisible,
	helpEnd,
	ledgerShape,
	ledgerVisible,
	prepareParts,
	proofEnd,
	sharesLines,
	visibleLists,
	visibleWindow,
} from './panes/screen.ts';
import type { Panes } from './store.ts';
import { makeTheme } from './theme.ts';

const help = helpSheet().flatMap(({ entries, title }) =>
	entries.map((entry) => ({ section: title, key: entry.keys.join(' '), title: entry.title })),
);

/** How long the help sheet is does not depend on how it looks. */
const anyTheme = makeTheme({ colour: 'none', glyphs: 'ascii' });

export const panes: Panes = {
	composeScreen: (state, theme) => composeScreen(state, theme, footerHints(state), help),
	detailVisible,
	helpEnd: (state) => helpEnd(state, anyTheme, help),
	ledgerShape: (state) => ledgerShape(state, anyTheme),
	prepareParts,
	proofEnd,
	sharesLines,
	ledgerVisible,
	visibleLists,
	visibleWindow,
};
