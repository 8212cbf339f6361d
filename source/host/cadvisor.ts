/** One question to a cAdvisor that runs by itself, over plain HTTP; what fails becomes a sentence. */
import * as text from '../messages/en/cadvisor.ts';
import { clean } from '../model/clean.ts';

/** What kind of thing went wrong: `unknown` is an answer of a cAdvisor that does not have what was asked for. */
export type CadvisorErrorKind = 'configuration' | 'unreachable' | 'timeout' | 'unknown' | 'refused' | 'not-cadvisor';

export class CadvisorError extends Error {
	readonly kind: CadvisorErrorKind;
	/** HTTP status, 0 if there was no answer. */
	readonly status: number;

	constructor(kind: CadvisorErrorKind, sentence: string, status = 0) {
		super(sentence);
		this.kind = kind;
		this.status = status;
	}
}

export interface CadvisorAddress {
	/** Origin and path before the API's. */
	url: string;
	/** `Authorization`, '' without a name in the address. */
	authorization: string;
}

/** cAdvisor's own port. */
const usualPort = 8080;

/** @throws CadvisorError `configuration` */
export function cadvisorAddress(given: string): CadvisorAddress {
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(given);
	const url = URL.parse(hasScheme ? given : `http://${given}`);
	const [username, password] = [decoded(url?.username), decoded(url?.password)];
	if (
		url === null ||
		url.hostname === '' ||
		!/^https?:$/.test(url.protocol) ||
		username === null ||
		password === null
	) {
		throw new CadvisorError('configuration', text.notAnAddress(clean(given.replace(/\/\/[^/@]*@/, '//'))));
	}
	if (!hasScheme && url.port === '') {
		url.port = String(usualPort);
	}
	return {
		url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
		authorization: username === '' ? '' : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
	};
}

/** Null if a percent sign escapes nothing. */
function decoded(text = ''): string | null {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
}

export interface CadvisorAsk {
	signal?: AbortSignal;
	/** ms, 10 s by default. */
	timeout?: number;
}

/** All containers of a full node, two samples each, have some 10 MiB. */
const longestAnswer = 128 * 2 ** 20;
const usualTimeout = 10_000;

/** @throws CadvisorError, or the signal's reason */
export async function askCadvisor(
	address: CadvisorAddress,
	path: string,
	{ signal, timeout = usualTimeout }: CadvisorAsk = {},
): Promise<{ body: Buffer; contentType: string }> {
	const { url, authorization } = address;
	const limit = AbortSignal.timeout(timeout);
	try {
		const response = await fetch(`${url}${path}`, {
			headers: { Accept: 'application/json', ...(authorization === '' ? {} : { Authorization: authorization }) },
			redirect: 'manual',
			signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
		});
		const body = await readBody(response, url);
		const contentType = response.headers.get('content-type') ?? '';
		if (response.status !== 200) {
			throw refusal(response.status, url, body.toString(), contentType);
		}
		return { body, contentType };
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof CadvisorError) {
			throw error;
		}
		if (limit.aborted) {
			throw new CadvisorError('timeout', text.silent(url, timeout));
		}
		throw new CadvisorError('unreachable', text.unreachable(url, reasonOf(error)));
	}
}

async function readBody(response: Response, url: string): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body ?? []) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > longestAnswer) {
			throw new CadvisorError('not-cadvisor', text.tooLong(url));
		}
	}
	return Buffer.concat(chunks, length);
}

/** cAdvisor answers with 500 and a line of text for containers that it does not have. */
function refusal(status: number, url: string, body: string, contentType: string): CadvisorError {
	const said = clean(body.split('\n')[0] ?? '').slice(0, 300);
	if (/html/i.test(contentType) || /^\s*</.test(body) || status < 400) {
		return new CadvisorError('not-cadvisor', text.notCadvisor(url, status), status);
	}
	if (status === 401 || status === 403) {
		return new CadvisorError('refused', text.wantsAName(url, status), status);
	}
	if (/unknown container|unable to find|failed to get container/i.test(said)) {
		return new CadvisorError('unknown', said, status);
	}
	return new CadvisorError(status === 404 ? 'not-cadvisor' : 'refused', text.refused(url, status, said), status);
}

/** The code of the system's error, else the words; fetch hides both behind a "fetch failed". */
function reasonOf(error: unknown): string {
	const cause = (error as { cause?: unknown }).cause ?? error;
	const first = cause instanceof AggregateError ? cause.errors[0] : cause;
	const { code, message } = (first ?? {}) as { code?: unknown; message?: unknown };
	return clean(String(code ?? message ?? error));
}
