import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerKeys } from './certificate.ts';

/** A server on loopback that can be away for a while. */
export interface Listener {
	port: number;
	/** Drops all connections and refuses new ones. */
	goAway(): Promise<void>;
	comeBack(): Promise<void>;
	close(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function stop(server: Server): Promise<void> {
	return new Promise((resolve) => {
		if (!server.listening) {
			resolve();
			return;
		}
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

/**
 * Listens on 127.0.0.1.
 * @param keys for https; without them plain http
 * @param port 0 for any free one
 */
export async function startListener(
	handler: RequestListener,
	keys: ServerKeys | undefined,
	port: number,
): Promise<Listener> {
	const server = keys
		? createSecureServer({ key: keys.key, cert: keys.certificate }, handler)
		: createPlainServer(handler);
	// Watches live long, and a client that thinks between two requests keeps its connection.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 90_000;
	server.on('clientError', (_error, socket) => socket.destroy());
	const chosen = await listen(server, port);
	return {
		port: chosen,
		goAway: () => stop(server),
		async comeBack() {
			await listen(server, chosen);
		},
		close: () => stop(server),
	};
}
