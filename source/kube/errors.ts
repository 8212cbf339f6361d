import type { IncomingHttpHeaders } from 'node:http';

/**
 * What kind of thing went wrong on the way to an answer.
 *
 * - `configuration`: the kubeconfig or the flags cannot be used; nothing was asked.
 * - `credentials`: credentials could not be made, or the server refused them (401).
 * - `unreachable`: no connection, or it broke.
 * - `tls`: a connection, but the server's certificate or handshake is not acceptable.
 * - `timeout`: connected or not, nothing came in time.
 * - `status`: the server answered with an error status other than 401.
 * - `protocol`: an answer that is not one of a Kubernetes API.
 */
export type KubeErrorKind = 'configuration' | 'credentials' | 'unreachable' | 'tls' | 'timeout' | 'status' | 'protocol';

export interface KubeErrorDetails {
	id?: string;
	status?: number;
	reason?: string;
	body?: string;
	retryAfter?: number;
	retriable?: boolean;
	code?: string;
	headers?: IncomingHttpHeaders;
}

/** Everything that `kube` throws, except an abort by the caller's own signal (that throws the signal's reason). */
export class KubeError extends Error {
	override readonly name = 'KubeError';
	readonly kind: KubeErrorKind;
	/** Id of the cause as in the catalogue (`api-refused`, `kubeconfig-context-missing` …), '' if it has none. */
	readonly id: string;
	/** HTTP status, 0 if there was no answer. */
	readonly status: number;
	/** `reason` of the answered Status (`Forbidden`, `Expired` …), '' if there was none. */
	readonly reason: string;
	/** Text of the error's body: control characters removed, no secrets, at most 4 KiB. */
	readonly body: string;
	/** What the server asked to wait, in ms; NaN if it did not. */
	readonly retryAfter: number;
	/** The same request may well succeed later, with nothing changed here. */
	readonly retriable: boolean;
	/** Code of the underlying system or TLS error (`ECONNREFUSED`, `CERT_HAS_EXPIRED` …), '' if there was none. */
	readonly code: string;
	/** Of the answer, as it sent them; empty if there was none. */
	readonly headers: IncomingHttpHeaders;

	/** `message` is for people: one or more lines, no stack, no secret. */
	constructor(kind: KubeErrorKind, message: string, details: KubeErrorDetails = {}) {
		super(message);
		this.kind = kind;
		this.id = details.id ?? '';
		this.status = details.status ?? 0;
		this.reason = details.reason ?? '';
		this.body = details.body ?? '';
		this.retryAfter = details.retryAfter ?? Number.NaN;
		this.retriable = details.retriable ?? false;
		this.code = details.code ?? '';
		this.headers = details.headers ?? {};
	}
}

/** Code of a Node.js error (`ENOENT`), '' if it has none; for a connection tried on several addresses, the first one's. */
export function errorCode(error: unknown): string {
	if (error instanceof AggregateError && error.errors.length > 0) {
		return errorCode(error.errors[0]);
	}
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === 'string' ? code : '';
}
