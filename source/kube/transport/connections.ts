import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import tls from 'node:tls';
import type { Credential } from '../credentials/credential.ts';
import { connected, type OpenOptions, openConnection } from './open-connection.ts';
import type { Server } from './server.ts';

/**
 * Two watches, and a few lists beside them: each has a connection to itself, over HTTP/1.1. HTTP/2 would share one, and
 * with the windows that Node.js (64 KiB) and its libraries give a stream, a list over a line of 150 ms takes seven to
 * forty times as long; it does not pass every proxy and tunnel either, and a stalled list could starve a watch.
 */
const maximumSockets = 6;
/** Go's servers close an idle connection after 90 s: be first, or a request may meet the closing. ms. */
const idleSocketLife = 60_000;

/**
 * The pool of connections to the one server. With a client certificate it belongs to that certificate: another one gets
 * new connections, as in client-go.
 */
export class Connections {
	readonly #server: Server;
	readonly #timeLimit: number;
	readonly #closing = new AbortController();
	#agent: http.Agent | null = null;
	#certificate = '';
	#key = '';
	/** Made once: reading the system's authorities takes longer than a request. */
	#secureContext: tls.SecureContext | null = null;
	/** TLS sessions of this certificate's connections: the next one is made with less. Never one of another certificate. */
	#sessions: Sessions = {};

	/** @param timeLimit ms for each step of making a connection */
	constructor(server: Server, timeLimit: number) {
		this.#server = server;
		this.#timeLimit = timeLimit;
	}

	/** The agent to send with. Throws what Node.js throws for a certificate that it cannot use. */
	agentFor(credential: Credential): http.Agent {
		if (this.#agent && this.#certificate === credential.certificate && this.#key === credential.key) {
			return this.#agent;
		}
		this.#closeIdle(this.#agent);
		this.#certificate = credential.certificate;
		this.#key = credential.key;
		this.#sessions = {};
		this.#secureContext = this.#server.secure ? secureContextOf(this.#server, credential) : null;
		this.#agent = this.#server.secure ? new https.Agent(poolOptions) : new http.Agent(poolOptions);
		this.#agent.createConnection = (_options, onOpen = () => {}) => this.#open(onOpen);
		return this.#agent;
	}

	/** A connection of one's own, outside of the pool, made in the same way. */
	connected(credential: Credential): Promise<net.Socket> {
		this.agentFor(credential);
		return connected(this.#server, this.#openOptions());
	}

	/** Local addresses of the open connections. */
	localAddresses(): string[] {
		const sockets = [this.#agent?.sockets, this.#agent?.freeSockets].flatMap((pool) =>
			Object.values(pool ?? {}).flat(),
		);
		return sockets.flatMap((socket) => (socket?.localAddress ? [socket.localAddress] : []));
	}

	/** Closes the connections that nobody uses just now, so that the next request makes a new one. */
	closeIdle(): void {
		this.#closeIdle(this.#agent);
	}

	/** Closes all connections, also those in use. */
	destroy(): void {
		this.#closing.abort();
		this.#agent?.destroy();
		this.#agent = null;
	}

	/**
	 * Connections through a proxy are given to the agent when they stand, so that a burst of requests may make a few
	 * more of them than the pool keeps.
	 */
	#open(onOpen: (error: Error | null, socket: net.Socket) => void): net.Socket | undefined {
		const sessions = this.#sessions;
		const socket = openConnection(this.#server, this.#openOptions(), (error, opened) => {
			if (!error) {
				remember(opened, sessions);
			}
			onOpen(error, opened);
		});
		if (socket) {
			remember(socket, sessions);
		}
		return socket;
	}

	#openOptions(): OpenOptions {
		return {
			timeLimit: this.#timeLimit,
			signal: this.#closing.signal,
			tls: {
				...(this.#secureContext ? { secureContext: this.#secureContext } : {}),
				...(this.#sessions.last ? { session: this.#sessions.last } : {}),
			},
		};
	}

	#closeIdle(agent: http.Agent | null): void {
		for (const socket of Object.values(agent?.freeSockets ?? {}).flat()) {
			socket?.destroy();
		}
	}
}

interface Sessions {
	last?: Buffer;
}

function remember(socket: net.Socket, sessions: Sessions): void {
	socket.on('session', (session: Buffer) => {
		sessions.last = session;
	});
	socket.on('error', () => {
		delete sessions.last;
	});
}

const poolOptions: http.AgentOptions = {
	keepAlive: true,
	maxSockets: maximumSockets,
	maxFreeSockets: maximumSockets,
	scheduling: 'lifo',
	timeout: idleSocketLife,
};

function secureContextOf({ certificateAuthority }: Server, { certificate, key }: Credential): tls.SecureContext {
	return tls.createSecureContext({
		ca: certificateAuthority === '' ? systemAuthorities() : certificateAuthority,
		...(certificate === '' ? {} : { cert: certificate, key }),
		minVersion: 'TLSv1.2',
	});
}

/** What kubectl trusts where the kubeconfig names no CA: the system's store; and Node.js' own list beside it. */
export function systemAuthorities(): string[] {
	return [...new Set([...tls.getCACertificates('system'), ...tls.getCACertificates('default')])];
}
