import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { type Certificates, certificates, type Pair } from './certificates.ts';

export interface Asked {
	method: string;
	url: string;
	headers: http.IncomingHttpHeaders;
	rawHeaders: string[];
	body: string;
	/** CN of the client certificate, '' if none was presented. */
	clientName: string;
}

export interface ApiServer {
	url: string;
	port: number;
	/** All requests so far. */
	asked: Asked[];
	/** Connections accepted so far, and those that are open. */
	connections: number;
	sockets: Set<Socket>;
	close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, asked: Asked) => void;

/** A server on a free port of 127.0.0.1 that is closed after the test. */
export async function apiServer(
	test: TestContext,
	handler: Handler,
	tls?: { pair?: Pair; authority?: Pair; port?: number },
): Promise<ApiServer> {
	const listener: RequestListener = (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const asked: Asked = {
				method: request.method ?? '',
				url: request.url ?? '',
				headers: request.headers,
				rawHeaders: request.rawHeaders,
				body: Buffer.concat(chunks).toString(),
				clientName: tls ? clientName(request.socket as TLSSocket) : '',
			};
			result.asked.push(asked);
			handler(request, response, asked);
		});
		request.on('error', () => {});
		response.on('error', () => {});
	};
	const server = tls ? https.createServer(tlsOptions(certificates(), tls), listener) : http.createServer(listener);
	const result: ApiServer = {
		url: '',
		port: 0,
		asked: [],
		connections: 0,
		sockets: new Set(),
		close: async () => {
			server.closeAllConnections();
			for (const socket of result.sockets) {
				socket.destroy();
			}
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	server.on('connection', (socket: Socket) => {
		result.connections++;
		result.sockets.add(socket);
		socket.on('close', () => result.sockets.delete(socket));
		socket.on('error', () => {});
	});
	server.on('tlsClientError', () => {});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	test.after(() => result.close());
	result.port = (server.address() as AddressInfo).port;
	result.url = `${tls ? 'https' : 'http'}://127.0.0.1:${result.port}`;
	return result;
}

function tlsOptions(
	made: Certificates,
	{ pair = made.server, authority }: { pair?: Pair; authority?: Pair },
): https.ServerOptions {
	return {
		cert: pair.certificate,
		key: pair.key,
		...(authority ? { ca: authority.certificate, requestCert: true, rejectUnauthorized: false } : {}),
	};
}

function clientName(socket: TLSSocket): string {
	return socket.getPeerX509Certificate?.()?.subject.match(/CN=(.*)/)?.[1] ?? '';
}

/** Answers with JSON. */
export function answer(
	response: ServerResponse,
	value: unknown,
	status = 200,
	headers: http.OutgoingHttpHeaders = {},
): void {
	response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
	response.end(JSON.stringify(value));
}

/** A Status as API servers answer it. */
export function status(code: number, reason: string, message: string): object {
	return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}
