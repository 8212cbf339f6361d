/** What Ink does of the screen, in a module of its own: it takes as long to load as all the rest. */
import { type Instance, render } from 'ink';
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { App, type AppProperties } from './app.tsx';

/**
 * What it holds is rendered when all around it stands, in turns of its own: what React commits in one turn it has rendered
 * as a whole, Ink's own components with ours.
 */
function Later({ children }: { children: ReactNode }) {
	const [isTime, setTime] = useState(false);
	useEffect(() => startTransition(() => setTime(true)), []);
	return isTime ? children : null;
}

export interface Streams {
	stdout: NodeJS.WriteStream;
	stdin: NodeJS.ReadStream;
	isScreenReaderEnabled: boolean;
}

/**
 * Takes the keys from some turns on, and draws what no painter does. With a painter it is done part after part, between which
 * what waits is done: each takes milliseconds the first time, and all of it together some twenty.
 */
export function startInk({ isScreenReaderEnabled, stdin, stdout }: Streams, properties: AppProperties): Instance {
	let instance!: Instance;
	// React calls it at once. What is no transition is rendered in one go, also where React could do otherwise.
	startTransition(() => {
		const app = <App {...properties} />;
		instance = render(properties.isPainted ? <Later>{app}</Later> : app, {
			stdout,
			stdin,
			alternateScreen: true,
			incrementalRendering: true,
			interactive: stdout.isTTY === true,
			isScreenReaderEnabled,
			maxFps: 240,
			patchConsole: false,
			exitOnCtrlC: false,
			// Text of Ink's own is to be there when a key has been handled.
			concurrent: properties.isPainted,
		});
	});
	return instance;
}
