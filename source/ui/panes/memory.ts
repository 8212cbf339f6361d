/** What a pure function has made last: it is made again only when something that it is made of is another. */

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

export class Memory<Made> {
	#last: { from: readonly unknown[]; made: Made } | null = null;

	/** @param from All that `make` depends on; objects are the same if they are one, for nothing in the state is ever changed. */
	of(from: readonly unknown[], make: () => Made): Made {
		if (this.#last === null || !isSame(this.#last.from, from)) {
			this.#last = { from, made: make() };
		}

		return this.#last.made;
	}
}
