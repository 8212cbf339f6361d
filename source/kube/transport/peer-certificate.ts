import { isIP } from 'node:net';
import tls from 'node:tls';
import { clean } from '../../model/clean.ts';
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
export function peerCertificate(server: Server): Promise<PeerCertificate | null> {
	const { promise, resolve } = Promise.withResolvers<PeerCertificate | null>();
	const name = server.tlsServerName || server.host;
	const socket = tls.connect({
		host: server.host,
		port: server.port,
		...(isIP(name) ? {} : { servername: name }),
		rejectUnauthorized: false,
	});
	const timer = setTimeout(() => finish(null), timeLimit);
	function finish(result: PeerCertificate | null): void {
		clearTimeout(timer);
		resolve(result);
		socket.destroy();
	}
	socket.once('error', () => finish(null));
	socket.once('close', () => finish(null));
	socket.once('secureConnect', () => {
		const certificate = socket.getPeerX509Certificate();
		finish(
			certificate
				? {
						subject: commonName(certificate.subject),
						issuer: commonName(certificate.issuer),
						validFrom: certificate.validFromDate,
						validTo: certificate.validToDate,
					}
				: null,
		);
	});
	return promise;
}

/** The CN of a distinguished name, or the whole name on one line. */
function commonName(distinguishedName: string | undefined): string {
	const lines = (distinguishedName ?? '').split('\n');
	const common = lines.find((line) => line.startsWith('CN='));
	return clean(common ? common.slice(3) : lines.join(', ')).slice(0, 200);
}
