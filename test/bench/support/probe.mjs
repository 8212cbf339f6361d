/** Loaded before the program that is measured: the longest gap of its main thread's event loop, written at its end. */
import { writeFileSync } from 'node:fs';

const beat = 10;
let last = performance.now();
let longest = 0;
/** The start is no part of it: what is asked for is how the program lives. ms. */
const from = Number(process.env.WHYTOP_PROBE_FROM ?? 0);

setInterval(() => {
	const now = performance.now();
	if (last > from) {
		longest = Math.max(longest, now - last - beat);
	}
	last = now;
}, beat).unref();
process.on('exit', () => writeFileSync(process.env.WHYTOP_PROBE ?? '/dev/null', String(longest)));
