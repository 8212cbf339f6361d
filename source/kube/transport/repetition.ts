import { errorCode, KubeError } from '../errors.ts';
import { backoff } from '../retry.ts';
import { NoAnswerInTime, SendFailure } from './send.ts';

/** Why we broke off a request ourselves: its connection is given up. */
export class ConnectionsRenewed extends Error {}

const connectRetries = 2;
const throttleRetries = 5;

/** System errors after which a connection may well be had a moment later. */
const connectionTrouble =
	/^(?:ECONNREFUSED|ECONNRESET|EPIPE|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/;

/** Statuses that are repeated where the server says when; 429 is in any case. */
const comeAgain: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** Whether one request is sent again, and when. It counts what it allowed. */
export class Repetition {
	/** How often it was allowed, for whatever reason. */
	count = 0;
	readonly #retries: number | undefined;
	#connect = 0;
	#throttled = 0;
	#resets = 0;
	#renewals = 0;

	/** @param retries as in RequestOptions: bounds repetitions after failed connections and throttling */
	constructor(retries: number | undefined) {
		this.#retries = retries;
	}

	/**
	 * How long to wait before it is sent again after an error, in ms; null = not at all.
	 *
	 * A connection that was given up, or that had served before and was closed at the other end between two requests, is
	 * no failure of the server: then it is sent again at once, whatever `retries` says.
	 */
	pauseAfter(error: unknown): number | null {
		const pause = this.#pauseAfter(error);
		this.count += pause === null ? 0 : 1;
		return pause;
	}

	/** True the first time: credentials are made anew once a request. */
	mayRenewCredentials(): boolean {
		this.#renewals++;
		this.count += this.#renewals === 1 ? 1 : 0;
		return this.#renewals === 1;
	}

	#pauseAfter(error: unknown): number | null {
		if (error instanceof SendFailure) {
			const code = errorCode(error.error);
			const given = error.error instanceof ConnectionsRenewed || (error.reused && /^(?:ECONNRESET|EPIPE)$/.test(code));
			if (given && this.#resets++ === 0) {
				return 0;
			}
			const mayPass = !(error.error instanceof NoAnswerInTime) && connectionTrouble.test(code);
			return mayPass && this.#connect < (this.#retries ?? connectRetries) ? backoff(this.#connect++) : null;
		}
		if (!(error instanceof KubeError)) {
			return null;
		}
		const asked = error.status === 429 || (comeAgain.has(error.status) && !Number.isNaN(error.retryAfter));
		if (!asked || this.#throttled >= (this.#retries ?? throttleRetries)) {
			return null;
		}
		const own = backoff(this.#throttled++);
		return Number.isNaN(error.retryAfter) ? own : error.retryAfter + own / 2;
	}
}
