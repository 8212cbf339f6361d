/**
 * The room that the engine keeps for young objects. It doubles the room again and again as long as some of them live, up to
 * 32 MB on a thread that draws for hours, and what it once took is not given back to the system.
 */
import { setFlagsFromString } from 'node:v8';

/** The room of a thread that is started from now on, MB: it begins with it, and does not fall below it. */
export function beginWithRoom(megabytes: number): void {
	setFlagsFromString(`--min-semi-space-size=${megabytes}`);
}

/**
 * From now on no thread's room grows. To be called when a program has come to what it will go on doing: while it is loaded
 * much is made that lives for long, and a small room would have it copied again and again.
 */
export function keepRoom(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}
