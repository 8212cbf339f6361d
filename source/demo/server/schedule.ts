interface Item<T> {
	at: number;
	subject: T;
}

/** What is to come, the nearest first: a binary heap. */
export class Schedule<T> {
	readonly #heap: Item<T>[] = [];

	/** When the nearest is due, ms since 1970; infinite if there is nothing. */
	get next(): number {
		return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
	}

	add(at: number, subject: T): void {
		const heap = this.#heap;
		let index = heap.push({ at, subject }) - 1;
		while (index > 0) {
			const above = (index - 1) >> 1;
			if ((heap[above]?.at ?? 0) <= at) break;
			this.#swap(index, above);
			index = above;
		}
	}

	/** Takes the nearest out. */
	take(): T | undefined {
		const heap = this.#heap;
		const first = heap[0];
		const last = heap.pop();
		if (!first || !last) return undefined;
		if (heap.length > 0) {
			heap[0] = last;
			this.#sink();
		}
		return first.subject;
	}

	#sink(): void {
		const heap = this.#heap;
		let index = 0;
		for (;;) {
			let least = index;
			for (const below of [2 * index + 1, 2 * index + 2]) {
				if ((heap[below]?.at ?? Number.POSITIVE_INFINITY) < (heap[least]?.at ?? Number.POSITIVE_INFINITY))
					least = below;
			}
			if (least === index) return;
			this.#swap(index, least);
			index = least;
		}
	}

	#swap(first: number, second: number): void {
		const heap = this.#heap;
		const one = heap[first];
		const other = heap[second];
		if (!one || !other) return;
		heap[first] = other;
		heap[second] = one;
	}
}
