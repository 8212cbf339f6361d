/**
 * Reads a list in protobuf while its bytes come: items are read out of the chunks in place, and only one that lies across
 * two of them is copied. No answer is ever held as a whole.
 */
import { damage } from '../../messages/en/sources.ts';
import type { ListMeta } from '../../model/records.ts';
import { type ListStream, WireError } from '../answer.ts';
import { checkTail, openAnswer, openHead } from './envelope.ts';
import { emptyListMeta, readList, readListField } from './metadata.ts';
import { fieldEnd, ProtobufReader } from './reader.ts';

const nothing = Buffer.alloc(0);
/** Bytes of a field's tag and length. */
const longestHead = 20;

export class ProtobufListStream implements ListStream {
	readonly #kind: string;
	readonly #what: string;
	readonly #readItem: (reader: ProtobufReader) => void;
	readonly #meta: ListMeta = emptyListMeta();
	/** What came and is not read yet. */
	#rest: Buffer = nothing;
	/** Bytes of the list's message that have not come yet; −1 while the head of the answer has not. */
	#left = -1;
	/** It is not what was asked for, or not in the usual order: it is read when it is whole. */
	#unusual = false;
	#hasItems = false;

	constructor(kind: string, what: string, readItem: (reader: ProtobufReader) => void) {
		this.#kind = kind;
		this.#what = what;
		this.#readItem = readItem;
	}

	/** ListMeta is the first field; once items come, it is read. */
	get meta(): ListMeta | null {
		return this.#hasItems ? this.#meta : null;
	}

	push(chunk: Buffer): void {
		if (this.#rest.length === 0) {
			this.#read(chunk);
		} else if (this.#unusual || this.#left <= 0) {
			this.#read(Buffer.concat([this.#rest, chunk]));
		} else {
			const taken = this.#readAcross(chunk);
			if (taken < chunk.length) {
				this.#read(chunk.subarray(taken));
			}
		}
	}

	#read(bytes: Buffer): void {
		this.#rest = nothing;
		let start = 0;
		if (this.#left < 0 && !this.#unusual) {
			const head = openHead(bytes);
			if (head === null) {
				this.#rest = bytes;
				return;
			}
			this.#unusual = head.kind !== this.#kind;
			this.#left = head.length;
			start = this.#unusual ? 0 : head.end;
		}
		if (this.#unusual || this.#left === 0) {
			this.#rest = bytes.subarray(start);
			return;
		}
		this.#readFields(bytes, start);
	}

	/** Reads the field that lies across the last chunk and this one. @returns how many bytes of this one it takes */
	#readAcross(chunk: Buffer): number {
		const rest = this.#rest;
		const beginning = Buffer.concat([rest, chunk.subarray(0, longestHead)]);
		const length = fieldEnd(beginning, 0, Math.min(beginning.length, this.#left));
		const taken = length < 0 ? chunk.length : Math.min(chunk.length, length - rest.length);
		this.#read(Buffer.concat([rest, chunk.subarray(0, taken)]));
		return taken;
	}

	end(): ListMeta {
		if (this.#unusual || this.#left < 0) {
			return readList(openAnswer(this.#rest, this.#kind, this.#what), this.#readItem);
		}
		if (this.#left > 0) {
			throw new WireError(damage.endsTooEarly);
		}
		checkTail(this.#rest);
		return this.#meta;
	}

	#readFields(bytes: Buffer, start: number): void {
		const end = Math.min(bytes.length, start + this.#left);
		const reader = new ProtobufReader(bytes, start, end);
		while (reader.position < end) {
			const position = fieldEnd(bytes, reader.position, end);
			if (position < 0) {
				break;
			}
			if (position - start > this.#left) {
				throw new WireError(damage.overrun);
			}
			if (position > end) {
				break;
			}
			reader.end = position;
			reader.next();
			this.#hasItems ||= reader.field === 2;
			readListField(reader, this.#meta, this.#readItem);
			reader.end = end;
		}
		this.#left -= reader.position - start;
		this.#rest = Buffer.from(bytes.subarray(reader.position));
	}
}
