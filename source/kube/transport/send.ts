import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';

export interface SendOptions {
	agent: http.Agent;
	secure: boolean;
	host: string;
	port: number;
	method: string;
	/** With prefix and query. */
	path: string;
	headers: OutgoingHttpHeaders;
	body: string | undefined;
	/** ms until the response's headers are there, since a socket was given. */
	headersTimeout: number;
	signal: AbortSignal | undefined;
	/** Told as soon as it is sent: how to break it off with an error of ours. */
	onSent: (breakOff: (error: Error) => void) => void;
}

/** Nothing came in time, before a response. */
export class NoAnswerInTime extends Error {
	/** Which step it was. */
	readonly step: 'connect' | 'headers';
	/** How long it was waited for, in ms. */
	readonly after: number;

	constructor(step: 'connect' | 'headers', after: number) {
		super(`no answer: ${step}`);
		this.step = step;
		this.after = after;
	}
}

/** A failure before a response, with what decides whether to try again. */
export class SendFailure extends Error {
	readonly error: Error;
	/** The connection had served before: it may simply have been closed at the other end. */
	readonly reused: boolean;

	constructor(error: Error, reused: boolean) {
		super(error.message);
		this.error = error;
		this.reused = reused;
	}
}

/** Sends one request over HTTP/1.1 and gives its response's head; rejects with a {@link SendFailure}. */
export function send(options: SendOptions): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	let timer: NodeJS.Timeout | undefined;
	let request: http.ClientRequest;
	try {
		request = (options.secure ? https : http).request({
			agent: options.agent,
			host: options.host,
			port: options.port,
			method: options.method,
			path: options.path,
			headers: options.headers,
			...(options.signal ? { signal: options.signal } : {}),
		});
	} catch (error) {
		reject(new SendFailure(error as Error, false));
		return promise;
	}
	request.once('socket', () => {
		timer = setTimeout(
			() => request.destroy(new NoAnswerInTime('headers', options.headersTimeout)),
			options.headersTimeout,
		);
	});
	request.once('response', (response) => {
		clearTimeout(timer);
		resolve(response);
	});
	// Not `once`: an error after the response is the body's to tell, and must not end the process here.
	request.on('error', (error) => {
		clearTimeout(timer);
		reject(new SendFailure(error, request.reusedSocket));
	});
	request.once('close', () => clearTimeout(timer));
	options.onSent((error) => request.destroy(error));
	request.end(options.body);
	return promise;
}
