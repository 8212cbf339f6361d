/**
 * Reads a list in JSON while its bytes come, item by item, and of each what is wanted. A page of 5,000 pods parsed as a
 * whole would stall everything for a third of a second.
 */
import { damage } from '../../messages/en/sources.ts';
import type { ListMeta } from '../../model/records.ts';
import { type ListStream, WireError } from '../answer.ts';
import { type JsonObject, parseJson } from './fields.ts';
import { readList, readListMeta } from './metadata.ts';
import { incomplete, Projection, type Shape, unusual } from './projection.ts';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const nothing = Buffer.alloc(0);
const itemsKey = Buffer.from('items');
const endOfList = Buffer.from(']}');

/** `head`: before the items. `items`: between them. `item`: in one. `tail`: behind them. */
type Place = 'head' | 'items' | 'item' | 'tail';

function isBlank(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export class JsonListStream implements ListStream {
	meta: ListMeta | null = null;
	readonly #kind: string;
	readonly #what: string;
	readonly #readItem: (item: JsonObject) => void;
	#place: Place = 'head';
	/** What came and is needed still; all of it up to `#position` was looked at. */
	#rest: Buffer = nothing;
	#position = 0;
	/** Brackets that are open, and whether the position is within a string or behind a backslash. */
	#depth = 0;
	#inString = false;
	#escaped = false;
	/** Where the last string of the head is, and whether it was the name of the items. */
	#string = { start: 0, end: 0 };
	#namesItems = false;
	#head: Buffer = nothing;
	#needsComma = false;
	#hasItems = false;
	readonly #projection: Projection;
	/** The item at hand is not written as usual. */
	#isUnusual = false;

	/** @param shape what `readItem` reads of an item */
	constructor(kind: string, what: string, shape: Shape, readItem: (item: JsonObject) => void) {
		this.#projection = new Projection(shape);
		this.#kind = kind;
		this.#what = what;
		this.#readItem = readItem;
	}

	push(chunk: Buffer): void {
		this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		let isGoingOn = true;
		while (isGoingOn) {
			switch (this.#place) {
				case 'head':
					isGoingOn = this.#readHead();
					break;
				case 'items':
					isGoingOn = this.#betweenItems();
					break;
				case 'item':
					isGoingOn = this.#readItemTo();
					break;
				case 'tail':
					isGoingOn = false;
					break;
			}
		}
	}

	end(): ListMeta {
		if (this.#place !== 'head' && this.#place !== 'tail') {
			throw new WireError(damage.notJson);
		}
		// Without its items it is short; what is wrong with it is wrong as a whole.
		return readList(Buffer.concat([this.#head, this.#rest]), this.#kind, this.#what, this.#readItem);
	}

	/** Looks for the list of items. Each of these returns whether it found the end of its place. */
	#readHead(): boolean {
		const bytes = this.#rest;
		for (; this.#position < bytes.length; this.#position++) {
			const byte = bytes[this.#position] as number;
			if (this.#isInString(byte)) {
				if (!this.#inString) {
					this.#string.end = this.#position;
				}
			} else if (byte === quote) {
				this.#inString = true;
				this.#string.start = this.#position + 1;
			} else if (byte === colon) {
				const { end, start } = this.#string;
				this.#namesItems = this.#depth === 1 && bytes.subarray(start, end).equals(itemsKey);
			} else if (byte === openBracket && this.#namesItems && this.#beginsItems()) {
				return true;
			} else if (byte === openBrace || byte === openBracket) {
				this.#depth++;
				this.#namesItems = false;
			} else if (byte === closeBrace || byte === closeBracket) {
				this.#depth--;
			} else if (!isBlank(byte)) {
				this.#namesItems = false;
			}
		}
		return false;
	}

	/** The items begin here; not if the answer is another than was asked for, or does not say first what it is. */
	#beginsItems(): boolean {
		const end = this.#position + 1;
		const head = this.#rest.subarray(0, end);
		const list = parseJson(Buffer.concat([head, endOfList]));
		if (this.#hasItems || list['kind'] !== this.#kind) {
			return false;
		}
		this.#hasItems = true;
		this.meta = readListMeta(list);
		this.#head = Buffer.from(head);
		this.#advance(end, 'items');
		return true;
	}

	#betweenItems(): boolean {
		const bytes = this.#rest;
		for (; this.#position < bytes.length; this.#position++) {
			const byte = bytes[this.#position] as number;
			if (isBlank(byte)) {
				continue;
			}
			if (byte === closeBracket) {
				this.#advance(this.#position, 'tail');
				return true;
			}
			if (byte === comma && this.#needsComma) {
				this.#needsComma = false;
			} else if (byte === openBrace && !this.#needsComma) {
				this.#advance(this.#position, 'item');
				return true;
			} else {
				throw new WireError(this.#needsComma ? damage.notJson : damage.notOfType('items', 'a list of objects'));
			}
		}
		return false;
	}

	#readItemTo(): boolean {
		if (!this.#isUnusual) {
			const item = this.#projection.read(this.#rest, 0);
			if (item === incomplete) {
				return false;
			}
			if (item !== unusual) {
				this.#readItem(item);
				this.#needsComma = true;
				this.#advance(this.#projection.position, 'items');
				return true;
			}
			this.#isUnusual = true;
		}
		return this.#readUnusualItem();
	}

	#readUnusualItem(): boolean {
		const bytes = this.#rest;
		for (; this.#position < bytes.length; this.#position++) {
			const byte = bytes[this.#position] as number;
			if (this.#isInString(byte)) {
				continue;
			}
			if (byte === quote) {
				this.#inString = true;
			} else if (byte === openBrace || byte === openBracket) {
				this.#depth++;
			} else if (byte === closeBrace || byte === closeBracket) {
				this.#depth--;
				if (this.#depth === 0) {
					const end = this.#position + 1;
					this.#isUnusual = false;
					this.#readItem(parseJson(bytes.subarray(0, end)));
					this.#needsComma = true;
					this.#advance(end, 'items');
					return true;
				}
			}
		}
		return false;
	}

	/** Whether the byte belongs to a string, its closing quote included. */
	#isInString(byte: number): boolean {
		if (!this.#inString) {
			return false;
		}
		if (this.#escaped) {
			this.#escaped = false;
		} else if (byte === backslash) {
			this.#escaped = true;
		} else if (byte === quote) {
			this.#inString = false;
		}
		return true;
	}

	#advance(to: number, place: Place): void {
		this.#rest = this.#rest.subarray(to);
		this.#position = 0;
		this.#depth = 0;
		this.#place = place;
	}
}
