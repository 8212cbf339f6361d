import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import * as text from '../messages/en/kube.ts';
import type { ClusterTarget, KubeClient, KubeResponse, KubeSocket, RequestOptions, SocketOptions } from './client.ts';
import type { Credential } from './credentials/credential.ts';
import { type DebugSink, debugLine } from './debug-log.ts';
import { errorCode, KubeError } from './errors.ts';
import { proxyAuthorization } from './proxy/proxy.ts';
import { abortable, wait } from './retry.ts';
import { Attempt } from './transport/attempt.ts';
import { bodyOf } from './transport/body.ts';
import { Connections } from './transport/connections.ts';
import { Cost } from './transport/cost.ts';
import { beginningOf } from './transport/error-body.ts';
import { Failures, type FailuresOptions } from './transport/failures.ts';
import { type LossReason, LostConnections } from './transport/lost-connections.ts';
import { forwards } from './transport/open-connection.ts';
import { type PreparedRequest, prepareRequest, withQuery } from './transport/prepared-request.ts';
import { ConnectionsRenewed, Repetition } from './transport/repetition.ts';
import { SendFailure, send } from './transport/send.ts';
import { ServerClock } from './transport/server-clock.ts';
import { isHtml } from './transport/status-error.ts';
import { openWebSocket } from './transport/web-socket.ts';

export interface HttpClientOptions extends FailuresOptions {
	/** Impersonation; sent with every request. */
	headers: OutgoingHttpHeaders;
	/** ms, 0 = none: until a response's head, and between two chunks of a body that is not a watch. */
	requestTimeout: number;
	debug: DebugSink | undefined;
}

const connectTimeout = 10_000;
/** API servers break off a request of their own accord after 60 s; their 504 says more than our silence. */
const headersTimeout = 65_000;
const idleTimeout = 30_000;
/** Somebody may be waiting to read why it failed. */
const errorBodyTimeout = 5000;
/** Nothing that is read as a whole is larger: lists come in pages. */
const wholeBodyLimit = 512 * 1024 * 1024;
/** A kubelet that is asked for JSON does not switch (406): a socket is no document. */
const anything = '*/*';
const longestMessage = 16 * 1024 * 1024;

export class HttpClient implements KubeClient {
	readonly target: ClusterTarget;
	readonly cost = new Cost();
	readonly #options: HttpClientOptions;
	readonly #connections: Connections;
	readonly #clock = new ServerClock();
	readonly #lost: LostConnections;
	readonly #failures: Failures;
	/** What is under way, and how to break it off. */
	readonly #open = new Set<(error: Error) => void>();
	#closed = false;
	#roundTrip = Number.POSITIVE_INFINITY;

	constructor(options: HttpClientOptions) {
		this.#options = options;
		this.target = options.target;
		this.#failures = new Failures(options);
		const { server, requestTimeout } = options;
		this.#connections = new Connections(server, Math.min(connectTimeout, requestTimeout || connectTimeout));
		if (server.proxy) {
			this.#log(`through the proxy ${server.proxy.address} (${server.proxy.setting})`);
		}
		this.#lost = new LostConnections({
			localAddresses: () => this.#connections.localAddresses(),
			onLoss: (reason) => this.renewConnections(reason),
		});
	}

	serverTime(): number {
		return this.#clock.now();
	}

	roundTrip(): number {
		return Number.isFinite(this.#roundTrip) ? this.#roundTrip : 0;
	}

	async authenticate(signal?: AbortSignal): Promise<void> {
		this.#checkOpen(signal);
		await abortable(this.#options.credentials.current(), signal);
	}

	open(path: string, options: RequestOptions = {}): Promise<KubeResponse> {
		return this.#repeatedly(prepareRequest(path, options), (attempt, credential) => this.#try(attempt, credential));
	}

	openSocket(path: string, options: SocketOptions): Promise<KubeSocket> {
		const { signal } = options;
		return this.#repeatedly(
			prepareRequest(withQuery(path, options.query), { accept: anything, ...(signal ? { signal } : {}) }),
			(attempt, credential) => this.#trySocket(attempt, credential, options),
		);
	}

	/** Sends a request until it is answered, refused for good, or given up. */
	async #repeatedly<Answer>(
		request: PreparedRequest,
		attempt: (attempt: Attempt, credential: Credential) => Promise<Answer>,
	): Promise<Answer> {
		const { options } = request;
		const repetition = new Repetition(options.retries);
		while (true) {
			this.#checkOpen(options.signal);
			const credential = await abortable(this.#options.credentials.current(), options.signal);
			try {
				return await attempt(new Attempt(request, repetition.count), credential);
			} catch (error) {
				this.#checkOpen(options.signal);
				if (error instanceof SendFailure && error.reused) {
					// One that was idle is dead, so the others may be.
					this.#connections.closeIdle();
				}
				if (error instanceof KubeError && error.status === 401 && repetition.mayRenewCredentials()) {
					if (await abortable(this.#options.credentials.renew(credential), options.signal)) {
						continue;
					}
					throw error;
				}
				const pause = repetition.pauseAfter(error);
				if (pause === null) {
					throw error instanceof SendFailure ? await this.#failures.connection(error.error) : error;
				}
				await wait(pause, options.signal);
			}
		}
	}

	async read(
		path: string,
		options?: RequestOptions,
	): Promise<{ body: Buffer; contentType: string; headers: IncomingHttpHeaders }> {
		const { body, contentType, headers } = await this.open(path, options);
		const chunks: Buffer[] = [];
		let length = 0;
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > wholeBodyLimit) {
				throw new KubeError('protocol', text.bodyTooLarge(path, wholeBodyLimit));
			}
		}
		return { body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length), contentType, headers };
	}

	async readJson<T>(path: string, options?: RequestOptions): Promise<T> {
		const { body, contentType } = await this.read(path, options);
		try {
			return JSON.parse(body.toString('utf8')) as T;
		} catch {
			throw this.#failures.notJson(path, contentType, body);
		}
	}

	/**
	 * Gives up all connections, because they are likely dead: what is under way fails with an error that may be retried,
	 * or is sent again if it had no answer yet.
	 */
	renewConnections(reason: LossReason): void {
		this.#log(`connections given up: ${reason}`);
		this.#connections.closeIdle();
		this.#breakOff(new ConnectionsRenewed(text.connectionsRenewed(this.target, reason)));
	}

	close(): void {
		this.#closed = true;
		this.#lost.close();
		this.#options.credentials.close();
		this.#breakOff(closedError());
		this.#connections.destroy();
	}

	#breakOff(error: Error): void {
		for (const breakOff of [...this.#open]) {
			breakOff(error);
		}
	}

	#checkOpen(signal: AbortSignal | undefined): void {
		signal?.throwIfAborted();
		if (this.#closed) {
			throw closedError();
		}
	}

	async #try(attempt: Attempt, credential: Credential): Promise<KubeResponse> {
		const { server, requestTimeout } = this.#options;
		const { request } = attempt;
		const sent = Date.now();
		let breakOff = (_error: Error): void => {};
		const release = (): void => {
			this.#open.delete(breakOff);
		};
		this.cost.addRequest();
		let response: IncomingMessage;
		try {
			response = await send({
				agent: this.#agentFor(credential),
				secure: server.secure,
				host: server.host,
				port: server.port,
				method: request.method,
				path: this.#pathOf(request),
				headers: this.#headersOf(request, credential),
				body: request.body,
				headersTimeout: requestTimeout || headersTimeout,
				signal: request.options.signal,
				onSent: (destroy) => {
					breakOff = destroy;
					this.#open.add(breakOff);
				},
			});
		} catch (error) {
			release();
			this.#logAttempt(attempt, 0, `failed ${errorCode((error as SendFailure).error) || (error as Error).message}`);
			throw error;
		}
		this.#clock.observe(response.headers.date, sent, Date.now());
		this.#roundTrip = Math.min(this.#roundTrip, Date.now() - sent);
		// From here on it is the response that is broken off.
		release();
		breakOff = (error) => response.destroy(error);
		this.#open.add(breakOff);
		const status = response.statusCode ?? 0;
		const body = this.#bodyOf(response, attempt, status, release);
		if (status >= 200 && status < 300 && !isHtml(response.headers)) {
			if (request.watch) {
				this.#logAttempt(attempt, status, 'answered');
			}
			return { status, headers: response.headers, contentType: response.headers['content-type'] ?? '', body };
		}
		throw await this.#refusal(response, await beginningOf(body), attempt, credential);
	}

	async #trySocket(attempt: Attempt, credential: Credential, options: SocketOptions): Promise<KubeSocket> {
		const { server, requestTimeout } = this.#options;
		const { request } = attempt;
		const { signal } = options;
		let breakOff = (_error: Error): void => {};
		const onAbort = (): void => breakOff(signal?.reason);
		signal?.addEventListener('abort', onAbort);
		const release = (): void => {
			signal?.removeEventListener('abort', onAbort);
			this.#open.delete(breakOff);
		};
		let bytes = 0;
		this.cost.addRequest();
		let opened: KubeSocket | IncomingMessage;
		try {
			opened = await openWebSocket({
				agent: this.#agentFor(credential),
				secure: server.secure,
				host: server.host,
				port: server.port,
				path: server.pathPrefix + request.path,
				headers: this.#headersOf(request, credential),
				protocols: options.protocols,
				headersTimeout: requestTimeout || headersTimeout,
				longestMessage: options.longestMessage ?? longestMessage,
				onSent: (destroy) => {
					breakOff = destroy;
					this.#open.add(breakOff);
				},
				onBytes: (count) => {
					bytes += count;
					this.cost.addBytes(count);
				},
				onEnd: () => {
					release();
					this.#logAttempt(attempt, 101, 'ended', bytes);
				},
			});
		} catch (error) {
			release();
			signal?.throwIfAborted();
			this.#logAttempt(attempt, 0, `failed ${errorCode((error as SendFailure).error) || (error as Error).message}`);
			throw error;
		}
		if ('messages' in opened) {
			return { ...opened, messages: this.#messagesOf(opened, signal) };
		}
		release();
		const body = await beginningOf(this.#bodyOf(opened, attempt, opened.statusCode ?? 0, () => {}));
		throw await this.#refusal(opened, body, attempt, credential);
	}

	async *#messagesOf(socket: KubeSocket, signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, undefined> {
		try {
			yield* socket.messages;
		} catch (error) {
			signal?.throwIfAborted();
			throw this.#failures.body(error, 0);
		}
	}

	#agentFor(credential: Credential): ReturnType<Connections['agentFor']> {
		try {
			return this.#connections.agentFor(credential);
		} catch (error) {
			throw new SendFailure(error as Error, false);
		}
	}

	#pathOf({ path }: PreparedRequest): string {
		const { server } = this.#options;
		return `${forwards(server) ? server.origin : ''}${server.pathPrefix}${path}`;
	}

	#headersOf({ options, body }: PreparedRequest, credential: Credential): OutgoingHttpHeaders {
		const { server } = this.#options;
		const proxyLogin = server.proxy && forwards(server) ? proxyAuthorization(server.proxy) : '';
		return {
			...this.#options.headers,
			...(proxyLogin === '' ? {} : { 'Proxy-Authorization': proxyLogin }),
			Accept: options.accept ?? 'application/json',
			'Accept-Encoding': 'gzip',
			'User-Agent': 'whytop',
			...(credential.authorization === '' ? {} : { Authorization: credential.authorization }),
			...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
		};
	}

	#bodyOf(response: IncomingMessage, attempt: Attempt, status: number, release: () => void): AsyncGenerator<Buffer> {
		const { requestTimeout } = this.#options;
		const { watch, options } = attempt.request;
		const failed = status < 200 || status >= 300;
		const idle = options.idleTimeout ?? idleTimeout;
		const limit = failed ? errorBodyTimeout : requestTimeout > 0 && !watch ? requestTimeout : idle;
		let bytes = 0;
		return bodyOf(response, {
			idleTimeout: limit,
			onIdle: () => this.#failures.stalled(limit, status),
			onFailure: (error) => (options.signal?.aborted ? options.signal.reason : this.#failures.body(error, status)),
			onBytes: (count) => {
				bytes += count;
				this.cost.addBytes(count);
			},
			onEnd: (error) => {
				release();
				const event =
					error === undefined ? 'ended' : `broke off: ${error instanceof Error ? error.message : String(error)}`;
				this.#logAttempt(attempt, status, event, bytes);
			},
		});
	}

	#refusal(response: IncomingMessage, body: string, { request }: Attempt, credential: Credential): KubeError {
		const { authorization } = credential;
		return this.#failures.answer(response, body, { path: request.path, authorization, serverTime: this.serverTime() });
	}

	#logAttempt(attempt: Attempt, status: number, event: string, bytes = 0): void {
		const { request, retries, startedAt } = attempt;
		this.#options.debug?.(
			debugLine({
				method: request.method,
				path: this.#options.server.pathPrefix + request.path,
				status,
				duration: performance.now() - startedAt,
				bytes,
				retries,
				event,
			}),
		);
	}

	#log(event: string): void {
		this.#options.debug?.(`${new Date().toISOString()} ${event}`);
	}
}

function closedError(): KubeError {
	return new KubeError('unreachable', text.clientClosed, { id: 'client-closed' });
}
