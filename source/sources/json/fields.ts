/**
 * Fields of parsed JSON. What is absent or null is empty, as in Go; what has another type than the API gives it is a
 * `WireError`: nothing is guessed from a damaged answer.
 */
import { damage } from '../../messages/en/sources.ts';
import { parseBytes, parseCpu } from '../../model/quantity.ts';
import { parseDuration, parseTime } from '../../model/time.ts';
import { WireError } from '../answer.ts';
import { stringFromText, words } from '../strings.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: JsonObject = {};
const none: readonly unknown[] = [];

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a whole answer or frame, whose outermost value must be an object. */
export function parseJson(body: Buffer): JsonObject {
	let value: unknown;
	try {
		value = JSON.parse(body.toString());
	} catch {
		// The engine's message quotes the text around the fault, which may be anything.
		throw new WireError(damage.notJson);
	}
	if (!isObject(value)) {
		throw new WireError(damage.notJson);
	}
	return value;
}

export function objectField(parent: JsonObject, name: string): JsonObject {
	const value = parent[name];
	if (value === undefined || value === null) {
		return nothing;
	}
	if (!isObject(value)) {
		throw new WireError(damage.notOfType(name, 'an object'));
	}
	return value;
}

export function has(parent: JsonObject, name: string): boolean {
	return parent[name] !== undefined && parent[name] !== null;
}

/** The objects of a list. */
export function* objectsField(parent: JsonObject, name: string): Generator<JsonObject> {
	const value = parent[name] ?? none;
	if (!Array.isArray(value)) {
		throw new WireError(damage.notOfType(name, 'a list'));
	}
	for (const item of value) {
		if (!isObject(item)) {
			throw new WireError(damage.notOfType(name, 'a list of objects'));
		}
		yield item;
	}
}

function rawText(parent: JsonObject, name: string): string {
	const value = parent[name];
	if (value === undefined || value === null) {
		return '';
	}
	if (typeof value !== 'string') {
		throw new WireError(damage.notOfType(name, 'text'));
	}
	return value;
}

/** A string that comes only once. */
export function textField(parent: JsonObject, name: string): string {
	return stringFromText(rawText(parent, name));
}

/** A string that is likely to come again. */
export function wordField(parent: JsonObject, name: string): string {
	return words.fromText(rawText(parent, name));
}

/** A number, or `absent` if there is none. */
export function numberField(parent: JsonObject, name: string, absent: number): number {
	const value = parent[name];
	if (value === undefined || value === null) {
		return absent;
	}
	if (typeof value !== 'number') {
		throw new WireError(damage.notOfType(name, 'a number'));
	}
	return value;
}

export function flagField(parent: JsonObject, name: string): boolean {
	const value = parent[name];
	if (value === undefined || value === null) {
		return false;
	}
	if (typeof value !== 'boolean') {
		throw new WireError(damage.notOfType(name, 'true or false'));
	}
	return value;
}

/** A time in ms since 1970, whole seconds as in protobuf; NaN if there is none. */
export function timeField(parent: JsonObject, name: string): number {
	const text = rawText(parent, name);
	if (text === '') {
		return Number.NaN;
	}
	const time = parseTime(text);
	if (Number.isNaN(time) && !text.startsWith('0001-')) {
		throw new WireError(damage.notOfType(name, 'a time'));
	}
	return Math.floor(time / 1000) * 1000;
}

/** A Go duration in ms; NaN if there is none. */
export function durationField(parent: JsonObject, name: string): number {
	const text = rawText(parent, name);
	if (text === '') {
		return Number.NaN;
	}
	const duration = parseDuration(text);
	if (Number.isNaN(duration)) {
		throw new WireError(damage.notOfType(name, 'a duration'));
	}
	return duration;
}

/** A quantity of a `ResourceList`, NaN if it is not in it. Servers write text; Go reads plain numbers too. */
export function quantityField(list: JsonObject, name: string, unit: 'cpu' | 'bytes'): number {
	const value = list[name];
	if (value === undefined || value === null) {
		return Number.NaN;
	}
	const text = typeof value === 'number' ? String(value) : rawText(list, name);
	const quantity = unit === 'cpu' ? parseCpu(text) : parseBytes(text);
	if (Number.isNaN(quantity)) {
		throw new WireError(damage.quantity(stringFromText(text)));
	}
	return quantity;
}
