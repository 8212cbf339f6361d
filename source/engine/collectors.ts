/** The threads that collect garbage. */
import { setFlagsFromString } from 'node:v8';

/**
 * From now on each thread of the process collects its young objects by itself, without helpers. On a machine with few cores
 * a helper may wait for one while the thread that draws waits for the helper.
 */
export function collectAlone(): void {
	setFlagsFromString('--no-parallel-scavenge');
}
