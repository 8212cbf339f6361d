/** The threads that collect garbage. */
import { setFlagsFromString } from 'node:v8';

/**
 * From now on each thread of the process collects its young objects by itself, without helpers. On a machine with few cores
 * a helper may wait for one while the thread that draws waits for the helper.
 */
export function collectAlone(): void {
	setFlagsFromString('--no-parallel-scavenge');
}

/**
 * From now on each thread of the process looks for what is alive by itself, between what else it does. The engine has four
 * helpers for that, whatever the machine: on two cores they take the one that the screen is drawn on, in slices of some
 * milliseconds. To be called before any thread has much to look for: not while helpers are at it.
 */
export function markAlone(): void {
	setFlagsFromString('--no-concurrent-marking');
}
