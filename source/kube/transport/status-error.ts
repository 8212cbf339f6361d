import type { IncomingHttpHeaders } from 'node:http';
import * as text from '../../messages/en/kube.ts';
import type { CredentialFact } from '../credentials/credential.ts';
import { KubeError } from '../errors.ts';
import { presentable } from '../redact.ts';
import { retryAfter } from '../retry.ts';

export interface Refusal {
	status: number;
	headers: IncomingHttpHeaders;
	/** The beginning of the body. */
	body: string;
	path: string;
	/** The server's time in ms, for a Retry-After that is a date. */
	serverTime: number;
	connection: text.Connection;
	/** Exact values that must not be shown even if the server says them. */
	secrets: readonly string[];
	facts: readonly CredentialFact[];
	/** http was assumed because the address has no scheme. */
	assumedPlain: boolean;
	/** Credentials were kept back, because the connection is not encrypted. */
	keptBack: boolean;
}

const bodyLimit = 4096;
const retriableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

interface Status {
	kind?: unknown;
	reason?: unknown;
	message?: unknown;
	details?: { retryAfterSeconds?: unknown } | null;
}

/** An answer that is not a success, as an error: the server's own words where it has some. */
export function statusError(refusal: Refusal): KubeError {
	const { status, headers, connection } = refusal;
	const body = presentable(refusal.body, bodyLimit, refusal.secrets);
	const answered = parseStatus(refusal.body);
	const reason = typeof answered?.reason === 'string' ? presentable(answered.reason, 200) : '';
	const said = typeof answered?.message === 'string' ? presentable(answered.message, bodyLimit, refusal.secrets) : '';
	const details = {
		status,
		reason,
		body,
		retryAfter: waitOf(headers, answered, refusal.serverTime),
		retriable: retriableStatuses.has(status),
		headers,
	};
	if (status === 401) {
		const proof = refusal.facts.find(({ id }) => id !== '');
		const sentences = refusal.facts.map(({ sentence }) => sentence);
		return new KubeError('credentials', text.unauthorized(connection, sentences, said || body, refusal.keptBack), {
			...details,
			id: proof?.id ?? 'token-expired-or-revoked',
		});
	}
	if (status >= 300 && status < 400) {
		return new KubeError('protocol', text.redirected(connection, status, redirectTarget(headers.location)), {
			...details,
			id: 'server-is-web-page',
		});
	}
	if (isHtml(headers, refusal.body)) {
		return new KubeError('protocol', text.htmlAnswer(connection, status, titleOf(refusal.body)), {
			...details,
			id: 'server-is-web-page',
		});
	}
	if (status === 400 && /HTTP request to an HTTPS server/i.test(refusal.body)) {
		return new KubeError('protocol', text.tlsWanted(connection, refusal.assumedPlain), {
			...details,
			id: 'http-on-https',
		});
	}
	if (answered) {
		const anonymous = status === 403 && /"system:anonymous"/.test(said);
		const impersonation = status === 403 && /cannot impersonate/.test(said);
		const message = said || reason || text.statusOnly(status);
		return new KubeError(
			'status',
			anonymous ? `${message}\n${text.askedAsNobody(connection, refusal.keptBack)}` : message,
			{ ...details, id: anonymous ? 'anonymous-identity' : impersonation ? 'impersonation-forbidden' : idOf(status) },
		);
	}
	const prefixMissing = status === 404 && /^\/(?:version$|api(?:\/v1(?:\/|$)|$))/.test(refusal.path);
	return new KubeError(
		'status',
		prefixMissing ? text.pathUnknown(connection, body) : text.statusWithText(status, firstLine(body)),
		{ ...details, id: prefixMissing ? 'server-path-prefix' : idOf(status) },
	);
}

/** True for an HTML page, whatever it calls itself. */
export function isHtml(headers: IncomingHttpHeaders, body = ''): boolean {
	return /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype\s+html|html)\b/i.test(body);
}

function idOf(status: number): string {
	return status === 429 ? 'api-throttled' : status === 503 ? 'api-front-503' : '';
}

function parseStatus(body: string): Status | null {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === 'object' && value !== null && (value as Status).kind === 'Status'
			? (value as Status)
			: null;
	} catch {
		return null;
	}
}

function waitOf(headers: IncomingHttpHeaders, status: Status | null, serverTime: number): number {
	const seconds = status?.details?.retryAfterSeconds;
	const fallback = typeof seconds === 'number' && seconds > 0 ? String(Math.ceil(seconds)) : undefined;
	return retryAfter(headers['retry-after'] ?? fallback, serverTime);
}

/** Where a redirect leads, without its query: login pages are handed secrets there. */
function redirectTarget(location: string | undefined): string {
	return presentable((location ?? '').replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//'), 200);
}

function titleOf(html: string): string {
	return presentable(/<title[^>]*>([^<]*)</i.exec(html)?.[1]?.replaceAll(/\s+/g, ' ') ?? '', 100);
}

function firstLine(body: string): string {
	return body.split('\n')[0] ?? '';
}
