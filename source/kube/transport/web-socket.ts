/** Opens a websocket (RFC 6455) over the connections of the client. The library comes with the first one that is needed. */
import type http from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import type { KubeSocket } from '../client.ts';
import { NoAnswerInTime, SendFailure } from './send.ts';

export interface WebSocketOptions {
	agent: http.Agent;
	secure: boolean;
	host: string;
	port: number;
	/** With prefix and query. */
	path: string;
	headers: OutgoingHttpHeaders;
	/** Subprotocols, the preferred one first. */
	protocols: readonly string[];
	/** ms until the server's answer. */
	headersTimeout: number;
	/** A longer message ends the connection. */
	longestMessage: number;
	/** Told as soon as it is sent: how to break it off with an error of ours. */
	onSent: (breakOff: (error: Error) => void) => void;
	onBytes: (count: number) => void;
	/** Once, however it ended. */
	onEnd: () => void;
}

/** Resolves with the open socket, or with the answer of a server that does not switch; rejects with a {@link SendFailure}. */
export async function openWebSocket(options: WebSocketOptions): Promise<KubeSocket | IncomingMessage> {
	const library = await import('ws');
	const { promise, resolve, reject } = Promise.withResolvers<KubeSocket | IncomingMessage>();
	const host = options.host.includes(':') ? `[${options.host}]` : options.host;
	let socket: WebSocket;
	try {
		socket = new library.WebSocket(
			`${options.secure ? 'wss' : 'ws'}://${host}:${options.port}${options.path}`,
			[...options.protocols],
			{
				agent: options.agent,
				headers: options.headers as Record<string, string>,
				maxPayload: options.longestMessage,
				perMessageDeflate: false,
			},
		);
	} catch (error) {
		throw new SendFailure(error as Error, false);
	}
	const messages = new Messages(socket, options);
	const timer = setTimeout(
		() => messages.breakOff(new NoAnswerInTime('headers', options.headersTimeout)),
		options.headersTimeout,
	);
	options.onSent((error) => messages.breakOff(error));
	socket.once('unexpected-response', (_request, response) => {
		clearTimeout(timer);
		resolve(response);
	});
	socket.once('open', () => {
		clearTimeout(timer);
		resolve({
			protocol: socket.protocol,
			messages: messages.iterate(),
			send: (message) => socket.send(message),
			close: () => socket.terminate(),
		});
	});
	socket.once('close', () => {
		clearTimeout(timer);
		reject(new SendFailure(messages.failure ?? new Error('closed'), false));
		options.onEnd();
	});
	return promise;
}

/** The messages of a socket, kept until somebody asks for them. */
class Messages {
	/** Why it ended; undefined if the other end closed it. */
	failure: Error | undefined;
	readonly #socket: WebSocket;
	readonly #waiting: Buffer[] = [];
	#ended = false;
	#wake = (): void => {};

	constructor(socket: WebSocket, { onBytes }: WebSocketOptions) {
		this.#socket = socket;
		socket.on('message', (data) => {
			// One buffer each: binaryType is nodebuffer.
			const message = data as Buffer;
			onBytes(message.length);
			this.#waiting.push(message);
			this.#wake();
		});
		socket.on('error', (error) => {
			this.failure ??= error;
		});
		socket.once('close', () => {
			this.#ended = true;
			this.#wake();
		});
	}

	breakOff(error: Error): void {
		this.failure ??= error;
		this.#socket.terminate();
	}

	async *iterate(): AsyncGenerator<Buffer, void, undefined> {
		try {
			while (true) {
				const message = this.#waiting.shift();
				if (message !== undefined) {
					yield message;
				} else if (this.#ended) {
					if (this.failure !== undefined) {
						throw this.failure;
					}
					return;
				} else {
					await new Promise<void>((resolve) => {
						this.#wake = resolve;
					});
				}
			}
		} finally {
			this.#socket.terminate();
		}
	}
}
