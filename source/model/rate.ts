/** Rates from counters. */
import type { Reading } from './reading.ts';

/**
 * The rate of CPU time between two readings of one counter: `Δ ns / Δ t` in nanocores, with the interval as its window.
 *
 * @returns undefined for readings of different fields, a counter that went backwards (another cgroup of that name, a
 * process that ended), or time that did not pass
 */
export function cpuRateReading(before: Reading, now: Reading): Reading | undefined {
	const window = now.at - before.at;
	const worked = now.value - before.value;
	const same = before.source === now.source && before.field === now.field && before.part === now.part;
	if (!same || before.quantity !== 'cpuTime' || now.quantity !== 'cpuTime' || !(window > 0) || !(worked >= 0)) {
		return undefined;
	}
	return { ...now, quantity: 'cpuRate', value: (worked / window) * 1000, field: `Δ ${now.field} / Δ t`, window };
}
