import net from 'node:net';
import tls from 'node:tls';
import { connectToProxy, openTunnel } from '../proxy/tunnel.ts';
import { NoAnswerInTime } from './send.ts';
import type { Server } from './server.ts';

export interface OpenOptions {
	/** ms for each step of it; by default 10 s. */
	timeLimit?: number;
	/** Breaks it off. */
	signal?: AbortSignal;
	/** How the server's certificate is judged, and what is presented; unused for a server without TLS. */
	tls?: tls.ConnectionOptions;
}

const defaultTimeLimit = 10_000;
const keepAliveProbe = 30_000;
/** Before the next address of a host is tried (RFC 8305); Node.js' 250 ms gives up on a far server's first address. */
const addressAttempt = 2500;

/**
 * So much is read ahead of who reads, bytes: a long answer is inflated in few large steps then, each of which is a way to
 * another thread and back. With the stream's usual 64 KB, what comes out of one step is hardly ever as large as it may be.
 */
const highWaterMark = 512 * 1024;

/**
 * Opens a connection to the server, through its proxy where it has one: the one way that requests, upgraded connections
 * and probes go. Node.js' contract for agents: it gives the socket at once, still connecting, where it can, and else
 * undefined and calls back later.
 */
export function openConnection(
	server: Server,
	options: OpenOptions,
	onOpen: (error: Error | null, socket: net.Socket) => void,
): net.Socket | undefined {
	const { timeLimit = defaultTimeLimit, signal } = options;
	const { proxy } = server;
	if (!proxy) {
		return limited(server.secure ? encrypted(server, options) : net.connect(addressOf(server)), server, timeLimit);
	}
	const tunnelOptions = { timeLimit, keepAliveProbe, addressAttempt, ...(signal ? { signal } : {}) };
	(forwards(server) ? connectToProxy(proxy, tunnelOptions) : openTunnel(proxy, server, tunnelOptions)).then(
		(socket) => onOpen(null, server.secure ? limited(encrypted(server, options, socket), server, timeLimit) : socket),
		// An agent that is given an error does not look at the socket.
		(error: Error) => onOpen(error, undefined as unknown as net.Socket),
	);
	return undefined;
}

/** The same, once everything stands: TLS too, and the certificate is accepted. */
export function connected(server: Server, options: OpenOptions = {}): Promise<net.Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
	const wait = (socket: net.Socket): void => {
		const stands = server.secure ? 'secureConnect' : 'connect';
		socket.once('error', reject);
		socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
		if (!server.secure && !socket.connecting) {
			resolve(socket);
		}
		socket.once(stands, () => {
			socket.removeListener('error', reject);
			resolve(socket);
		});
	};
	const socket = openConnection(server, options, (error, opened) => (error ? reject(error) : wait(opened)));
	if (socket) {
		wait(socket);
	}
	return promise;
}

/** True where a proxy does not make a connection but is handed the requests themselves, as HTTP proxies are in plain. */
export function forwards({ secure, proxy }: Server): boolean {
	return !secure && proxy?.kind === 'http';
}

function addressOf({
	host,
	port,
}: Server): net.TcpNetConnectOpts & { highWaterMark: number; autoSelectFamilyAttemptTimeout: number } {
	return {
		host,
		port,
		highWaterMark,
		noDelay: true,
		keepAlive: true,
		keepAliveInitialDelay: keepAliveProbe,
		autoSelectFamilyAttemptTimeout: addressAttempt,
	};
}

function encrypted(server: Server, { tls: options = {} }: OpenOptions, through?: net.Socket): tls.TLSSocket {
	const { tlsServerName, host, verify } = server;
	const name = tlsServerName || host;
	return tls.connect({
		...addressOf(server),
		...(through ? { socket: through } : {}),
		rejectUnauthorized: verify,
		minVersion: 'TLSv1.2',
		// An address cannot be asked for by name (RFC 6066 §3), but can be what the certificate must carry.
		servername: net.isIP(name) ? '' : name,
		checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate),
		...options,
	});
}

function limited<T extends net.Socket>(socket: T, { secure }: Server, timeLimit: number): T {
	const timer = setTimeout(() => socket.destroy(new NoAnswerInTime('connect', timeLimit)), timeLimit);
	const stop = (): void => clearTimeout(timer);
	socket.once(secure ? 'secureConnect' : 'connect', stop);
	socket.once('close', stop);
	return socket;
}
