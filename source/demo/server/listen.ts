import { createServer as createPlainServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import type { KeyPair } from './certificate.ts';
import type { Upgrade } from './context.ts';

/** A server on loopback that can be away for a while. */
export interface Listener {
	port: number;
	/** Drops all connections and refuses new ones. */
	goAway(): Promise<void>;
	comeBack(): Promise<void>;
	close(): Promise<void>;
}

function listen(server: NetServer, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function stop(server: Server, upgraded: ReadonlySet<Socket>): Promise<void> {
	return new Promise((resolve) => {
		if (!server.listening) {
			resolve();
			return;
		}
		server.close(() => resolve());
		server.closeAllConnections();
		// Those that speak another protocol by now are no longer the server's own.
		for (const socket of upgraded) socket.destroy();
	});
}

/** Answers one request. @param upgrade if it asks for another protocol, which whoever answers may speak or not */
export type Answer = (request: IncomingMessage, response: ServerResponse, upgrade?: Upgrade) => void;

/** Gives those that ask for another protocol a response too: most of them get an ordinary one. */
function takeUpgrades(server: Server, answer: Answer): ReadonlySet<Socket> {
	const open = new Set<Socket>();
	server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		socket.on('error', () => socket.destroy());
		const response = new ServerResponse(request);
		response.shouldKeepAlive = false;
		response.assignSocket(socket);
		response.on('finish', () => socket.end());
		answer(request, response, { socket, head });
	});
	return open;
}

/** What a server needs for https. */
export interface ServerKeys extends KeyPair {
	/** Whose certificates of clients are believed, as PEM. */
	authority: string;
}

/**
 * Listens on 127.0.0.1.
 * @param handler gets requests for other protocols too
 * @param keys for https; without them plain http
 * @param port 0 for any free one
 */
export async function startListener(handler: Answer, keys: ServerKeys | undefined, port: number): Promise<Listener> {
	const server = keys
		? createSecureServer(
				{
					key: keys.key,
					cert: keys.certificate,
					ca: keys.authority,
					// A client may show a certificate; what it is worth is told by the answer, as a real API server does it.
					requestCert: true,
					rejectUnauthorized: false,
				},
				(request, response) => handler(request, response),
			)
		: createPlainServer((request, response) => handler(request, response));
	const upgraded = takeUpgrades(server, handler);
	// Watches live long, and a client that thinks between two requests keeps its connection.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 90_000;
	server.on('clientError', (_error, socket) => socket.destroy());
	const chosen = await listen(server, port);
	return {
		port: chosen,
		goAway: () => stop(server, upgraded),
		async comeBack() {
			await listen(server, chosen);
		},
		close: () => stop(server, upgraded),
	};
}
