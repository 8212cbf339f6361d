/**
 * What Kubernetes wraps around its protobuf objects (k8s.io/apimachinery/pkg/runtime/serializer/protobuf): four bytes
 * `k8s\0`, then `runtime.Unknown`, which names the kind and holds the object's bytes. A watch frame is a
 * `metav1.WatchEvent` without those four bytes; the object inside it has them.
 */
import { damage, refusedInstead } from '../../messages/en/sources.ts';
import type { WatchEventMeta } from '../../model/records.ts';
import { WireError } from '../answer.ts';
import { watchEventType } from '../watch-event.ts';
import { ProtobufReader } from './reader.ts';

const magic = Buffer.from('k8s\0', 'latin1');

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
			case 3: {
				const encoding = reader.word();
				if (encoding !== '') {
					throw new WireError(damage.encoded(encoding));
				}
				break;
			}
			default:
				reader.skip();
		}
	}
	if (rawStart < 0) {
		throw new WireError(damage.endsTooEarly);
	}
	return { kind, reader: new ProtobufReader(bytes, rawStart, rawEnd) };
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
