/** Requests and limits with NaN for "not set", and the few operations that Kubernetes' arithmetic needs on them. */
import type { Resources } from './records.ts';

export function noResources(): Resources {
	return {
		cpuRequest: Number.NaN,
		cpuLimit: Number.NaN,
		memoryRequest: Number.NaN,
		memoryLimit: Number.NaN,
	};
}

export function clearResources(resources: Resources): void {
	resources.cpuRequest = Number.NaN;
	resources.cpuLimit = Number.NaN;
	resources.memoryRequest = Number.NaN;
	resources.memoryLimit = Number.NaN;
}

/** @returns `to` */
export function copyResources(from: Resources, to: Resources): Resources {
	to.cpuRequest = from.cpuRequest;
	to.cpuLimit = from.cpuLimit;
	to.memoryRequest = from.memoryRequest;
	to.memoryLimit = from.memoryLimit;
	return to;
}

/** Sum of what is set; NaN if neither is. */
export function sum(a: number, b: number): number {
	return Number.isNaN(a) ? b : Number.isNaN(b) ? a : a + b;
}

/** The greater of what is set; NaN if neither is. */
export function greater(a: number, b: number): number {
	return Number.isNaN(a) || b > a ? b : a;
}
