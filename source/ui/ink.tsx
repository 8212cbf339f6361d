/** What Ink does of the screen, in a module of its own: it takes as long to load as all the rest. */
import { type Instance, render } from 'ink';
import { App, type AppProperties } from './app.tsx';

export interface Streams {
	stdout: NodeJS.WriteStream;
	stdin: NodeJS.ReadStream;
	isScreenReaderEnabled: boolean;
}

/**
 * Prepares for taking the keys, and for drawing what no painter does. In parts, for the first time that each is done it
 * takes some milliseconds.
 */
export function startInk({ isScreenReaderEnabled, stdin, stdout }: Streams): Instance {
	return render(null, {
		stdout,
		stdin,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: stdout.isTTY === true,
		isScreenReaderEnabled,
		maxFps: 240,
		patchConsole: false,
		exitOnCtrlC: false,
	});
}

/** What is drawn from now on. */
export function drawApp({ rerender }: Instance, properties: AppProperties): void {
	rerender(<App {...properties} />);
}
