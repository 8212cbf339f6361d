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

const day = 86_400;
/** The last days that were written, by their number since 1970: nearly all times fall on one of few. */
const days = new Map<number, string>();

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** A time as the API writes it, to the second: `2026-11-21T10:16:48Z`. @param time ms since 1970 */
export function apiTime(time: number): string {
	const seconds = Math.floor(time / 1000);
	const number = Math.floor(seconds / day);
	let date = days.get(number);
	if (date === undefined) {
		date = new Date(number * day * 1000).toISOString().slice(0, 10);
		if (days.size > 5000) days.clear();
		days.set(number, date);
	}
	const rest = seconds - number * day;
	return `${date}T${twoDigits(Math.floor(rest / 3600))}:${twoDigits(Math.floor(rest / 60) % 60)}:${twoDigits(rest % 60)}Z`;
}

const dayNumbers = new Map<string, number>();

/** Seconds since 1970 of what {@link apiTime} wrote. */
export function secondsOf(time: string): number {
	const date = time.slice(0, 10);
	let number = dayNumbers.get(date);
	if (number === undefined) {
		number = Date.parse(`${date}T00:00:00Z`) / 1000;
		if (dayNumbers.size > 5000) dayNumbers.clear();
		dayNumbers.set(date, number);
	}
	const two = (at: number): number => (time.charCodeAt(at) - 48) * 10 + time.charCodeAt(at + 1) - 48;
	return number + two(11) * 3600 + two(14) * 60 + two(17);
}

/** A time to the microsecond, as Lease and Event write it. @param time ms since 1970 */
export function apiMicroTime(time: number): string {
	return new Date(Math.floor(time)).toISOString().replace('Z', '000Z');
}
