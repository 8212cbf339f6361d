/**
 * Asks the engine to look for dead objects at moments that it cannot know of: large and short lived things were just let
 * go. Left alone it waits until there are tens of megabytes more, and what it took by then is not given back.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options?: { type: 'minor' }) => void;

let collect: Collect | undefined;

/** The engine's own function, which a program gets by a flag; a context made while the flag is set has it. */
function collector(): Collect {
	if (collect === undefined) {
		setFlagsFromString('--expose-gc');
		collect = runInNewContext('gc') as Collect;
		setFlagsFromString('--no-expose-gc');
	}
	return collect;
}

/** Young objects alone: the pieces of a body that was read. About half a millisecond. */
export function collectYoung(): void {
	collector()({ type: 'minor' });
}

/** All of them: what an examination of the cluster held. Some ten milliseconds, so never where keys wait. */
export function collectAll(): void {
	collector()();
}
