/** Bytes of protobuf, written from the end to the beginning: so a message's length is known when it is needed. */
export class BackwardWriter {
	#bytes = Buffer.allocUnsafe(64 * 1024);
	#start = this.#bytes.length;

	/** How much has been written. */
	get length(): number {
		return this.#bytes.length - this.#start;
	}

	/** A copy of what has been written since it had a certain length. */
	copySince(length: number): Buffer {
		return Buffer.from(this.#bytes.subarray(this.#start, this.#bytes.length - length));
	}

	/** A copy of what has been written; the writer is empty again. */
	take(): Buffer {
		const result = Buffer.from(this.#bytes.subarray(this.#start));
		this.#start = this.#bytes.length;
		return result;
	}

	#reserve(size: number): void {
		if (this.#start >= size) return;
		const used = this.length;
		const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, used + size * 2));
		this.#bytes.copy(larger, larger.length - used, this.#start);
		this.#start = larger.length - used;
		this.#bytes = larger;
	}

	varint(value: number): void {
		this.#reserve(10);
		if (value < 0x80 && value >= 0) {
			this.#bytes[--this.#start] = value;
			return;
		}
		if (value >= 0 && value < 0x8000_0000) {
			this.smallVarint(value);
			return;
		}
		if (value > 0 && value <= Number.MAX_SAFE_INTEGER) {
			let size = 5;
			for (let rest = value / 2 ** 35; rest >= 1; rest /= 128) size++;
			this.#start -= size;
			let rest = value;
			for (let index = 0; index < size; index++) {
				this.#bytes[this.#start + index] = (rest % 128) | (index < size - 1 ? 0x80 : 0);
				rest = Math.floor(rest / 128);
			}
			return;
		}
		const digits: number[] = [];
		let rest = BigInt.asUintN(64, BigInt(value));
		do {
			digits.push(Number(rest & 0x7fn));
			rest >>= 7n;
		} while (rest > 0n);
		for (let index = digits.length - 1; index >= 0; index--) {
			this.#bytes[--this.#start] = (digits[index] ?? 0) | (index < digits.length - 1 ? 0x80 : 0);
		}
	}

	/** A whole number below 2³¹: lengths, tags and the like. */
	smallVarint(value: number): void {
		if (value < 0x80) {
			this.#reserve(1);
			this.#bytes[--this.#start] = value;
			return;
		}
		this.#reserve(5);
		const size = value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
		this.#start -= size;
		let rest = value;
		for (let index = 0; index < size; index++) {
			this.#bytes[this.#start + index] = (rest & 0x7f) | (index < size - 1 ? 0x80 : 0);
			rest >>>= 7;
		}
	}

	/** The text and, before it, its length. */
	text(value: string): void {
		const { length } = value;
		this.#reserve(length * 3 + 5);
		let start = this.#start - length;
		let plain = true;
		for (let index = 0; index < length; index++) {
			const code = value.charCodeAt(index);
			if (code > 0x7f) {
				plain = false;
				break;
			}
			this.#bytes[start + index] = code;
		}
		let size = length;
		if (!plain) {
			size = Buffer.byteLength(value);
			start = this.#start - size;
			this.#bytes.write(value, start);
		}
		this.#start = start;
		this.smallVarint(size);
	}

	raw(bytes: Uint8Array): void {
		this.#reserve(bytes.length);
		this.#start -= bytes.length;
		this.#bytes.set(bytes, this.#start);
	}

	/** @param wireType 0 for numbers, 2 for everything that has a length */
	tag(number: number, wireType: 0 | 2): void {
		this.smallVarint((number << 3) | wireType);
	}
}
