import { useCursor } from 'ink';
import { useSyncExternalStore } from 'react';
import type { ScreenStore, View } from '../store.ts';

/** The screen's size, and the cursor where text is typed; rendered again only when these change. */
export function useFrame(store: ScreenStore): View['size'] {
	const size = useSyncExternalStore(store.subscribe, () => store.view().size);
	const cursor = useSyncExternalStore(store.subscribe, () => store.view().cursor);
	const { setCursorPosition } = useCursor();
	setCursorPosition(cursor ?? undefined);
	return size;
}

/** The row strings, for a screen that Ink draws itself. */
export function useLines(store: ScreenStore): View['lines'] {
	return useSyncExternalStore(store.subscribe, () => store.view().lines);
}
