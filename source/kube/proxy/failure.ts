import type { ProxyServer } from './proxy.ts';

/**
 * What went wrong at the proxy:
 *
 * - `unreachable`: no connection to it (`code` says why)
 * - `not-encrypted`, `certificate`: it should speak TLS and does not, or with a certificate that is not accepted
 * - `silent`: it did not answer in time
 * - `closed`: it closed the connection before it answered
 * - `not-a-proxy`: it answered with something else
 * - `login`: it wants a name and a password, or others than it was given
 * - `refused`: it answered that it will not, or cannot (`said`: its status line, or SOCKS' reason)
 */
export type ProxyProblem =
	| 'unreachable'
	| 'not-encrypted'
	| 'certificate'
	| 'silent'
	| 'closed'
	| 'not-a-proxy'
	| 'login'
	| 'refused';

export interface ProxyFailureDetails {
	/** The proxy's status, 0 if it has none. */
	status?: number;
	/** In its own words, not cleaned. */
	said?: string;
	/** Schemes of login that it offers. */
	schemes?: readonly string[];
	/** How long it was waited for, in ms. */
	after?: number;
	code?: string;
}

/** A connection to a server that failed at the proxy: the server itself was never asked. */
export class ProxyFailure extends Error {
	readonly proxy: ProxyServer;
	readonly problem: ProxyProblem;
	readonly status: number;
	readonly said: string;
	readonly schemes: readonly string[];
	readonly after: number;
	/** Of the system's or TLS' error, as Node.js' errors have it. */
	readonly code: string;

	constructor(proxy: ProxyServer, problem: ProxyProblem, details: ProxyFailureDetails = {}) {
		super(`proxy: ${problem}${details.status ? ` ${details.status}` : ''}`);
		this.proxy = proxy;
		this.problem = problem;
		this.status = details.status ?? 0;
		this.said = details.said ?? '';
		this.schemes = details.schemes ?? [];
		this.after = details.after ?? Number.NaN;
		this.code = details.code ?? '';
	}
}
