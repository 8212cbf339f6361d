/**
 * The threads that collect garbage. The engine would have four help, whatever the machine: on one with few cores the thread
 * that draws gives its core away to them, and waits for those that have none.
 */
import { setFlagsFromString } from 'node:v8';

/** From now on each thread of this process collects its young objects by itself. */
export function collectAlone(): void {
	setFlagsFromString('--no-parallel-scavenge');
}

/** A thread that is started from now on has one other that looks for what is alive while it works. */
export function beginWithOneMarker(): void {
	setFlagsFromString('--concurrent-marking-max-worker-num=1');
}
