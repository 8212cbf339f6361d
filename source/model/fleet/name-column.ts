/**
 * Names of rows as bytes in one buffer: a string of its own takes a row three times the room, and a search through the
 * buffer goes over 150,000 names in a few milliseconds.
 */

/**
 * Behind each name stands whose it is: the slot in five bytes of seven bits, the eighth of which is set. No plain name
 * has such bytes, so that a search does not find them, and finds from a match to them.
 */
const ownerLength = 5;
const ownerBits = 7;
const ownerMark = 0x80;

/** Below this it is not worth the time to move names together, bytes. */
const littleDead = 64 * 1024;

export class NameColumn {
	#bytes = Buffer.alloc(0);
	#end = 0;
	/** Bytes of names that are no longer anybody's. */
	#dead = 0;
	#starts = new Uint32Array(0);
	#lengths = new Uint32Array(0);
	/** Which of the letters from a to z each name has, a bit each: most of what is typed first is one of them. */
	#letters = new Uint32Array(0);
	/** All are of printable ASCII without capitals, as all names in Kubernetes are. */
	#plain = true;

	grow(capacity: number): void {
		const starts = new Uint32Array(capacity);
		starts.set(this.#starts);
		this.#starts = starts;
		const lengths = new Uint32Array(capacity);
		lengths.set(this.#lengths);
		this.#lengths = lengths;
		const letters = new Uint32Array(capacity);
		letters.set(this.#letters);
		this.#letters = letters;
	}

	get(slot: number): string {
		const start = this.#starts[slot] as number;
		return this.#bytes.toString(this.#plain ? 'latin1' : 'utf8', start, start + (this.#lengths[slot] as number));
	}

	get bytes(): number {
		return this.#bytes.length + this.#starts.byteLength + this.#lengths.byteLength + this.#letters.byteLength;
	}

	clear(slot: number): void {
		const length = this.#lengths[slot] as number;
		if (length > 0) {
			this.#dead += length + ownerLength;
			this.#lengths[slot] = 0;
			this.#letters[slot] = 0;
		}
	}

	set(slot: number, name: string): void {
		this.clear(slot);
		if (name === '') {
			return;
		}
		this.#makeRoom(name.length + ownerLength);
		let length = name.length;
		if (!this.#writePlain(slot, name)) {
			this.#plain = false;
			length = Buffer.byteLength(name);
			this.#makeRoom(length + ownerLength);
			this.#bytes.write(name, this.#end, length);
		}
		this.#starts[slot] = this.#end;
		this.#lengths[slot] = length;
		this.#own(this.#end + length, slot);
	}

	/** Writes a plain name to the end, and notes its letters; returns false if it is none. */
	#writePlain(slot: number, name: string): boolean {
		const bytes = this.#bytes;
		const end = this.#end;
		let letters = 0;
		for (let index = 0; index < name.length; index++) {
			const code = name.charCodeAt(index);
			if (code < 0x20 || code > 0x7e || (code >= 0x41 && code <= 0x5a)) {
				return false;
			}
			bytes[end + index] = code;
			letters |= letterBit(code);
		}
		this.#letters[slot] = letters;
		return true;
	}

	/** Whether the slot has this name; makes no string. */
	is(slot: number, name: string): boolean {
		if (!this.#plain) {
			return this.get(slot) === name;
		}
		const length = this.#lengths[slot];
		if (length !== name.length) {
			return false;
		}
		const bytes = this.#bytes;
		const start = this.#starts[slot] as number;
		// From behind: names of one owner differ in their ends.
		for (let index = length - 1; index >= 0; index--) {
			if (bytes[start + index] !== name.charCodeAt(index)) {
				return false;
			}
		}
		return true;
	}

	/** In byte order, as the API server lists names. */
	compare(a: number, b: number): number {
		const bytes = this.#bytes;
		const first = this.#starts[a] as number;
		const second = this.#starts[b] as number;
		const left = this.#lengths[a] as number;
		const right = this.#lengths[b] as number;
		for (let index = 0; index < left && index < right; index++) {
			const difference = (bytes[first + index] as number) - (bytes[second + index] as number);
			if (difference !== 0) {
				return difference;
			}
		}
		return left - right;
	}

	/** Four bytes of the name from `at` on as one number; behind its end there are zeros. */
	bytesAt(slot: number, at: number): number {
		const start = (this.#starts[slot] as number) + at;
		const end = start + Math.min(4, (this.#lengths[slot] as number) - at);
		let value = 0;
		for (let index = start; index < start + 4; index++) {
			value = value * 256 + (index < end ? (this.#bytes[index] as number) : 0);
		}
		return value;
	}

	/** Whether all names are of printable ASCII without capitals: what {@link contains} can search. */
	get isPlain(): boolean {
		return this.#plain;
	}

	/** Whether the slot's name contains the word, of printable ASCII without capitals; makes no string. */
	contains(slot: number, word: string): boolean {
		const bytes = this.#bytes;
		const start = this.#starts[slot] as number;
		const last = start + (this.#lengths[slot] as number) - word.length;
		const first = word.charCodeAt(0);
		for (let at = start; at <= last; at++) {
			if (bytes[at] !== first) {
				continue;
			}
			let index = 1;
			while (index < word.length && bytes[at + index] === word.charCodeAt(index)) {
				index++;
			}
			if (index >= word.length) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Marks in `found`, which has a byte a slot, the slots whose names contain the word.
	 *
	 * @param word of printable ASCII without capitals
	 * @returns false, and marks nothing, where there are names that such a search could miss
	 */
	search(word: string, found: Uint8Array): boolean {
		if (!this.#plain) {
			return false;
		}
		const letter = word.length === 1 ? letterBit(word.charCodeAt(0)) : 0;
		if (letter !== 0) {
			markLetter(this.#letters, letter, found);
			return true;
		}
		const wanted = Buffer.from(word, 'latin1');
		const bytes = this.#bytes.subarray(0, this.#end);
		let at = nextMatch(bytes, wanted, 0);
		while (at >= 0) {
			let owner = at + wanted.length;
			while ((bytes[owner] as number) < ownerMark) {
				owner++;
			}
			const slot = ownerAt(bytes, owner);
			// A name that was given up stays until its room is needed.
			if (
				(this.#lengths[slot] as number) > 0 &&
				(this.#starts[slot] as number) + (this.#lengths[slot] as number) === owner
			) {
				found[slot] = 1;
			}
			at = nextMatch(bytes, wanted, owner + ownerLength);
		}
		return true;
	}

	#own(at: number, slot: number): void {
		for (let index = 0; index < ownerLength; index++) {
			this.#bytes[at + index] = ownerMark | ((slot >>> (ownerBits * index)) & (ownerMark - 1));
		}
		this.#end = at + ownerLength;
	}

	#makeRoom(length: number): void {
		if (this.#end + length <= this.#bytes.length) {
			return;
		}
		const bytes = this.#bytes;
		if (this.#dead > littleDead && this.#dead * 2 > this.#end) {
			this.#end = 0;
			this.#dead = 0;
			this.#bytes = Buffer.alloc(bytes.length);
			for (let slot = 0; slot < this.#starts.length; slot++) {
				const start = this.#starts[slot] as number;
				const count = this.#lengths[slot] as number;
				if (count > 0) {
					bytes.copy(this.#bytes, this.#end, start, start + count);
					this.#starts[slot] = this.#end;
					this.#own(this.#end + count, slot);
				}
			}
		}
		if (this.#end + length > this.#bytes.length) {
			const larger = Buffer.alloc(Math.max(4096, this.#end + length, Math.ceil(this.#bytes.length * 1.5)));
			this.#bytes.copy(larger, 0, 0, this.#end);
			this.#bytes = larger;
		}
	}
}

/** 0 for what is no letter from a to z. */
function letterBit(code: number): number {
	return code >= 0x61 && code <= 0x7a ? 1 << (code - 0x61) : 0;
}

function markLetter(letters: Uint32Array, letter: number, found: Uint8Array): void {
	for (let slot = 0; slot < found.length; slot++) {
		// Without a branch, which would go the unexpected way every other time.
		found[slot] = (found[slot] as number) | Number(((letters[slot] as number) & letter) !== 0);
	}
}

/** Where the word begins next, −1 if nowhere. A single digit is in nearly every name: going there takes less than asking. */
function nextMatch(bytes: Buffer, wanted: Buffer, from: number): number {
	if (wanted.length !== 1) {
		return bytes.indexOf(wanted, from);
	}
	const code = wanted[0];
	for (let index = from; index < bytes.length; index++) {
		if (bytes[index] === code) {
			return index;
		}
	}
	return -1;
}

function ownerAt(bytes: Buffer, at: number): number {
	let slot = 0;
	for (let index = ownerLength - 1; index >= 0; index--) {
		slot = (slot << ownerBits) | ((bytes[at + index] as number) & (ownerMark - 1));
	}
	return slot >>> 0;
}
