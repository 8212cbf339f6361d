import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { Credential } from '../credentials/credential.ts';
import type { Server } from './server.ts';

/** Two watches, and a few lists beside them. */
const maximumSockets = 6;
/** Go's servers close an idle connection after 90 s: be first, or a request may meet the closing. ms. */
const idleSocketLife = 60_000;
const keepAliveProbe = 30_000;
/** Before the next address of a host is tried (RFC 8305); Node.js' 250 ms gives up on a far server's first address. */
const addressAttempt = 2500;

/**
 * The pool of connections to the one server. With a client certificate it belongs to that certificate: another one gets
 * new connections, as in client-go.
 */
export class Connections {
	readonly #server: Server;
	#agent: http.Agent | null = null;
	#certificate = '';
	#key = '';

	constructor(server: Server) {
		this.#server = server;
	}

	/** The agent to send with. Throws what Node.js throws for a certificate that it cannot use. */
	agentFor(credential: Credential): http.Agent {
		if (this.#agent && this.#certificate === credential.certificate && this.#key === credential.key) {
			return this.#agent;
		}
		this.#closeIdle(this.#agent);
		this.#certificate = credential.certificate;
		this.#key = credential.key;
		this.#agent = this.#server.secure ? this.#secureAgent(credential) : new http.Agent(poolOptions);
		return this.#agent;
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
		this.#agent?.destroy();
		this.#agent = null;
	}

	#closeIdle(agent: http.Agent | null): void {
		for (const socket of Object.values(agent?.freeSockets ?? {}).flat()) {
			socket?.destroy();
		}
	}

	#secureAgent(credential: Credential): https.Agent {
		const { tlsServerName, verify, certificateAuthority } = this.#server;
		const options: https.AgentOptions & { secureContext: tls.SecureContext } = {
			...poolOptions,
			rejectUnauthorized: verify,
			minVersion: 'TLSv1.2',
			// Made once: reading the system's authorities takes longer than a request.
			secureContext: tls.createSecureContext({
				ca: certificateAuthority === '' ? systemAuthorities() : certificateAuthority,
				...(credential.certificate === '' ? {} : { cert: credential.certificate, key: credential.key }),
				minVersion: 'TLSv1.2',
			}),
		};
		if (tlsServerName !== '') {
			// An address cannot be asked for by name (RFC 6066 §3), but can be what the certificate must carry.
			options.servername = isIP(tlsServerName) ? '' : tlsServerName;
			options.checkServerIdentity = (_host, certificate) => tls.checkServerIdentity(tlsServerName, certificate);
		}
		return new https.Agent(options);
	}
}

const poolOptions: http.AgentOptions & { autoSelectFamilyAttemptTimeout: number } = {
	keepAlive: true,
	keepAliveMsecs: keepAliveProbe,
	maxSockets: maximumSockets,
	maxFreeSockets: maximumSockets,
	scheduling: 'lifo',
	timeout: idleSocketLife,
	autoSelectFamilyAttemptTimeout: addressAttempt,
};

/** What kubectl trusts where the kubeconfig names no CA: the system's store; and Node.js' own list beside it. */
function systemAuthorities(): string[] {
	return [...new Set([...tls.getCACertificates('system'), ...tls.getCACertificates('default')])];
}
