import { Box } from 'ink';
import { useLayoutEffect } from 'react';
import type { ScreenStore } from '../store.ts';
import type { Painter } from '../terminal/painter.ts';

interface Properties {
	store: ScreenStore;
	painter: Painter;
	height: number;
}

/**
 * A blank box of Ink's layout, and the painter that draws into it. A new frame goes from the store to the terminal
 * without React and Ink having anything to render.
 */
export function PaintedLines({ store, painter, height }: Properties) {
	useLayoutEffect(() => {
		const paint = () => painter.paint(store.view().lines);
		paint();
		return store.subscribe(paint);
	}, [store, painter]);
	return <Box height={height} flexShrink={0} />;
}
