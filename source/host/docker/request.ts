/** One GET to a Docker Engine, with a limit of time; what fails becomes a sentence. */
import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { dockerAnswer, dockerConnection, dockerSsh } from '../../messages/en/docker.ts';
import { clean } from '../../model/clean.ts';
import type { DockerEndpoint } from './endpoint.ts';
import { DockerError } from './errors.ts';
import { sshAgent } from './ssh.ts';

/** Far above the list of a few thousand containers. */
const longestAnswer = 64 * 1024 * 1024;
const longestMessage = 300;

export interface Wait {
	/** ms without a byte from the engine until it is given up. */
	limit: number;
	signal: AbortSignal | undefined;
}

/**
 * Sends GET and returns the response with its body unread.
 *
 * @throws DockerError, or the signal's reason.
 */
export async function get(endpoint: DockerEndpoint, path: string, wait: Wait): Promise<IncomingMessage> {
	wait.signal?.throwIfAborted();
	return await new Promise<IncomingMessage>((resolve, reject) => {
		// ssh does not tell.
		let connected = endpoint.kind === 'ssh';
		const options: RequestOptions = {
			// A connection each: one that an engine dropped meanwhile is never met again.
			agent: false,
			headers: { Host: endpoint.kind === 'tcp' ? endpoint.host : 'docker', Accept: 'application/json' },
			...(wait.signal === undefined ? {} : { signal: wait.signal }),
		};
		const request = requestTo(endpoint, options, path);
		const timer = setTimeout(() => {
			const { address } = endpoint;
			const message = connected ? silent(endpoint, wait.limit) : dockerConnection.notConnected(address, wait.limit);
			request.destroy(new DockerError('timeout', message));
		}, wait.limit);
		request.once('socket', (socket) => socket.once('connect', () => (connected = true)));
		request.once('response', (response) => {
			clearTimeout(timer);
			resolve(response);
		});
		// More than once: destroying may be followed by what the socket says of it.
		request.on('error', (error) => {
			clearTimeout(timer);
			reject(failure(error, endpoint, wait.signal));
		});
		request.end();
	});
}

function requestTo(endpoint: DockerEndpoint, options: RequestOptions, path: string): ClientRequest {
	switch (endpoint.kind) {
		case 'ssh':
			return requestPlain({ ...options, agent: sshAgent(endpoint), path });
		case 'unix':
			return requestPlain({ ...options, socketPath: endpoint.path, path });
		case 'tcp': {
			const { host, port, tls } = endpoint;
			const there = { ...options, host, port, path: endpoint.prefix + path };
			return tls === null
				? requestPlain(there)
				: requestTls({ ...there, ca: tls.ca, cert: tls.certificate, key: tls.key, rejectUnauthorized: tls.verify });
		}
	}
}

function silent({ address, kind }: DockerEndpoint, limit: number): string {
	return kind === 'ssh' ? dockerSsh.silent(address, limit) : dockerConnection.silent(address, limit);
}

/**
 * The body, piece by piece. Whoever stops early closes the connection.
 *
 * @throws DockerError if it ends too early or nothing comes for too long; or the signal's reason.
 */
export async function* pieces(
	response: IncomingMessage,
	endpoint: DockerEndpoint,
	wait: Wait,
): AsyncGenerator<Buffer, void, undefined> {
	let timer: NodeJS.Timeout | undefined;
	try {
		const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
		while (true) {
			timer = setTimeout(() => response.destroy(new DockerError('timeout', silent(endpoint, wait.limit))), wait.limit);
			const { done, value } = await chunks.next();
			clearTimeout(timer);
			if (done) {
				return;
			}
			yield value;
		}
	} catch (error) {
		throw failure(error, endpoint, wait.signal);
	} finally {
		clearTimeout(timer);
		response.destroy();
	}
}

/** The whole body of a good answer. */
export async function body(response: IncomingMessage, endpoint: DockerEndpoint, wait: Wait): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const piece of pieces(response, endpoint, wait)) {
		length += piece.length;
		if (length > longestAnswer) {
			throw new DockerError('protocol', dockerAnswer.tooLong(endpoint.address));
		}
		chunks.push(piece);
	}
	return Buffer.concat(chunks, length);
}

/** The error of an answer that is none of 200. `container` is what was asked for, '' if it was no container. */
export async function statusError(
	response: IncomingMessage,
	endpoint: DockerEndpoint,
	container: string,
	wait: Wait,
): Promise<DockerError> {
	const status = response.statusCode ?? 0;
	const text = (await body(response, endpoint, wait)).toString();
	let message = '';
	try {
		const parsed = JSON.parse(text) as { message?: unknown } | null;
		message = typeof parsed?.message === 'string' ? clean(parsed.message).slice(0, longestMessage) : '';
	} catch {
		if (/HTTP request to an HTTPS server/.test(text)) {
			return new DockerError('tls', dockerAnswer.wantsTls(endpoint.address), status);
		}
	}
	if (status === 404 && container !== '' && message !== '') {
		return new DockerError('not-found', dockerAnswer.noContainer(clean(container)), status);
	}
	if (message === '' && status === 404) {
		return new DockerError('protocol', dockerAnswer.notDocker(endpoint.address), status);
	}
	return new DockerError('status', dockerAnswer.refused(endpoint.address, status, message), status);
}

const brokenConnection: ReadonlySet<string> = new Set([
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ERR_STREAM_PREMATURE_CLOSE',
]);

function failure(error: unknown, endpoint: DockerEndpoint, signal: AbortSignal | undefined): unknown {
	if (signal?.aborted) {
		return signal.reason;
	}
	if (error instanceof DockerError) {
		return error;
	}
	const { address } = endpoint;
	const code = String((error as { code?: unknown }).code ?? '');
	const reason = clean(error instanceof Error ? error.message : String(error)).slice(0, longestMessage);
	switch (code) {
		case 'EACCES':
		case 'EPERM':
			return new DockerError('permission', dockerConnection.denied(address));
		case 'ENOENT':
		case 'ENOTSOCK':
			return new DockerError('unreachable', dockerConnection.noSocket(address));
		case 'ECONNREFUSED':
			return new DockerError('unreachable', dockerConnection.refused(address));
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return new DockerError('unreachable', dockerConnection.unknownName(address));
	}
	if (brokenConnection.has(code)) {
		return new DockerError('unreachable', dockerConnection.closed(address));
	}
	if (code.startsWith('HPE_')) {
		return new DockerError('protocol', dockerAnswer.notDocker(address));
	}
	// An alert is what the other end sends.
	if (/^ERR_SSL_.*ALERT/.test(code)) {
		return new DockerError('tls', dockerConnection.ownCertificate(address, tlsReason(error)));
	}
	if (endpoint.kind === 'tcp' && endpoint.tls !== null && /CERT|SSL|TLS|SIGNATURE/.test(code)) {
		return new DockerError('tls', dockerConnection.certificate(address, reason));
	}
	return new DockerError('unreachable', dockerConnection.other(address, reason));
}

/** OpenSSL's own words, without the file and line of its source. */
function tlsReason(error: unknown): string {
	return clean(String((error as { reason?: unknown }).reason ?? 'no reason given')).slice(0, longestMessage);
}
