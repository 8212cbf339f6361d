/** The screen as Ink sees it. */
import { useApp } from 'ink';
import { useLayoutEffect } from 'react';
import { PaintedLines } from './components/painted-lines.tsx';
import { PlainLines } from './components/plain-lines.tsx';
import { useKeys } from './hooks/use-keys.ts';
import { useFrame } from './hooks/use-view.ts';
import type { ScreenStore } from './store.ts';
import type { Painter } from './terminal/painter.ts';
import type { SuspendTerminal } from './terminal/suspend.ts';

export interface AppProperties {
	store: ScreenStore;
	/** Draws on the terminal; null: Ink draws the same lines as text. */
	painter: Painter | null;
	/** Called once with the way to hand the terminal over. */
	onReady?: (suspendTerminal: SuspendTerminal) => void;
}

/** One line fewer than the screen has, so that Ink's line end after the last one scrolls nothing. */
export function App({ store, painter, onReady }: AppProperties) {
	const { suspendTerminal } = useApp();
	const { rows } = useFrame(store);
	useKeys(store);
	useLayoutEffect(() => onReady?.(suspendTerminal), [onReady, suspendTerminal]);
	const height = Math.max(1, rows - 1);
	return painter === null ? (
		<PlainLines store={store} height={height} />
	) : (
		<PaintedLines store={store} painter={painter} height={height} />
	);
}
