/**
 * Loaded before the program that is measured: times all that its main thread does. Written at its end, as Float64: for
 * each callback and for each turn of the event loop, which kind it is (0 and 1), when it began (ms since 1970), how
 * long it took, and for how much of that the thread was ready and no core was free (ms; not a number for a turn, nor
 * where it isn't Linux).
 *
 * A callback is what the loop calls, from its beginning to its end (`async_hooks`, the outermost): a timer, a message of
 * the data host, bytes of the terminal, and each reaction of a promise. A turn is all that happens between two of the
 * loop's rests: those callbacks, what they left for their end, the engine's own work, collecting garbage. Who types a key
 * waits for a turn. Each costs some ten microseconds more than without.
 */
import { createHook } from 'node:async_hooks';
import { openSync, readSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Numbers, four for each; what is more than there is room for is not lost in silence: it fails. */
const room = 4 * 2 ** 20;

/** @returns a function that tells for how long this thread has waited for a core since it began, ms */
function waiting() {
	try {
		const file = openSync('/proc/thread-self/schedstat', 'r');
		const line = Buffer.alloc(64);
		return () => Number(line.latin1Slice(0, readSync(file, line, 0, line.length, 0)).split(' ')[1]) / 1e6;
	} catch {
		return () => Number.NaN;
	}
}

if (isMainThread) {
	const file = process.env.WHYTOP_PROBE ?? '/dev/null';
	const found = new Float64Array(room);
	let count = 0;
	const note = (kind, began, took, waited) => {
		found[count++] = kind;
		found[count++] = performance.timeOrigin + began;
		found[count++] = took;
		found[count++] = waited;
	};
	const waitedInAll = waiting();

	const { nodeTiming } = performance;
	let turn = { loop: -1, began: performance.now(), rested: nodeTiming.idleTime };
	/** The loop has gone round since: what it did from then to now, but for its rest, was one turn. */
	const endTurn = (now) => {
		const loop = nodeTiming.uvMetricsInfo.loopCount;
		if (loop !== turn.loop) {
			const rested = nodeTiming.idleTime;
			note(1, turn.began, now - turn.began - (rested - turn.rested), Number.NaN);
			turn = { loop, began: now, rested };
		}
	};

	let depth = 0;
	let began = 0;
	let waitedBefore = 0;
	createHook({
		before() {
			if (depth++ === 0) {
				began = performance.now();
				endTurn(began);
				waitedBefore = waitedInAll();
			}
		},
		after() {
			if (--depth === 0) {
				note(0, began, performance.now() - began, waitedInAll() - waitedBefore);
			}
		},
	}).enable();
	process.on('exit', () => writeFileSync(file, new Uint8Array(found.buffer, 0, count * 8)));
}
