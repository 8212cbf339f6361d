import { useInput, usePaste, useStdin } from 'ink';
import type { ScreenStore } from '../store.ts';
import { keysOf } from '../terminal/input.ts';

/** Sends each key and each paste to the store, in order. Without a terminal to type on there are none. */
export function useKeys(store: ScreenStore): void {
	const { isRawModeSupported: isActive } = useStdin();
	useInput((input, key) => store.press(keysOf(input, key)), { isActive });
	usePaste((text) => store.paste(text), { isActive });
}
