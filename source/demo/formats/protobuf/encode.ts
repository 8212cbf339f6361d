import { type Json, type JsonObject, secondsOf } from '../json.ts';
import type { Field, MessageType } from './schema.ts';
import { BackwardWriter } from './writer.ts';

const writer = new BackwardWriter();
const nothing: JsonObject = {};

function writeLength(before: number): void {
	writer.smallVarint(writer.length - before);
}

/** `1m2.5s` in nanoseconds. */
function nanoseconds(duration: string): number {
	const [, minutes = '0', rest = '0'] = /^(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(duration) ?? [];
	return Math.round((Number(minutes) * 60 + Number(rest)) * 1000) * 1_000_000;
}

/** Parts that the pods of a workload have in common, as the same object: encoded once. */
const commonTypes = new Set(['Container', 'Volume', 'Toleration', 'FieldsV1', 'ResourceRequirements']);
const known = new WeakMap<object, Buffer>();

/** Writes the value of a field with its length, without its tag. */
function writeDelimited(type: string, message: MessageType | undefined, value: Json): void {
	if (typeof value !== 'object' || value === null || !commonTypes.has(type)) {
		writeAnew(type, message, value);
		return;
	}
	const bytes = known.get(value);
	if (bytes) {
		writer.raw(bytes);
		return;
	}
	const before = writer.length;
	writeAnew(type, message, value);
	known.set(value, writer.copySince(before));
}

function writeAnew(type: string, message: MessageType | undefined, value: Json): void {
	const before = writer.length;
	switch (type) {
		case 'string':
			writer.text(typeof value === 'string' ? value : '');
			return;
		case 'Time':
			if (typeof value === 'string') {
				writer.smallVarint(0);
				writer.tag(2, 0);
				writer.varint(secondsOf(value));
				writer.tag(1, 0);
			}
			break;
		case 'Duration':
			writer.varint(typeof value === 'string' ? nanoseconds(value) : 0);
			writer.tag(1, 0);
			break;
		case 'Quantity':
			writer.text(typeof value === 'string' ? value : '0');
			writer.tag(1, 2);
			break;
		case 'FieldsV1':
			writer.text(JSON.stringify(value));
			writer.tag(1, 2);
			break;
		default:
			if (message) writeMessage(message, (value as JsonObject | undefined) ?? nothing);
	}
	writeLength(before);
}

function writeValue(field: Field, value: Json): void {
	switch (field.type) {
		case 'bool':
			writer.smallVarint(value === true ? 1 : 0);
			writer.tag(field.number, 0);
			return;
		case 'int32':
		case 'int64':
			writer.varint(typeof value === 'number' ? value : 0);
			writer.tag(field.number, 0);
			return;
		default:
			writeDelimited(field.type, field.message, value);
			writer.tag(field.number, 2);
	}
}

function writeMap(field: Field, entries: JsonObject): void {
	const keys = Object.keys(entries).sort();
	for (let index = keys.length - 1; index >= 0; index--) {
		const key = keys[index] ?? '';
		const before = writer.length;
		writeDelimited(field.type, field.message, entries[key]);
		writer.tag(2, 2);
		writer.text(key);
		writer.tag(1, 2);
		writeLength(before);
		writer.tag(field.number, 2);
	}
}

function writeMessage(type: MessageType, object: JsonObject): void {
	for (const field of type.fields) {
		const value = object[field.name];
		switch (field.mode) {
			case 'always':
				writeValue(field, value);
				break;
			case 'inline':
				writeValue(field, object);
				break;
			case 'optional':
				if (value !== undefined && value !== null) writeValue(field, value);
				break;
			case 'map':
				if (value) writeMap(field, value as JsonObject);
				break;
			default: {
				const list = (value ?? []) as readonly Json[];
				for (let index = list.length - 1; index >= 0; index--) writeValue(field, list[index]);
			}
		}
	}
}

/** One message's bytes, as Go's generated code writes them. */
export function encodeMessage(type: MessageType, object: JsonObject): Buffer {
	writeMessage(type, object);
	return writer.take();
}

const magic = Buffer.from('k8s\0');

/**
 * What comes before and after a message that is sent as a whole: `k8s\0` and a runtime.Unknown around it.
 * @param length of the message in bytes
 */
export function envelope(apiVersion: string, kind: string, length: number): { before: Buffer; after: Buffer } {
	// contentEncoding and contentType, empty.
	const after = Buffer.from([0x1a, 0, 0x22, 0]);
	writer.smallVarint(length);
	writer.tag(2, 2);
	const before = writer.length;
	writer.text(kind);
	writer.tag(2, 2);
	writer.text(apiVersion);
	writer.tag(1, 2);
	writeLength(before);
	writer.tag(1, 2);
	writer.raw(magic);
	return { before: writer.take(), after };
}

/** A message in its envelope. */
export function wrap(apiVersion: string, kind: string, message: Buffer): Buffer {
	const { before, after } = envelope(apiVersion, kind, message.length);
	return Buffer.concat([before, message, after]);
}

/**
 * Several items of a list, each with its tag and length: field 2 of every list message. What is encoded already is
 * written as it is.
 */
export function encodeItems(type: MessageType, items: readonly (JsonObject | Buffer)[]): Buffer {
	for (let index = items.length - 1; index >= 0; index--) {
		const before = writer.length;
		const item = items[index] ?? nothing;
		if (Buffer.isBuffer(item)) writer.raw(item);
		else writeMessage(type, item);
		writeLength(before);
		writer.tag(2, 2);
	}
	return writer.take();
}

/** Field 1 of every list message. */
export function listMeta(meta: Buffer): Buffer {
	writer.raw(meta);
	writer.smallVarint(meta.length);
	writer.tag(1, 2);
	return writer.take();
}

/** One frame of a watch: its length in four bytes, then a WatchEvent around the object in its envelope. */
export function watchFrame(type: string, object: Buffer): Buffer {
	const inner = writer.length;
	writer.raw(object);
	writer.smallVarint(object.length);
	writer.tag(1, 2);
	writeLength(inner);
	writer.tag(2, 2);
	writer.text(type);
	writer.tag(1, 2);
	const event = writer.take();
	const frame = Buffer.allocUnsafe(event.length + 4);
	frame.writeUInt32BE(event.length);
	event.copy(frame, 4);
	return frame;
}
