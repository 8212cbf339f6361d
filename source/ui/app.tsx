/** The screen as Ink sees it. */
import { useApp } from 'ink';
import { useLayoutEffect } from 'react';
import { PlainLines } from './components/plain-lines.tsx';
import { useKeys } from './hooks/use-keys.ts';
import type { ScreenStore } from './store.ts';
import type { SuspendTerminal } from './terminal/suspend.ts';

export interface AppProperties {
	store: ScreenStore;
	/** A painter draws on the terminal; otherwise Ink draws the same lines as text. */
	isPainted: boolean;
	/** Called once with the way to hand the terminal over. */
	onReady?: (suspendTerminal: SuspendTerminal) => void;
}

export function App({ store, isPainted, onReady }: AppProperties) {
	const { suspendTerminal } = useApp();
	useKeys(store);
	useLayoutEffect(() => onReady?.(suspendTerminal), [onReady, suspendTerminal]);
	// With a painter, no frame and no key gives React and Ink anything to render.
	return isPainted ? null : <PlainLines store={store} />;
}
