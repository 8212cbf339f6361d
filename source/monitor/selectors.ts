/** The label selector that the pods are followed with: what was chosen for good, and what stands as `-l` in a filter. */
import { parseFilter } from '../filter/filter.ts';
import type { ListName, ListQuery } from './messages.ts';

/** A filter works while it is typed; a list of the server for every letter would be too much. ms. */
const typingEnds = 400;

export class Selectors {
	readonly #follow: (labelSelector: string) => void;
	readonly #filtered = new Map<ListName, string>();
	#chosen: string;
	#followed: string;
	#timer: NodeJS.Timeout | undefined;

	/** @param follow Called with the new selector when it has changed. */
	constructor(chosen: string, follow: (labelSelector: string) => void) {
		this.#chosen = chosen;
		this.#followed = chosen;
		this.#follow = follow;
	}

	/** By a flag or a command, at once. */
	choose(labelSelector: string): void {
		this.#chosen = labelSelector;
		this.#settle();
	}

	/** By the filter of a list of pods or containers, once it has been left alone for a moment. */
	filtered({ filter, list }: ListQuery): void {
		const { labelSelector } = parseFilter(filter);
		if ((list !== 'pods' && list !== 'containers') || (this.#filtered.get(list) ?? '') === labelSelector) {
			return;
		}
		this.#filtered.set(list, labelSelector);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#settle(), typingEnds);
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#settle(): void {
		clearTimeout(this.#timer);
		const wanted = new Set([this.#chosen, ...this.#filtered.values()].filter((selector) => selector !== ''));
		const labelSelector = [...wanted].join(',');
		if (labelSelector !== this.#followed) {
			this.#followed = labelSelector;
			this.#follow(labelSelector);
		}
	}
}
