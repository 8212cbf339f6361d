import type { ApiObject, JsonObject } from '../formats/json.ts';
import { encodeMessage, wrap } from '../formats/protobuf/encode.ts';
import { messageType } from '../formats/protobuf/schema.ts';
import { columnDefinitions } from '../formats/table.ts';
import type { Entry } from './collection.ts';
import type { Representation } from './representation.ts';
import type { ResourceType } from './resources.ts';

export function apiVersionOf(type: ResourceType): string {
	return type.group ? `${type.group}/${type.version}` : type.version;
}

/** The object as it stands alone. */
export function whole(type: ResourceType, object: ApiObject): JsonObject {
	return { kind: type.kind, apiVersion: apiVersionOf(type), ...object };
}

function metadataOnly(object: ApiObject): JsonObject {
	return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** What a table row carries besides its cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export function tableRow(type: ResourceType, object: ApiObject, include: IncludeObject, now: number): JsonObject {
	const conditions = type.table.conditions?.(object);
	const carried = include === 'None' ? null : include === 'Object' ? whole(type, object) : metadataOnly(object);
	return { cells: type.table.cells(object, now), ...(conditions ? { conditions } : {}), object: carried };
}

export function table(
	type: ResourceType,
	metadata: JsonObject,
	rows: readonly JsonObject[],
	withColumns = true,
): JsonObject {
	const columns = withColumns ? columnDefinitions(type.table) : null;
	return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: columns, rows };
}

function remember<T extends Buffer | string>(entry: Entry, form: string, make: () => T): T {
	const known = entry.encoded?.get(form);
	if (known !== undefined) return known as T;
	const made = make();
	entry.encoded?.set(form, made);
	return made;
}

/** An item of a JSON list: without kind and apiVersion. */
export function itemJson(entry: Entry): string {
	return remember(entry, 'json', () => JSON.stringify(entry.object()));
}

export function metadataJson(entry: Entry): string {
	return remember(entry, 'metadata', () => JSON.stringify(metadataOnly(entry.object())));
}

/** The object's protobuf message. */
export function itemProtobuf(type: ResourceType, entry: Entry): Buffer {
	const message = messageType(type.kind);
	if (!message) throw new Error(`${type.kind} has no protobuf here`);
	return remember(entry, 'protobuf', () => encodeMessage(message, entry.object()));
}

/** One object on its own. */
export function encodeObject(
	type: ResourceType,
	entry: Entry,
	form: Representation,
	include: IncludeObject,
	now: number,
): Buffer | JsonObject {
	switch (form) {
		case 'protobuf':
			return wrap(apiVersionOf(type), type.kind, itemProtobuf(type, entry));
		case 'metadata':
			return metadataOnly(entry.object());
		case 'table': {
			const object = entry.object();
			const { resourceVersion } = object.metadata;
			return table(type, resourceVersion ? { resourceVersion } : {}, [tableRow(type, object, include, now)]);
		}
		default:
			return whole(type, entry.object());
	}
}
