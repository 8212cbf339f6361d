import { since } from './age.ts';
import type { ApiObject, Json, JsonObject } from './json.ts';

/** One column of the Table form; `wide` ones are shown by `-o wide` only. */
export interface Column {
	name: string;
	wide?: boolean;
	type?: 'string' | 'integer' | 'boolean';
	format?: string;
}

/** How one kind of object becomes a row, as the printers of kube-apiserver make it. */
export interface TableFormat {
	columns: readonly Column[];
	/** @param now ms since 1970 */
	cells(object: ApiObject, now: number): readonly Json[];
	/** Conditions of the row: kubectl hides or shows rows by them. */
	conditions?(object: ApiObject): readonly JsonObject[] | undefined;
}

const descriptions: Readonly<Record<string, string>> = {
	Name: 'Name must be unique within a namespace.',
	Age: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
};

export function columnDefinitions(format: TableFormat): JsonObject[] {
	return format.columns.map((column) => ({
		name: column.name,
		type: column.type ?? 'string',
		format: column.format ?? (column.name === 'Name' ? 'name' : ''),
		description: descriptions[column.name] ?? '',
		priority: column.wide ? 1 : 0,
	}));
}

export const age = (object: ApiObject, now: number): string => since(object.metadata.creationTimestamp, now);

/** A member of an object as an object, empty if it is none. */
export function part(value: Json): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** A member of an object as a list of objects. */
export function parts(value: Json): readonly JsonObject[] {
	return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

export const text = (value: Json, otherwise = ''): string =>
	typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : otherwise;
export const count = (value: Json): number => (typeof value === 'number' ? value : 0);

/** `a=b,c=d`, in order of the keys. */
export function formatLabels(labels: JsonObject): string {
	const pairs = Object.entries(labels).map(([key, value]) => `${key}=${text(value)}`);
	return pairs.length > 0 ? pairs.sort().join(',') : '<none>';
}

export const nameColumn: Column = { name: 'Name' };
export const ageColumn: Column = { name: 'Age' };
export const wide = (name: string): Column => ({ name, wide: true });
export const integer = (name: string): Column => ({ name, type: 'integer' });
