/** Counters as they were before: rates are made between two readings of the same counter. */
import { type Reading, type ReadingQuantity, Readings } from '../../model/reading.ts';

const counters: ReadonlySet<ReadingQuantity> = new Set<ReadingQuantity>([
	'cpuTime',
	'systemCpuTime',
	'cpuPeriods',
	'throttledPeriods',
	'throttledTime',
]);

/**
 * Of each counter the last reading that is older than the newest. Sources have paces of their own: a cgroup that is
 * read every two seconds stands beside a kubelet that counts every ten.
 */
export class Earlier {
	readonly #newest = new Map<string, Reading>();
	readonly #before = new Map<string, Reading>();

	add(readings: readonly Reading[]): void {
		for (const reading of readings) {
			if (!counters.has(reading.quantity)) {
				continue;
			}
			const key = `${reading.source} ${reading.quantity} ${reading.field} ${reading.part ?? ''}`;
			const newest = this.#newest.get(key);
			if (newest !== undefined && newest.at >= reading.at) {
				continue;
			}
			if (newest !== undefined) {
				this.#before.set(key, newest);
			}
			this.#newest.set(key, reading);
		}
	}

	readings(): Readings {
		return new Readings([...this.#before.values()]);
	}
}
