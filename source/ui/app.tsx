/** The screen as Ink sees it. */
import { Box, useApp } from 'ink';
import { useLayoutEffect } from 'react';
import { PlainLines } from './components/plain-lines.tsx';
import { useKeys } from './hooks/use-keys.ts';
import { useFrame } from './hooks/use-view.ts';
import type { ScreenStore } from './store.ts';
import type { SuspendTerminal } from './terminal/suspend.ts';

export interface AppProperties {
	store: ScreenStore;
	/** A painter draws on the terminal; otherwise Ink draws the same lines as text. */
	isPainted: boolean;
	/** Called once with the way to hand the terminal over. */
	onReady?: (suspendTerminal: SuspendTerminal) => void;
}

/** One line fewer than the screen has, so that Ink's line end after the last one scrolls nothing. */
export function App({ store, isPainted, onReady }: AppProperties) {
	const { suspendTerminal } = useApp();
	const { rows } = useFrame(store);
	useKeys(store);
	useLayoutEffect(() => onReady?.(suspendTerminal), [onReady, suspendTerminal]);
	const height = Math.max(1, rows - 1);
	// A blank box, into which it is painted: a new frame goes to the terminal without React and Ink having anything to render.
	return isPainted ? <Box height={height} flexShrink={0} /> : <PlainLines store={store} height={height} />;
}
