import type { Json, JsonObject } from '../json.ts';
import { type MessageType, messageType } from './schema.ts';

/** Reads what clients post: small messages of strings and other messages. Anything else in them is passed over. */
class Reader {
	readonly #bytes: Buffer;
	#position = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	get done(): boolean {
		return this.#position >= this.#bytes.length;
	}

	varint(): number {
		let value = 0;
		for (let factor = 1; ; factor *= 128) {
			const byte = this.#bytes[this.#position++];
			if (byte === undefined) throw new RangeError('the message ends in the middle of a number');
			value += (byte & 0x7f) * factor;
			if (byte < 0x80) return value;
		}
	}

	take(length: number): Buffer {
		const end = this.#position + length;
		if (end > this.#bytes.length) throw new RangeError('the message is shorter than it says');
		const taken = this.#bytes.subarray(this.#position, end);
		this.#position = end;
		return taken;
	}
}

function decodeMessage(type: MessageType, bytes: Buffer): JsonObject {
	const object: Record<string, Json> = {};
	const reader = new Reader(bytes);
	while (!reader.done) {
		const tag = reader.varint();
		const field = type.fields.find((candidate) => candidate.number === Math.floor(tag / 8));
		switch (tag & 7) {
			case 0: {
				const value = reader.varint();
				if (field) object[field.name] = field.type === 'bool' ? value === 1 : value;
				break;
			}
			case 1:
				reader.take(8);
				break;
			case 2: {
				const content = reader.take(reader.varint());
				if (field?.type === 'string') object[field.name] = content.toString();
				else if (field?.message) object[field.name] = decodeMessage(field.message, content);
				break;
			}
			case 5:
				reader.take(4);
				break;
			default:
				throw new RangeError('the message has a part of an unknown kind');
		}
	}
	return object;
}

/**
 * A posted object in its envelope.
 * @throws RangeError if it is none, or of a kind that is not read here
 */
export function decodeObject(bytes: Buffer): JsonObject {
	if (bytes.subarray(0, 4).toString('latin1') !== 'k8s\0')
		throw new RangeError('the body does not begin as protobuf does');
	let kind = '';
	let raw: Buffer = Buffer.alloc(0);
	const reader = new Reader(bytes.subarray(4));
	while (!reader.done) {
		const tag = reader.varint();
		if ((tag & 7) !== 2) throw new RangeError('the envelope is not that of Kubernetes');
		const content = reader.take(reader.varint());
		if (tag >> 3 === 1) kind = typeOf(content);
		else if (tag >> 3 === 2) raw = content;
	}
	const type = messageType(kind);
	if (!type) throw new RangeError(`objects of kind "${kind}" are not read here`);
	return { kind, ...decodeMessage(type, raw) };
}

/** The kind in a TypeMeta. */
function typeOf(bytes: Buffer): string {
	const reader = new Reader(bytes);
	let kind = '';
	while (!reader.done) {
		const tag = reader.varint();
		const content = reader.take(reader.varint());
		if (tag >> 3 === 2) kind = content.toString();
	}
	return kind;
}
