import type { Allotment } from '../model/workload.ts';
import type { JsonObject } from './json.ts';

const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const decimalSuffixes = ['n', 'u', 'm', ''];

/** Bytes in the largest binary unit that divides them, as Kubernetes writes them: `8436Ki`, `12Mi`. */
export function binaryQuantity(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value !== 0 && value % 1024 === 0 && unit < binarySuffixes.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${value}${binarySuffixes[unit]}`;
}

/** Nanocores in the largest decimal unit that divides them: `4489n`, `250m`, `2`. */
export function cpuQuantity(nanocores: number): string {
	if (nanocores === 0) return '0';
	let value = nanocores;
	let unit = 0;
	while (value % 1000 === 0 && unit < decimalSuffixes.length - 1) {
		value /= 1000;
		unit++;
	}
	return `${value}${decimalSuffixes[unit]}`;
}

const mebibyte = 1024 * 1024;

/** Requests or limits as a resource list; nothing if there are none. */
export function resourceList(allotment: Allotment | undefined): JsonObject | undefined {
	if (!allotment || (allotment.cpu === undefined && allotment.memory === undefined)) return undefined;
	return {
		...(allotment.cpu === undefined ? {} : { cpu: cpuQuantity(allotment.cpu * 1_000_000) }),
		...(allotment.memory === undefined ? {} : { memory: binaryQuantity(allotment.memory * mebibyte) }),
	};
}

export function resourceRequirements(limits: Allotment | undefined, requests: Allotment | undefined): JsonObject {
	const limitList = resourceList(limits);
	const requestList = resourceList(requests);
	return { ...(limitList ? { limits: limitList } : {}), ...(requestList ? { requests: requestList } : {}) };
}
