/** A value as JSON has it. `undefined` members are left out when it is written. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;
export interface JsonObject {
	readonly [name: string]: Json;
}

export interface OwnerReference extends JsonObject {
	apiVersion: string;
	kind: string;
	name: string;
	uid: string;
	controller: true;
	blockOwnerDeletion: true;
}

export interface ObjectMeta extends JsonObject {
	name: string;
	generateName?: string;
	namespace?: string;
	uid?: string;
	resourceVersion?: string;
	generation?: number;
	creationTimestamp?: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Readonly<Record<string, string>>;
	annotations?: Readonly<Record<string, string>>;
	ownerReferences?: readonly OwnerReference[];
	managedFields?: readonly JsonObject[];
}

/** A Kubernetes object without its kind and apiVersion, as the items of a list are. */
export interface ApiObject extends JsonObject {
	metadata: ObjectMeta;
}

/** A time as the API writes it, to the second: `2026-11-21T10:16:48Z`. @param time ms since 1970 */
export function apiTime(time: number): string {
	return `${new Date(Math.floor(time / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** A time to the microsecond, as Lease and Event write it. @param time ms since 1970 */
export function apiMicroTime(time: number): string {
	return new Date(Math.floor(time)).toISOString().replace('Z', '000Z');
}
