import { podKey } from './names.ts';
import { mix, nameSuffix } from './random.ts';
import type { Workload } from './workload.ts';

/**
 * Gives each place a number of its own. Of 150,000 numbers of 32 bits some are equal by chance, and so are some of the
 * few characters that a workload's pods are told apart by; an API server has no two pods of one name.
 */
export class SlotKeys {
	readonly #taken = new Set<number>();
	readonly #suffixes = new Map<Workload, Set<string>>();

	/** @param wanted what it gets unless that is taken, or would give its first pod a name that another has */
	take(workload: Workload, wanted: number): number {
		const suffixes = this.#suffixes.get(workload) ?? new Set();
		this.#suffixes.set(workload, suffixes);
		let key = wanted;
		let suffix = nameSuffix(podKey(key, 0));
		for (let look = 0; this.#taken.has(key) || suffixes.has(suffix); look++) {
			key = mix(wanted, look + 301);
			suffix = nameSuffix(podKey(key, 0));
		}
		this.#taken.add(key);
		suffixes.add(suffix);
		return key;
	}
}
