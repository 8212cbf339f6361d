import type net from 'node:net';
import type { TLSSocket } from 'node:tls';
import { clean } from '../../model/clean.ts';
import { connected } from './open-connection.ts';
import type { Server } from './server.ts';

/** What a server's certificate says of itself: names for a message, nothing is verified. */
export interface PeerCertificate {
	subject: string;
	issuer: string;
	validFrom: Date;
	validTo: Date;
}

const timeLimit = 5000;

/**
 * Looks at the certificate of a server whose certificate was just refused, to be able to say why: Node.js does not tell
 * dates or issuer with its error. Nothing is sent over the connection. null if it cannot be had.
 */
export async function peerCertificate(server: Server): Promise<PeerCertificate | null> {
	let socket: net.Socket;
	try {
		socket = await connected(server, { timeLimit, tls: { rejectUnauthorized: false } });
	} catch {
		return null;
	}
	const certificate = (socket as TLSSocket).getPeerX509Certificate();
	socket.destroy();
	return certificate
		? {
				subject: commonName(certificate.subject),
				issuer: commonName(certificate.issuer),
				validFrom: certificate.validFromDate,
				validTo: certificate.validToDate,
			}
		: null;
}

/** The CN of a distinguished name, or the whole name on one line. */
function commonName(distinguishedName: string | undefined): string {
	const lines = (distinguishedName ?? '').split('\n');
	const common = lines.find((line) => line.startsWith('CN='));
	return clean(common ? common.slice(3) : lines.join(', ')).slice(0, 200);
}
