/** FNV-1a over UTF-16 units: cheap, and good enough for names. */
export function hashText(text: string, seed = 0x811c9dc5): number {
	let hash = seed;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/**
 * Finds a slot by a hash of its key: open addressing over one Int32Array, 8 bytes a row where a Map of strings takes 100.
 * The caller keeps the keys (in its columns) and says by `matches` whether a slot has the wanted one.
 */
export class HashIndex {
	/** Slot + 1; 0 = empty, −1 = was removed. */
	#cells = new Int32Array(128);
	#hashes = new Uint32Array(128);
	#used = 0;
	#live = 0;

	find(hash: number, matches: (slot: number) => boolean): number {
		const mask = this.#cells.length - 1;
		for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
			const content = this.#cells[cell] ?? 0;
			if (content === 0) {
				return -1;
			}
			if (content > 0 && this.#hashes[cell] === hash && matches(content - 1)) {
				return content - 1;
			}
		}
	}

	/** Makes room for so many keys at once. */
	reserve(count: number): void {
		if (count * 2 > this.#cells.length) {
			this.#rebuild(count * 2);
		}
	}

	/** Adds a slot whose key is not in the index yet. */
	add(hash: number, slot: number): void {
		if ((this.#used + 1) * 2 > this.#cells.length) {
			this.#rebuild(this.#live * 4 + 128);
		}
		const mask = this.#cells.length - 1;
		let cell = hash & mask;
		while ((this.#cells[cell] ?? 0) > 0) {
			cell = (cell + 1) & mask;
		}
		if (this.#cells[cell] === 0) {
			this.#used++;
		}
		this.#cells[cell] = slot + 1;
		this.#hashes[cell] = hash;
		this.#live++;
	}

	remove(hash: number, slot: number): void {
		const mask = this.#cells.length - 1;
		for (let cell = hash & mask; this.#cells[cell] !== 0; cell = (cell + 1) & mask) {
			if (this.#cells[cell] === slot + 1) {
				this.#cells[cell] = -1;
				this.#live--;
				return;
			}
		}
	}

	#rebuild(atLeast: number): void {
		const cells = this.#cells;
		const hashes = this.#hashes;
		let size = 128;
		while (size < atLeast) {
			size *= 2;
		}
		this.#cells = new Int32Array(size);
		this.#hashes = new Uint32Array(size);
		this.#used = 0;
		this.#live = 0;
		for (const [cell, content] of cells.entries()) {
			if (content > 0) {
				this.add(hashes[cell] ?? 0, content - 1);
			}
		}
	}
}
