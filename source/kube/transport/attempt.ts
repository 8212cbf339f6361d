import type { PreparedRequest } from './prepared-request.ts';

/** One sending of a request. */
export class Attempt {
	readonly request: PreparedRequest;
	/** How often it had been sent before. */
	readonly retries: number;
	readonly startedAt = performance.now();

	constructor(request: PreparedRequest, retries: number) {
		this.request = request;
		this.retries = retries;
	}
}
