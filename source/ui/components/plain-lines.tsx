import { Box, Text } from 'ink';
import { useFrame, useLines } from '../hooks/use-view.ts';
import type { ScreenStore } from '../store.ts';

/** The same row strings as text of Ink's, where there is no terminal to paint on. */
export function PlainLines({ store }: { store: ScreenStore }) {
	const { rows } = useFrame(store);
	const lines = useLines(store);
	// One line fewer than the screen has, so that Ink's line end after the last one scrolls nothing.
	const height = Math.max(1, rows - 1);
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
			{lines.map((line, index) => (
				<Text key={index} wrap="truncate">
					{line}
				</Text>
			))}
		</Box>
	);
}
