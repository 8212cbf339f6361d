/**
 * What Kubernetes wraps around its protobuf objects (k8s.io/apimachinery/pkg/runtime/serializer/protobuf): four bytes
 * `k8s\0`, then `runtime.Unknown`, which names the kind and holds the object's bytes. A watch frame is a
 * `metav1.WatchEvent` without those four bytes; the object inside it has them.
 */
import { damage, refusedInstead } from '../../messages/en/sources.ts';
import type { WatchEventMeta } from '../../model/records.ts';
import { WireError } from '../answer.ts';
import { watchEventType } from '../watch-event.ts';
import { fieldEnd, ProtobufReader } from './reader.ts';

const magic = Buffer.from('k8s\0', 'latin1');
/** Field 2, bytes. */
const rawTag = 0x12;

/** An object's kind, and a reader that stands at the beginning of its message and ends with it. */
export interface Envelope {
	kind: string;
	reader: ProtobufReader;
}

/** Opens the object in `bytes[start, end)`. */
export function openEnvelope(bytes: Buffer, start: number, end: number): Envelope {
	if (end - start < magic.length || bytes.compare(magic, 0, magic.length, start, start + magic.length) !== 0) {
		throw new WireError(damage.noEnvelope);
	}
	const reader = new ProtobufReader(bytes, start + magic.length, end);
	let kind = '';
	let rawStart = -1;
	let rawEnd = -1;
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				kind = readKind(reader);
				break;
			case 2:
				rawStart = reader.stretch();
				rawEnd = reader.position;
				break;
			case 3:
				checkEncoding(reader.word());
				break;
			default:
				reader.skip();
		}
	}
	if (rawStart < 0) {
		throw new WireError(damage.endsTooEarly);
	}
	return { kind, reader: new ProtobufReader(bytes, rawStart, rawEnd) };
}

/** What stands before an object's message. */
export interface Head {
	kind: string;
	/** Where the object's message begins, and how long it is. */
	end: number;
	length: number;
}

/**
 * Reads what stands before the message of the object that `bytes` begin with; null if that has not come as a whole yet.
 * Where the message does not come second, as it does from every server, the kind is ''.
 */
export function openHead(bytes: Buffer): Head | null {
	const unusual = { kind: '', end: 0, length: 0 };
	if (bytes.compare(magic, 0, Math.min(magic.length, bytes.length), 0, Math.min(magic.length, bytes.length)) !== 0) {
		return unusual;
	}
	const kindEnd = fieldEnd(bytes, magic.length, bytes.length);
	if (kindEnd < 0 || kindEnd > bytes.length) {
		return null;
	}
	const reader = new ProtobufReader(bytes, magic.length, kindEnd);
	if (!reader.next() || reader.field !== 1) {
		return unusual;
	}
	const kind = readKind(reader);
	const messageEnd = fieldEnd(bytes, kindEnd, bytes.length);
	if (messageEnd < 0) {
		return null;
	}
	if (bytes[kindEnd] !== rawTag) {
		return unusual;
	}
	const lengthReader = new ProtobufReader(bytes, kindEnd, messageEnd);
	lengthReader.next();
	const start = lengthReader.stretch();
	return { kind, end: start, length: messageEnd - start };
}

/** Reads what stands behind the object's message: how it is encoded, which is not at all. */
export function checkTail(bytes: Buffer): void {
	const reader = new ProtobufReader(bytes, 0, bytes.length);
	while (reader.next()) {
		if (reader.field === 3) {
			checkEncoding(reader.word());
		} else {
			reader.skip();
		}
	}
}

function checkEncoding(encoding: string): void {
	if (encoding !== '') {
		throw new WireError(damage.encoded(encoding));
	}
}

/** `runtime.TypeMeta`. */
function readKind(reader: ProtobufReader): string {
	let kind = '';
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 2) {
			kind = reader.word();
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return kind;
}

/** Opens an answer that should hold an object of this kind. An error of the API server is thrown in its words. */
export function openAnswer(body: Buffer, kind: string, what: string): ProtobufReader {
	const envelope = openEnvelope(body, 0, body.length);
	if (envelope.kind === 'Status') {
		throw new Error(refusedInstead(what, readStatus(envelope.reader).message));
	}
	if (envelope.kind !== kind) {
		throw new WireError(damage.kind(envelope.kind));
	}
	return envelope.reader;
}

/** `metav1.Status`: its code and message. */
function readStatus(reader: ProtobufReader): { code: number; message: string } {
	let code = 0;
	let message = '';
	while (reader.next()) {
		switch (reader.field) {
			case 3:
				message = reader.text();
				break;
			case 6:
				code = reader.integer();
				break;
			default:
				reader.skip();
		}
	}
	return { code, message };
}

/**
 * Reads a frame of a watch. For an object and a bookmark, `readObject` is called with the event's type and a reader at
 * the object's message; it returns the rest of the event's meta data.
 */
export function readWatchEvent(
	frame: Buffer,
	kind: string,
	readObject: (type: WatchEventMeta['type'], reader: ProtobufReader) => WatchedObject,
): WatchEventMeta {
	const reader = new ProtobufReader(frame, 0, frame.length);
	let typeText = '';
	let raw: Stretch | null = null;
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				typeText = reader.word();
				break;
			case 2:
				raw = readRawExtension(reader);
				break;
			default:
				reader.skip();
		}
	}
	const type = watchEventType(typeText);
	if (raw === null) {
		throw new WireError(damage.endsTooEarly);
	}
	const envelope = openEnvelope(frame, raw.start, raw.end);
	if (type === 'ERROR') {
		const { code, message } = readStatus(envelope.reader);
		return { type, resourceVersion: '', initialEventsEnd: false, code, message };
	}
	if (envelope.kind !== kind) {
		throw new WireError(damage.kind(envelope.kind));
	}
	const { resourceVersion, initialEventsEnd } = readObject(type, envelope.reader);
	return { type, resourceVersion, initialEventsEnd, code: 0, message: '' };
}

/** Part of a frame. */
interface Stretch {
	start: number;
	end: number;
}

/** `runtime.RawExtension`: where its bytes are. */
function readRawExtension(reader: ProtobufReader): Stretch | null {
	let raw: Stretch | null = null;
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			raw = { start: reader.stretch(), end: reader.position };
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return raw;
}

/** What a watch event says of the object it carries. */
export interface WatchedObject {
	resourceVersion: string;
	initialEventsEnd: boolean;
}
