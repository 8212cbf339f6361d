/** What all objects of the API have. */

import { clean } from '../../../model/clean.ts';
import { type JsonObject, objectField, textField } from '../../../sources/json/fields.ts';

export function metadataOf(object: JsonObject): JsonObject {
	return objectField(object, 'metadata');
}

/** A map of texts: labels, annotations, a selector. What is no text is left out. */
export function textsOf(parent: JsonObject, name: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(objectField(parent, name)).flatMap(([key, value]) =>
			typeof value === 'string' ? [[clean(key), clean(value).slice(0, 500)]] : [],
		),
	);
}

export function textList(parent: JsonObject, name: string): readonly string[] {
	const value = parent[name];
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string').map((item) => clean(item)) : [];
}

/** `Kind/name` of the controlling owner, '' if there is none. */
export function ownerOf(object: JsonObject): string {
	const owners = metadataOf(object)['ownerReferences'];
	const owner = Array.isArray(owners)
		? (owners as JsonObject[]).find(({ controller }) => controller === true)
		: undefined;
	return owner === undefined ? '' : `${textField(owner, 'kind')}/${textField(owner, 'name')}`;
}
