/**
 * The room that the engine keeps for young objects. It doubles the room again and again as long as some of them live, up to
 * 32 MB on a thread that draws for hours, and what it once took is not given back to the system.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The room of a thread that is started from now on, MB: it begins with it, and does not fall below it. */
export function beginWithRoom(megabytes: number): void {
	setFlagsFromString(`--min-semi-space-size=${megabytes}`);
}

/** How often the room is looked at, ms: while it may grow it takes longer than that to grow once. */
const period = 1_000;

/**
 * Keeps this thread's room between half of so many MB and all of them: it may double as long as it stays within. To be called
 * when a program has come to what it will go on doing: while it is loaded much is made that lives for long. The engine makes
 * the room smaller when little is made; kept small from then on, a key would wait for a collection every time.
 */
export function keepRoom(megabytes: number): void {
	let growth = 0;
	const look = () => {
		const wanted = room() * 2 <= megabytes ? 2 : 1;
		if (wanted !== growth) {
			growth = wanted;
			setFlagsFromString(`--semi-space-growth-factor=${growth}`);
		}
	};
	look();
	setInterval(look, period).unref();
}

/** MB. Objects go back and forth between two halves, of which one is the room. */
function room(): number {
	const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
	return (space?.space_size ?? 0) / 2 / 2 ** 20;
}
