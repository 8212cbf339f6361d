import { setTimeout as sleep } from 'node:timers/promises';

/** No server makes us wait longer than this before we ask again, in ms. */
export const longestRetryAfter = 60_000;

/**
 * How long to wait before repetition number `attempt` (0 = the first), in ms: exponential from `base` up to `cap`, with
 * the upper half of it random, so that many clients of a server that comes back do not arrive at once ("equal jitter",
 * AWS Architecture Blog, Exponential Backoff And Jitter).
 */
export function backoff(attempt: number, base = 250, cap = 30_000, random: () => number = Math.random): number {
	const full = Math.min(cap, base * 2 ** Math.min(attempt, 30));
	return full / 2 + (full / 2) * random();
}

/**
 * What a `Retry-After` header says, in ms from now: seconds or an HTTP date (RFC 9110 §10.2.3), at most a minute.
 * NaN if there is none or it cannot be read.
 *
 * @param now the server's time in ms, for dates
 */
export function retryAfter(header: string | undefined, now: number): number {
	if (header === undefined || header.trim() === '') {
		return Number.NaN;
	}
	const text = header.trim();
	const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return Number.isNaN(wait) ? Number.NaN : Math.min(longestRetryAfter, Math.max(0, wait));
}

/** Waits, and ends early with the signal's reason thrown. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	try {
		await sleep(milliseconds, undefined, signal ? { signal } : {});
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	}
}

/** The promise's outcome, or the signal's reason as soon as it is aborted; the promise itself goes on. */
export async function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) {
		return promise;
	}
	// Nobody may be left to hear of its failure.
	promise.catch(() => {});
	signal.throwIfAborted();
	const { promise: aborted, reject } = Promise.withResolvers<never>();
	const onAbort = (): void => reject(signal.reason);
	signal.addEventListener('abort', onAbort, { once: true });
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
