/**
 * The line that kubectl 1.36 prints for an error: `StandardErrorMessage` of k8s.io/kubectl/pkg/cmd/util/helpers.go on
 * what client-go makes of an answer (`NewGenericServerResponse` of k8s.io/apimachinery/pkg/api/errors/errors.go).
 */
import type { KubeError } from '../../kube/errors.ts';

/** What was asked for: `pods.metrics.k8s.io`, `nodes` …, and the name of one, else ''. */
export interface Asked {
	resource: string;
	name: string;
}

/** kubectl's words, or null where it would print what Go's network code says and we say it our way. */
export function kubectlLine(error: KubeError, asked: Asked, server: string): string | null {
	if (error.status === 401) {
		return 'error: You must be logged in to the server (the server has asked for the client to provide credentials)';
	}
	if (error.kind === 'status') {
		return statusLine(error, asked);
	}
	if (error.code === 'ECONNREFUSED') {
		return `The connection to the server ${hostOf(server)} was refused - did you specify the right host or port?`;
	}
	if (error.id === 'api-tls-unknown-ca') {
		return 'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority';
	}
	return null;
}

function hostOf(server: string): string {
	return /^[a-z]+:\/\/([^/]*)/i.exec(server)?.[1] ?? server;
}

function statusLine(error: KubeError, asked: Asked): string {
	const status = parseStatus(error.body);
	if (status !== null) {
		return line(status.reason ?? '', status.message ?? '');
	}
	if (error.reason !== '') {
		// The beginning of a long Status: its words were read before it was cut.
		return line(error.reason, error.message.split('\n')[0] ?? '');
	}
	const { reason, message } = generic(error.status, error.body);
	return line(reason, `${message} (get ${asked.name === '' ? asked.resource : `${asked.resource} ${asked.name}`})`);
}

/** The same for an answer of discovery, of which client-go takes the status code alone. */
export function discoveryLine(error: KubeError): string {
	const { reason, message } = generic(error.status, parseStatus(error.body) === null ? error.body : '');
	return line(reason, message);
}

function line(reason: string, message: string): string {
	return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

interface Status {
	reason?: string;
	message?: string;
}

function parseStatus(body: string): Status | null {
	try {
		const value = JSON.parse(body) as { kind?: unknown; reason?: unknown; message?: unknown } | null;
		return value?.kind === 'Status'
			? {
					...(typeof value.reason === 'string' ? { reason: value.reason } : {}),
					...(typeof value.message === 'string' ? { message: value.message } : {}),
				}
			: null;
	} catch {
		return null;
	}
}

/** client-go's own words for a status code. `body` counts only where it is text. */
function generic(status: number, body: string): { reason: string; message: string } {
	const said = body === '' || body.startsWith('{') ? 'unknown' : body.trim();
	switch (status) {
		case 400:
			return { reason: 'BadRequest', message: 'the server rejected our request for an unknown reason' };
		case 403:
			return { reason: 'Forbidden', message: said };
		case 404:
			return { reason: 'NotFound', message: 'the server could not find the requested resource' };
		case 405:
			return { reason: 'MethodNotAllowed', message: 'the server does not allow this method on the requested resource' };
		case 406:
			return {
				reason: 'NotAcceptable',
				message:
					said === 'unknown' ? 'the server was unable to respond with a content type that the client supports' : said,
			};
		case 409:
			return { reason: 'Conflict', message: 'the server reported a conflict' };
		case 429:
			return {
				reason: 'TooManyRequests',
				message: 'the server has received too many requests and has asked us to try again later',
			};
		case 503:
			return { reason: 'ServiceUnavailable', message: 'the server is currently unable to handle the request' };
		case 504:
			return {
				reason: 'Timeout',
				message:
					'the server was unable to return a response in the time allotted, but may still be processing the request',
			};
		default:
			return status >= 500
				? {
						reason: 'InternalError',
						message: `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding`,
					}
				: {
						reason: '',
						message: `the server responded with the status code ${status} but did not return more information`,
					};
	}
}
