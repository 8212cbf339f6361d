import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** The certificate that a client has shown: whose it is, and whether it is good and of an authority that is believed. */
export interface ShownCertificate {
	name: string;
	accepted: boolean;
}

/** undefined if it has shown none. */
export function clientCertificate({ socket }: IncomingMessage): ShownCertificate | undefined {
	if (!(socket instanceof TLSSocket)) return undefined;
	const certificate = socket.getPeerX509Certificate();
	if (!certificate) return undefined;
	return { name: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '', accepted: socket.authorized };
}
