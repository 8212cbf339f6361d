import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { Json } from '../formats/json.ts';
import { encodeMessage, wrap } from '../formats/protobuf/encode.ts';
import { messageType } from '../formats/protobuf/schema.ts';
import type { RawAnswer } from './behaviour.ts';
import type { Exchange } from './context.ts';
import type { ApiError } from './status.ts';

/** Answers are compressed from here on, if the client takes it. */
const compressionThreshold = 128 * 1024;
const compress = promisify(gzip);

function begin({ service, response }: Exchange, contentType: string, cache = 'no-cache, private'): void {
	service.requests++;
	const number = service.requests.toString(16).padStart(12, '0');
	response.setHeader('Audit-Id', `00000000-0000-4000-8000-${number}`);
	response.setHeader('Cache-Control', cache);
	response.setHeader('Content-Type', contentType);
	response.setHeader('Date', new Date(service.clock.now()).toUTCString());
}

export function takesGzip({ request }: Exchange): boolean {
	return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}

/** Starts an answer without a known end. */
export function beginStream(exchange: Exchange, contentType: string): void {
	begin(exchange, contentType);
	exchange.response.writeHead(200);
	exchange.response.flushHeaders();
}

/** Sends a whole answer. */
export async function sendBytes(
	exchange: Exchange,
	code: number,
	contentType: string,
	body: Buffer,
	cache?: string,
): Promise<void> {
	const { response } = exchange;
	begin(exchange, contentType, cache);
	let sent = body;
	if (body.length > compressionThreshold && takesGzip(exchange)) {
		sent = await compress(body, { level: 1 });
		response.setHeader('Content-Encoding', 'gzip');
		response.setHeader('Vary', 'Accept-Encoding');
	}
	response.setHeader('Content-Length', sent.length);
	response.writeHead(code);
	response.end(sent);
}

/** Compresses what comes, piece by piece. */
export async function* compressed(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const zipper = createGzip({ level: 1 });
	const filled = pipeline(parts, zipper);
	// A failure shows where the pieces are read.
	filled.catch(() => {});
	yield* zipper as AsyncIterable<Buffer>;
	await filled;
}

/** Sends an answer piece by piece, as fast as it is taken. @param encoding `gzip` if the pieces are compressed */
export async function sendParts(
	exchange: Exchange,
	contentType: string,
	encoding: 'gzip' | 'identity',
	parts: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
	const { response } = exchange;
	begin(exchange, contentType);
	if (encoding === 'gzip') response.setHeader('Content-Encoding', encoding);
	response.writeHead(200);
	for await (const bytes of parts) {
		if (response.destroyed) return;
		if (!response.write(bytes)) await drained(exchange);
	}
	response.end();
}

function drained({ response }: Exchange): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			response.off('drain', done);
			response.off('close', done);
			resolve();
		};
		response.once('drain', done);
		response.once('close', done);
	});
}

/** People who look with curl or a browser get it indented, as the real server does for them. */
export function isPretty({ request, url }: Exchange): boolean {
	const wanted = url.searchParams.get('pretty');
	if (wanted !== null) return wanted !== '0' && wanted !== 'false';
	return /^(curl|Wget|Mozilla)\//.test(String(request.headers['user-agent'] ?? ''));
}

export function sendJson(
	exchange: Exchange,
	code: number,
	value: Json,
	contentType = 'application/json',
	cache?: string,
): Promise<void> {
	const text = isPretty(exchange) ? JSON.stringify(value, null, 2) : `${JSON.stringify(value)}\n`;
	return sendBytes(exchange, code, contentType, Buffer.from(text), cache);
}

export function sendText(exchange: Exchange, code: number, text: string): Promise<void> {
	exchange.response.setHeader('X-Content-Type-Options', 'nosniff');
	return sendBytes(exchange, code, 'text/plain; charset=utf-8', Buffer.from(text));
}

/** Sends something byte for byte. */
export function sendRaw(exchange: Exchange, { status, type, body, headers = {} }: RawAnswer): Promise<void> {
	for (const [name, value] of Object.entries(headers)) exchange.response.setHeader(name, value);
	return sendBytes(exchange, status, type, Buffer.from(body));
}

export function sendError(exchange: Exchange, error: ApiError): Promise<void> {
	if (error.retryAfter !== undefined) exchange.response.setHeader('Retry-After', error.retryAfter);
	if (error.code === 403) exchange.response.setHeader('X-Content-Type-Options', 'nosniff');
	const type = messageType('Status');
	// Who asks for protobuf gets errors in it, too.
	if (type && /^application\/vnd\.kubernetes\.protobuf/.test(String(exchange.request.headers.accept ?? ''))) {
		const bytes = wrap('v1', 'Status', encodeMessage(type, error.toStatus()));
		return sendBytes(exchange, error.code, 'application/vnd.kubernetes.protobuf', bytes);
	}
	return sendJson(exchange, error.code, error.toStatus());
}
