/**
 * Sorts as Go's `sort.Sort` does, equal elements included: with `--sort-by`, kubectl leaves rows of the same number in
 * the order in which that unstable algorithm drops them, and our table is to be the same line by line.
 *
 * It is pattern-defeating quicksort (Orson Peters, arXiv:2106.05123) with the thresholds and the pseudo-random numbers
 * of Go's package sort (zsortinterface.go, the same from Go 1.19 to 1.26). Up to 12 elements it is an insertion sort.
 */

const longestInsertion = 12;
const shortestNinther = 50;
const shortestShifting = 50;
const mostShifts = 5;
const mostPivotSwaps = 12;

/** Whether the first must come before the second. */
export type Less<Item> = (first: Item, second: Item) => boolean;

/** Sorts in place. `less` must be a strict weak ordering. */
export function goSort<Item>(items: Item[], less: Less<Item>): void {
	if (items.length > 1) {
		new Sorting(items, less).quick(0, items.length, bitLength(items.length));
	}
}

function bitLength(value: number): number {
	return 32 - Math.clz32(value);
}

type Hint = 'increasing' | 'decreasing' | 'unknown';

/** Ranges are `[start, end)`. */
class Sorting<Item> {
	readonly #items: Item[];
	readonly #less: Less<Item>;

	constructor(items: Item[], less: Less<Item>) {
		this.#items = items;
		this.#less = less;
	}

	/** @param badPivots How many badly balanced partitions may still come before heap sort takes over. */
	quick(start: number, end: number, badPivots: number): void {
		let balanced = true;
		let partitioned = true;
		while (end - start > longestInsertion) {
			if (badPivots === 0) {
				this.#heap(start, end);
				return;
			}
			if (!balanced) {
				this.#scatter(start, end);
				badPivots--;
			}
			let { pivot, hint } = this.#choosePivot(start, end);
			if (hint === 'decreasing') {
				this.#reverse(start, end);
				pivot = end - 1 - (pivot - start);
				hint = 'increasing';
			}
			if (balanced && partitioned && hint === 'increasing' && this.#finishNearlySorted(start, end)) {
				return;
			}
			if (start > 0 && !this.#before(start - 1, pivot)) {
				start = this.#partitionEqual(start, end, pivot);
				continue;
			}
			const length = end - start;
			const partition = this.#partition(start, end, pivot);
			const { middle } = partition;
			partitioned = partition.wasPartitioned;
			const left = middle - start;
			const right = end - middle;
			balanced = Math.min(left, right) >= Math.floor(length / 8);
			if (left < right) {
				this.quick(start, middle, badPivots);
				start = middle + 1;
			} else {
				this.quick(middle + 1, end, badPivots);
				end = middle;
			}
		}
		this.#insertion(start, end);
	}

	#before(first: number, second: number): boolean {
		return this.#less(this.#items[first] as Item, this.#items[second] as Item);
	}

	#swap(first: number, second: number): void {
		const item = this.#items[first] as Item;
		this.#items[first] = this.#items[second] as Item;
		this.#items[second] = item;
	}

	#insertion(start: number, end: number): void {
		for (let next = start + 1; next < end; next++) {
			for (let index = next; index > start && this.#before(index, index - 1); index--) {
				this.#swap(index, index - 1);
			}
		}
	}

	#heap(start: number, end: number): void {
		const length = end - start;
		for (let root = Math.floor((length - 1) / 2); root >= 0; root--) {
			this.#siftDown(root, length, start);
		}
		for (let last = length - 1; last >= 0; last--) {
			this.#swap(start, start + last);
			this.#siftDown(0, last, start);
		}
	}

	#siftDown(root: number, length: number, start: number): void {
		for (let child = 2 * root + 1; child < length; child = 2 * root + 1) {
			if (child + 1 < length && this.#before(start + child, start + child + 1)) {
				child++;
			}
			if (!this.#before(start + root, start + child)) {
				return;
			}
			this.#swap(start + root, start + child);
			root = child;
		}
	}

	/** Swaps three elements around the middle with pseudo-random others (xorshift64, seeded by the length). */
	#scatter(start: number, end: number): void {
		const length = end - start;
		const mask = (1n << BigInt(bitLength(length))) - 1n;
		let random = BigInt(length);
		const middle = start + Math.floor(length / 4) * 2;
		for (let index = middle - 1; index <= middle + 1; index++) {
			random ^= BigInt.asUintN(64, random << 13n);
			random ^= random >> 7n;
			random ^= BigInt.asUintN(64, random << 17n);
			const other = Number(random & mask);
			this.#swap(index, start + (other >= length ? other - length : other));
		}
	}

	/** The median of three, from 50 elements on of three medians; how many swaps that took tells how sorted they are. */
	#choosePivot(start: number, end: number): { pivot: number; hint: Hint } {
		const quarter = Math.floor((end - start) / 4);
		let swaps = 0;
		const median = (first: number, second: number, third: number): number => {
			const order = [first, second, third] as [number, number, number];
			for (const left of [0, 1, 0] as const) {
				const right = (left + 1) as 1 | 2;
				if (this.#before(order[right], order[left])) {
					swaps++;
					[order[left], order[right]] = [order[right], order[left]];
				}
			}
			return order[1];
		};
		let places = [1, 2, 3].map((part) => start + quarter * part);
		if (end - start >= shortestNinther) {
			places = places.map((place) => median(place - 1, place, place + 1));
		}
		const pivot = median(...(places as [number, number, number]));
		return { pivot, hint: swaps === 0 ? 'increasing' : swaps === mostPivotSwaps ? 'decreasing' : 'unknown' };
	}

	#reverse(start: number, end: number): void {
		for (let left = start, right = end - 1; left < right; left++, right--) {
			this.#swap(left, right);
		}
	}

	/** Repairs a few pairs that are out of order; true if everything is in order then. */
	#finishNearlySorted(start: number, end: number): boolean {
		let next = start + 1;
		for (let shifts = 0; shifts < mostShifts; shifts++) {
			while (next < end && !this.#before(next, next - 1)) {
				next++;
			}
			if (next === end) {
				return true;
			}
			if (end - start < shortestShifting) {
				return false;
			}
			this.#swap(next, next - 1);
			if (next - start >= 2) {
				for (let index = next - 1; index >= 1 && this.#before(index, index - 1); index--) {
					this.#swap(index, index - 1);
				}
			}
			if (end - next >= 2) {
				for (let index = next + 1; index < end && this.#before(index, index - 1); index++) {
					this.#swap(index, index - 1);
				}
			}
		}
		return false;
	}

	/** Moves what is less than the pivot before it, all else behind it. */
	#partition(start: number, end: number, pivot: number): { middle: number; wasPartitioned: boolean } {
		this.#swap(start, pivot);
		let left = start + 1;
		let right = end - 1;
		let swaps = 0;
		for (;;) {
			while (left <= right && this.#before(left, start)) {
				left++;
			}
			while (left <= right && !this.#before(right, start)) {
				right--;
			}
			if (left > right) {
				this.#swap(right, start);
				return { middle: right, wasPartitioned: swaps === 0 };
			}
			this.#swap(left++, right--);
			swaps++;
		}
	}

	/** Moves what equals the pivot to the front, in a range where nothing is less; returns where the rest begins. */
	#partitionEqual(start: number, end: number, pivot: number): number {
		this.#swap(start, pivot);
		let left = start + 1;
		let right = end - 1;
		for (;;) {
			while (left <= right && !this.#before(start, left)) {
				left++;
			}
			while (left <= right && this.#before(start, right)) {
				right--;
			}
			if (left > right) {
				return left;
			}
			this.#swap(left++, right--);
		}
	}
}
