import { Box, Text } from 'ink';
import { useLines } from '../hooks/use-view.ts';
import type { ScreenStore } from '../store.ts';

interface Properties {
	store: ScreenStore;
	height: number;
}

/** The same row strings as text of Ink's, where there is no terminal to paint on. */
export function PlainLines({ store, height }: Properties) {
	const lines = useLines(store);
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
