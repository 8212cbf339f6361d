import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { compileAsBefore } from '../engine/compilers.ts';
import { beginWithRoom } from '../engine/young-objects.ts';

/**
 * The host makes few objects that live for long, and buffers that are dead at once: collected often they cost little time,
 * and left to the engine's 128 MB they pile up. MB, of which the engine uses one at a time: see `engine/young-objects.ts`.
 */
const roomForYoungObjects = 2;
const roomsForYoungObjects = 3;

/** The bundle beside the running one; when run from source, the one that `npm run build` made. */
function workerFile(): URL {
	const bundled = new URL('host.js', import.meta.url);
	return existsSync(bundled) ? bundled : new URL('../../distribution/host.js', import.meta.url);
}

/**
 * The data host's thread. It loads its code and waits for its first message, which is what it is for: see
 * {@link Given}. It keeps the process alive only once somebody holds it with `ref`.
 */
export function startThread(): Worker {
	beginWithRoom(roomForYoungObjects);
	const thread = new Worker(workerFile(), {
		name: 'whytop data host',
		resourceLimits: { maxYoungGenerationSizeMb: roomForYoungObjects * roomsForYoungObjects },
	});
	thread.unref();
	process.once('exit', compileAsBefore);
	return thread;
}
