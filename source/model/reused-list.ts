/**
 * A list whose items are made once and filled again for the next object, so that decoding 150,000 pods leaves nothing
 * for the garbage collector to do.
 */
export class ReusedList<Item> {
	length = 0;
	readonly #items: Item[] = [];
	readonly #make: () => Item;
	readonly #reset: (item: Item) => void;

	constructor(make: () => Item, reset: (item: Item) => void) {
		this.#make = make;
		this.#reset = reset;
	}

	clear(): void {
		this.length = 0;
	}

	/** The next item, reset, at the end of the list. */
	add(): Item {
		let item = this.#items[this.length];
		if (item === undefined) {
			item = this.#make();
			this.#items.push(item);
		}
		this.#reset(item);
		this.length++;
		return item;
	}

	/** The item at an index below `length`. */
	at(index: number): Item {
		return this.#items[index] as Item;
	}
}
