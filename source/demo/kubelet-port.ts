/** The port of one kubelet, for real: it shows its certificate, and lets nobody in. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubeletPort } from './reach.ts';
import type { Authority } from './server/certificate.ts';

/** Listens on 127.0.0.1, on a port that is noted in what it is told of. */
export async function openKubeletPort(kubelet: KubeletPort, authority: Authority): Promise<{ close(): void }> {
	const now = Date.now();
	const { addresses, from, names, until } = kubelet.certificate;
	const { certificate, key } = authority.forServer(names, addresses, { from: now + from, until: now + until });
	const server = createServer({ cert: certificate, key }, (_request, response) => {
		response.writeHead(401, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Unauthorized');
	});
	server.on('clientError', (_error, socket) => socket.destroy());
	const { promise, resolve } = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	kubelet.port = (server.address() as AddressInfo).port;
	return {
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
