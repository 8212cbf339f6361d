/**
 * Reads protobuf's wire format (protobuf.dev/programming-guides/encoding) in place: nothing is copied but the strings
 * that are asked for, and what is not asked for is skipped by its length.
 *
 * A message is read as
 *
 * ```
 * const outer = reader.enter();
 * while (reader.next()) {
 * 	switch (reader.field) {
 * 		case 1: name = reader.text(); break;
 * 		default: reader.skip();
 * 	}
 * }
 * reader.leave(outer);
 * ```
 *
 * Every read stays within the message that was entered; whatever does not fit is a `WireError`.
 */
import { damage } from '../../messages/en/sources.ts';
import { WireError } from '../answer.ts';
import { holdsBytes, stringFromBytes, words } from '../strings.ts';

const varintWire = 0;
const fixed64Wire = 1;
const lengthWire = 2;
const fixed32Wire = 5;

/** Bytes of a varint: ten hold 64 bits, the first four 28 of them. */
const longestVarint = 10;
const lowBytes = 4;

/**
 * Where the field that begins at `start` ends: behind `end` if it has not come as a whole, −1 if not even that can be told
 * yet.
 */
export function fieldEnd(bytes: Buffer, start: number, end: number): number {
	const tagEnd = varintEnd(bytes, start, end);
	if (tagEnd < 0) {
		return -1;
	}
	// The wire type stands in the first byte whatever the field's number.
	switch ((bytes[start] as number) & 7) {
		case varintWire:
			return varintEnd(bytes, tagEnd, end);
		case fixed64Wire:
			return tagEnd + 8;
		case fixed32Wire:
			return tagEnd + 4;
		case lengthWire: {
			let length = 0;
			let weight = 1;
			for (let index = tagEnd; index < end; index++) {
				const byte = bytes[index] as number;
				length += (byte & 0x7f) * weight;
				if (byte < 0x80) {
					return index + 1 + length;
				}
				weight *= 128;
				if (index - tagEnd >= longestVarint) {
					throw new WireError(damage.varint);
				}
			}
			return -1;
		}
		default:
			return tagEnd;
	}
}

/** Where a varint ends, −1 if it has not come as a whole. */
function varintEnd(bytes: Buffer, start: number, end: number): number {
	for (let index = start; index < end; index++) {
		if ((bytes[index] as number) < 0x80) {
			return index + 1;
		}
		if (index - start >= longestVarint) {
			throw new WireError(damage.varint);
		}
	}
	return -1;
}

export class ProtobufReader {
	readonly bytes: Buffer;
	position: number;
	/** End of the message that is being read. */
	end: number;
	/** Number and wire type of the field that {@link next} found. */
	field = 0;
	wire = 0;

	constructor(bytes: Buffer, start: number, end: number) {
		this.bytes = bytes;
		this.position = start;
		this.end = end;
	}

	/** Moves to the next field of the message; false at its end. */
	next(): boolean {
		if (this.position >= this.end) {
			return false;
		}
		// Nearly all tags take one byte or two.
		const { bytes, position } = this;
		const first = bytes[position] as number;
		const second = position + 1 < this.end ? (bytes[position + 1] as number) : 0x80;
		if (first < 0x80) {
			this.position = position + 1;
			this.field = first >> 3;
			this.wire = first & 7;
		} else if (second < 0x80) {
			this.position = position + 2;
			this.field = ((first & 0x7f) >> 3) | (second << 4);
			this.wire = first & 7;
		} else {
			const tag = this.#varint();
			this.field = Math.floor(tag / 8);
			this.wire = tag & 7;
		}
		if (this.field <= 0) {
			throw new WireError(damage.tag(this.field, this.wire));
		}
		return true;
	}

	/** Begins the message in the current field. Returns what {@link leave} needs. */
	enter(): number {
		const outer = this.end;
		// In two steps: reading the length moves the position.
		const length = this.#length();
		this.end = this.position + length;
		return outer;
	}

	/** Ends a message, and goes on with the one around it. */
	leave(outer: number): void {
		this.position = this.end;
		this.end = outer;
	}

	/** Moves behind the current field. */
	skip(): void {
		switch (this.wire) {
			case varintWire:
				this.#varint();
				break;
			case fixed64Wire:
				this.#advance(8);
				break;
			case lengthWire:
				this.#advance(this.#length());
				break;
			case fixed32Wire:
				this.#advance(4);
				break;
			default:
				throw new WireError(damage.tag(this.field, this.wire));
		}
	}

	/** A string that comes only once. */
	text(): string {
		const start = this.stretch();
		return stringFromBytes(this.bytes, start, this.position);
	}

	/** A string that is likely to be this one. */
	textLike(likely: string): string {
		const start = this.stretch();
		return likely.length === this.position - start && holdsBytes(likely, this.bytes, start)
			? likely
			: stringFromBytes(this.bytes, start, this.position);
	}

	/** A string that is likely to come again: equal ones are the same one. */
	word(): string {
		const start = this.stretch();
		return words.fromBytes(this.bytes, start, this.position);
	}

	/** Moves behind a field of bytes: they are in `bytes[result, position)`. */
	stretch(): number {
		const length = this.#length();
		const start = this.position;
		this.position = start + length;
		return start;
	}

	flag(): boolean {
		this.#expect(varintWire);
		return this.#varint() !== 0;
	}

	/** An int32 or int64; beyond 2^53 the nearest double. */
	integer(): number {
		this.#expect(varintWire);
		return this.#varint();
	}

	#expect(wire: number): void {
		if (this.wire !== wire) {
			throw new WireError(damage.tag(this.field, this.wire));
		}
	}

	#length(): number {
		this.#expect(lengthWire);
		const length = this.#varint();
		if (length < 0 || length > this.end - this.position) {
			throw new WireError(damage.overrun);
		}
		return length;
	}

	#advance(count: number): void {
		if (count > this.end - this.position) {
			throw new WireError(damage.endsTooEarly);
		}
		this.position += count;
	}

	/** A varint as an int64; the nearest double beyond 2^53. */
	#varint(): number {
		const { bytes, end } = this;
		let position = this.position;
		if (position >= end) {
			throw new WireError(damage.endsTooEarly);
		}
		let byte = bytes[position++] as number;
		if (byte < 0x80) {
			this.position = position;
			return byte;
		}
		// Two parts, because small negative numbers have all of their 64 bits set and a double holds 53.
		let low = byte & 0x7f;
		let high = 0;
		let weight = 128;
		let count = 1;
		while (byte >= 0x80) {
			if (position >= end) {
				throw new WireError(damage.endsTooEarly);
			}
			if (count === longestVarint) {
				throw new WireError(damage.varint);
			}
			if (count === lowBytes) {
				weight = 1;
			}
			byte = bytes[position++] as number;
			if (count < lowBytes) {
				low += (byte & 0x7f) * weight;
			} else {
				high += (byte & 0x7f) * weight;
			}
			weight *= 128;
			count++;
		}
		this.position = position;
		if (high >= 2 ** 35) {
			high = (high % 2 ** 36) - 2 ** 36;
		}
		return high * 2 ** 28 + low;
	}
}
