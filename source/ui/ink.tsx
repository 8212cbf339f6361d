/** What Ink does of the screen, in a module of its own: it takes as long to load as all the rest. */
import { type Instance, render } from 'ink';
import { App, type AppProperties } from './app.tsx';

export interface Streams {
	stdout: NodeJS.WriteStream;
	stdin: NodeJS.ReadStream;
	isScreenReaderEnabled: boolean;
}

/** Takes the keys, and draws what no painter does. */
export function startInk(properties: AppProperties, { isScreenReaderEnabled, stdin, stdout }: Streams): Instance {
	return render(<App {...properties} />, {
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
