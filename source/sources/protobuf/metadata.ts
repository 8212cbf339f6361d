/** Messages that every object has, by the field numbers of apimachinery's generated.proto files (meta/v1, api/resource). */
import { damage } from '../../messages/en/sources.ts';
import { parseQuantityBytes } from '../../model/quantity.ts';
import type { ListMeta } from '../../model/records.ts';
import { WireError } from '../answer.ts';
import { RecentBytes } from '../recent-bytes.ts';
import { words } from '../strings.ts';
import { initialEventsEndAnnotation } from '../watch-event.ts';
import type { WatchedObject } from './envelope.ts';
import type { ProtobufReader } from './reader.ts';

/** `ListMeta`, from the current field. */
export function readListMeta(reader: ProtobufReader, meta: ListMeta): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 2:
				meta.resourceVersion = reader.text();
				break;
			case 3:
				meta.continueToken = reader.text();
				break;
			case 4:
				meta.remainingItemCount = reader.integer();
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/**
 * Reads a list: `ListMeta` in field 1, items in field 2, each handed to `readItem` with the reader inside it. An
 * object that stands in the list without a name is an error.
 */
export function readList(reader: ProtobufReader, readItem: (reader: ProtobufReader) => void): ListMeta {
	const meta = emptyListMeta();
	while (reader.next()) {
		readListField(reader, meta, readItem);
	}
	return meta;
}

export function emptyListMeta(): ListMeta {
	return { resourceVersion: '', continueToken: '', remainingItemCount: Number.NaN };
}

/** The current field of a list. */
export function readListField(
	reader: ProtobufReader,
	meta: ListMeta,
	readItem: (reader: ProtobufReader) => void,
): void {
	switch (reader.field) {
		case 1:
			readListMeta(reader, meta);
			break;
		case 2: {
			const outer = reader.enter();
			readItem(reader);
			reader.leave(outer);
			break;
		}
		default:
			reader.skip();
	}
}

/** `Time`: seconds since 1970; Kubernetes ignores the nanoseconds. NaN for an empty one. */
export function readTime(reader: ProtobufReader): number {
	let time = Number.NaN;
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			time = reader.integer() * 1000;
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return time;
}

/** `Duration`, nanoseconds on the wire, in milliseconds. */
export function readDuration(reader: ProtobufReader): number {
	let duration = 0;
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			duration = reader.integer() / 1e6;
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return duration;
}

/** What {@link readMapEntry} found: the key, and where the value's bytes are. Good until the next call. */
export const mapEntry = { key: '', start: 0, end: 0 };

/** An entry of a map from strings to strings or messages: `key = 1`, `value = 2`. */
export function readMapEntry(reader: ProtobufReader): void {
	mapEntry.key = '';
	mapEntry.start = 0;
	mapEntry.end = 0;
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1: {
				const start = reader.stretch();
				mapEntry.key = keyOf(reader.bytes, start, reader.position);
				break;
			}
			case 2:
				mapEntry.start = reader.stretch();
				mapEntry.end = reader.position;
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

const cpu = Buffer.from('cpu');
const memory = Buffer.from('memory');

/** The two keys that come by the million are told by their bytes, which takes less than looking them up. */
function keyOf(bytes: Buffer, start: number, end: number): string {
	if (holds(bytes, start, end, cpu)) {
		return 'cpu';
	}
	return holds(bytes, start, end, memory) ? 'memory' : words.fromBytes(bytes, start, end);
}

/** Whether `bytes[start, end)` are these. */
export function holds(bytes: Buffer, start: number, end: number, wanted: Buffer): boolean {
	if (end - start !== wanted.length) {
		return false;
	}
	for (let index = 0; index < wanted.length; index++) {
		if (bytes[start + index] !== wanted[index]) {
			return false;
		}
	}
	return true;
}

/** The value of a string map's entry. */
export function mapEntryWord(reader: ProtobufReader): string {
	return words.fromBytes(reader.bytes, mapEntry.start, mapEntry.end);
}

/** The value of a `ResourceList`'s entry, a `Quantity` message, whose only field is `string = 1`. */
export function mapEntryQuantity(reader: ProtobufReader, unit: 'cpu' | 'bytes'): number {
	const { position, end } = reader;
	reader.position = mapEntry.start;
	reader.end = mapEntry.end;
	let value = Number.NaN;
	while (reader.next()) {
		if (reader.field === 1) {
			const start = reader.stretch();
			value = parseQuantityBytes(reader.bytes, start, reader.position, unit);
			if (Number.isNaN(value)) {
				throw new WireError(damage.quantity(words.fromBytes(reader.bytes, start, reader.position)));
			}
		} else {
			reader.skip();
		}
	}
	reader.position = position;
	reader.end = end;
	return value;
}

/** Pods of one owner come one after another. */
const recentOwners = new RecentBytes<string>(256, 64);

/** `kind/name` of an `OwnerReference` if it is the controller, else ''. */
export function readControllingOwner(reader: ProtobufReader): string {
	const { bytes } = reader;
	const start = reader.stretch();
	const end = reader.position;
	if (start === end) {
		return '';
	}
	const known = recentOwners.find(bytes, start, end);
	if (known !== undefined) {
		return known;
	}
	reader.position = start;
	const owner = readOwner(reader, end);
	recentOwners.keep(bytes, start, end, owner);
	return owner;
}

/** The message that ends there. */
function readOwner(reader: ProtobufReader, end: number): string {
	let kind = '';
	let name = '';
	let controller = false;
	const outer = reader.end;
	reader.end = end;
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				kind = reader.word();
				break;
			case 3:
				name = reader.word();
				break;
			case 6:
				controller = reader.flag();
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
	return controller ? words.pair(kind, name) : '';
}

/** What a bookmark says: an object of which only `metadata.resourceVersion` and annotations are set. */
export function readBookmark(reader: ProtobufReader): WatchedObject {
	const bookmark: WatchedObject = { resourceVersion: '', initialEventsEnd: false };
	while (reader.next()) {
		if (reader.field === 1) {
			readBookmarkMetadata(reader, bookmark);
		} else {
			reader.skip();
		}
	}
	return bookmark;
}

function readBookmarkMetadata(reader: ProtobufReader, bookmark: WatchedObject): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 6:
				bookmark.resourceVersion = reader.text();
				break;
			case 12:
				readMapEntry(reader);
				bookmark.initialEventsEnd ||= mapEntry.key === initialEventsEndAnnotation && mapEntryWord(reader) === 'true';
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}
