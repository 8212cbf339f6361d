/** What stands on the way to the API server, or in its place, and is no API server. */
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Listener } from './listen.ts';

/** Takes connections on 127.0.0.1 that nobody answers as a server would. @param port 0 for any free one */
export function startGate(take: (connection: Socket) => void, port: number): Promise<Listener> {
	return open(createServer(take), port);
}

/** A proxy on 127.0.0.1 that decides what becomes of whoever wants to come through. */
export function startProxy(take: (connection: Socket, request: IncomingMessage) => void): Promise<Listener> {
	const server = createHttpServer();
	server.on('connect', (request, connection: Socket) => take(connection, request));
	return open(server, 0);
}

async function open(server: Server, wanted: number): Promise<Listener> {
	const connections = new Set<Socket>();
	server.on('connection', (connection: Socket) => {
		connections.add(connection);
		connection.on('error', () => connection.destroy());
		connection.on('close', () => connections.delete(connection));
	});
	const listen = (port: number): Promise<void> =>
		new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', () => {
				server.off('error', reject);
				resolve();
			});
		});
	const stop = (): Promise<void> =>
		new Promise((resolve) => {
			if (!server.listening) {
				resolve();
				return;
			}
			server.close(() => resolve());
			for (const connection of connections) connection.destroy();
		});
	await listen(wanted);
	const { port } = server.address() as AddressInfo;
	return { port, goAway: stop, comeBack: () => listen(port), close: stop };
}
