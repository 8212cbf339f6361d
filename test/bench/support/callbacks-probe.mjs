/**
 * Loaded before the program that is measured: times all that its main thread does. Written at its end, as Float64: for
 * each callback and for each turn of the event loop, which kind it is (0 and 1), when it began (ms since 1970), and how
 * long it took (ms).
 *
 * A callback is what the loop calls, from its beginning to its end (`async_hooks`, the outermost): a timer, a message of
 * the data host, bytes of the terminal, and each reaction of a promise. A turn is all that happens between two of the
 * loop's rests: those callbacks, what they left for their end, the engine's own work, collecting garbage. Who types a key
 * waits for a turn. Each costs a microsecond or two more than without.
 */
import { createHook } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Numbers, three for each; what is more than there is room for is not lost in silence: it fails. */
const room = 3 * 2 ** 20;

if (isMainThread) {
	const file = process.env.WHYTOP_PROBE ?? '/dev/null';
	const found = new Float64Array(room);
	let count = 0;
	const note = (kind, began, took) => {
		found[count++] = kind;
		found[count++] = performance.timeOrigin + began;
		found[count++] = took;
	};

	const { nodeTiming } = performance;
	let turn = { loop: -1, began: performance.now(), rested: nodeTiming.idleTime };
	/** The loop has gone round since: what it did from then to now, but for its rest, was one turn. */
	const endTurn = (now) => {
		const loop = nodeTiming.uvMetricsInfo.loopCount;
		if (loop !== turn.loop) {
			const rested = nodeTiming.idleTime;
			note(1, turn.began, now - turn.began - (rested - turn.rested));
			turn = { loop, began: now, rested };
		}
	};

	let depth = 0;
	let began = 0;
	createHook({
		before() {
			if (depth++ === 0) {
				began = performance.now();
				endTurn(began);
			}
		},
		after() {
			if (--depth === 0) {
				note(0, began, performance.now() - began);
			}
		},
	}).enable();
	process.on('exit', () => writeFileSync(file, new Uint8Array(found.buffer, 0, count * 8)));
}
