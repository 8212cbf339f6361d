/**
 * The engine has two compilers that optimize, and Maglev, the quick one, is asked for each function that is called some
 * hundred times. On the data host's thread that is all it has, within a second of the start: hundreds of jobs wait for the
 * helpers, some ten to thirty megabytes of them, which are not given back to the system, and the helpers are busy when
 * the screen wants a core.
 */
import { setFlagsFromString } from 'node:v8';

/** Where the engine is known to have it: a flag that there is none of would be a line on the terminal. */
const hasMaglev = process.arch === 'x64' || process.arch === 'arm64';

/**
 * From now on what is hot goes to TurboFan alone, in all threads of the process; it would go there in the end. Code that was
 * kept on disk is not accepted from then on, so this is for when all that belongs to a start has been loaded.
 */
export function compileWithoutMaglev(): void {
	if (hasMaglev) {
		setFlagsFromString('--no-maglev');
	}
}

/** As it was before: what is kept on disk when the process ends is accepted only where the engine is set as it was then. */
export function compileAsBefore(): void {
	if (hasMaglev) {
		setFlagsFromString('--maglev');
	}
}
