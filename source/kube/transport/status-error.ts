import type { IncomingHttpHeaders } from 'node:http';
import * as text from '../../messages/en/kube.ts';
import type { Front } from '../../messages/en/kube-front.ts';
import * as frontText from '../../messages/en/kube-front.ts';
import type { CredentialFact } from '../credentials/credential.ts';
import { KubeError, type KubeErrorDetails } from '../errors.ts';
import { presentable } from '../redact.ts';
import { retryAfter } from '../retry.ts';
import { frontOf, rancherProblem } from './front.ts';

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
	const rancher = rancherProblem(status, refusal.body);
	if (rancher) {
		const words = firstLine(said || wordsOf(refusal, body));
		const proof = refusal.facts.find(({ id }) => id !== '');
		return new KubeError(
			status === 401 ? 'credentials' : 'status',
			[
				frontText.rancherSays(rancher, connection.server, status, words),
				...(status === 401 && proof ? [proof.sentence] : []),
			].join('\n'),
			{ ...details, id: rancher },
		);
	}
	const page = isHtml(headers, refusal.body);
	if (page && /^\s*[{[]/.test(refusal.body)) {
		return new KubeError('protocol', text.mislabelled(connection, status), { ...details, id: 'server-is-web-page' });
	}
	const front = page || status >= 300 ? frontOf(headers, refusal.body) : null;
	if (status === 401 && !page) {
		const proof = refusal.facts.find(({ id }) => id !== '');
		const sentences = refusal.facts.map(({ sentence }) => sentence);
		const words = said || wordsOf(refusal, body);
		return new KubeError('credentials', text.unauthorized(connection, sentences, words, refusal.keptBack), {
			...details,
			id: proof?.id ?? 'token-expired-or-revoked',
		});
	}
	if (status >= 300 && status < 400) {
		return webPage(text.redirected(connection, status, redirectTarget(headers.location), front), front, details);
	}
	if (page) {
		return webPage(text.htmlAnswer(connection, status, titleOf(refusal.body), front), front, details);
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
	if (front === 'rancher' && status === 404) {
		return webPage(text.htmlAnswer(connection, status, '', front), front, details);
	}
	return new KubeError(
		'status',
		prefixMissing ? text.pathUnknown(connection, body) : text.statusWithText(status, firstLine(wordsOf(refusal, body))),
		{ ...details, id: prefixMissing ? 'server-path-prefix' : idOf(status) },
	);
}

function webPage(message: string, front: Front | null, details: KubeErrorDetails): KubeError {
	const id = front === 'rancher' ? 'rancher-no-path' : 'server-is-web-page';
	return new KubeError('protocol', message, { ...details, id });
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

/** What a body says that is not a Status: the message of some other JSON, else all of it. */
function wordsOf(refusal: Refusal, body: string): string {
	let value: unknown;
	try {
		value = JSON.parse(refusal.body);
	} catch {
		return body;
	}
	const { message, error, detail } = (value ?? {}) as { message?: unknown; error?: unknown; detail?: unknown };
	const inner = (error ?? {}) as { message?: unknown };
	const words = [message, inner.message, error, detail].find((each) => typeof each === 'string' && each !== '');
	return typeof words === 'string' ? presentable(words, bodyLimit, refusal.secrets) : body;
}

function firstLine(body: string): string {
	return body.split('\n')[0] ?? '';
}
