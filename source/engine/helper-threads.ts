/**
 * The threads that the engine has beside those of the program: four, whatever the machine, that compile, look for what is
 * alive and sweep for all of them. On two cores they take the one that the screen is drawn on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * From now on each thread of the process collects its young objects by itself, without helpers. On a machine with few cores
 * a helper may wait for one while the thread that draws waits for the helper.
 */
export function collectAlone(): void {
	setFlagsFromString('--no-parallel-scavenge');
}

/** What Node calls each of them, where the system tells. */
const name = 'V8Worker';

/**
 * So much less urgent than the rest of the process, in the system's steps: beside one thread of that, one of these gets a
 * third of a core with five and a tenth with ten. More would be too much: where all cores are taken, a thread that waits for a lock that one of
 * these holds waits for that too; and while it starts, the thread that draws hands them something every millisecond.
 */
export const steps = { atStart: 5, later: 10 } as const;

/**
 * From now on they go after the program's own threads where both want a core. One that has the core of the thread that draws
 * keeps it for some milliseconds, in which no key is answered; nobody notices when what it does is ready that much later.
 * Linux alone has a priority for each thread; elsewhere, and in a Node that does not name its threads, this does nothing.
 * Never throws.
 *
 * @param by see {@link steps}; they never become more urgent again
 * @returns how many threads
 */
export function letHelpersGiveWay(by: number): number {
	try {
		const priority = Math.min(getPriority() + by, constants.priority.PRIORITY_LOW);
		const threads = readdirSync('/proc/self/task').filter(
			(thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === name,
		);
		for (const thread of threads) {
			// Linux takes the number of a thread where others want that of a process.
			setPriority(Number(thread), priority);
		}
		return threads.length;
	} catch {
		return 0;
	}
}
