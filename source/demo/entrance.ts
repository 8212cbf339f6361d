import { kubeconfigText, makeKubeconfig } from './kubeconfig.ts';
import type { Reach, ServerCertificate } from './reach.ts';
import { Authority } from './server/certificate.ts';
import { startGate, startProxy } from './server/gate.ts';
import { type Answer, type Listener, type ServerKeys, startListener } from './server/listen.ts';
import type { UserName } from './server/users.ts';

/** Where a demo cluster is reached, and by what. */
export interface Entrance {
	/** Of the API server, or of what takes its place. */
	listener: Listener;
	url: string;
	/** The text of the kubeconfig of a user. */
	kubeconfig(current: UserName): string;
	close(): Promise<void>;
}

function serverKeys(wished: ServerCertificate, authority: Authority): ServerKeys {
	const { addresses, from, names, signer, until } = wished;
	const signedBy = signer === null ? authority : new Authority(signer.name, [signer.organization]);
	const now = Date.now();
	const pair = signedBy.forServer(names, addresses, { from: now + from, until: now + until });
	return { ...pair, authority: authority.certificate };
}

/** Takes the prefix off. */
function belowPrefix(prefix: string, handler: Answer): Answer {
	if (prefix === '') return handler;
	return (request, response, upgrade) => {
		if (request.url?.startsWith(`${prefix}/`)) request.url = request.url.slice(prefix.length);
		handler(request, response, upgrade);
	};
}

/**
 * Opens the way to the API server, with all that is wrong with it.
 * @throws Error if the port is taken
 */
export async function openEntrance(
	reach: Reach,
	handler: Answer,
	{ insecure, port }: { insecure: boolean; port: number },
	authority = new Authority(),
): Promise<Entrance> {
	const keys = insecure ? undefined : serverKeys(reach.certificate, authority);
	const listener = reach.gate
		? await startGate(reach.gate, port)
		: await startListener(belowPrefix(reach.pathPrefix, handler), keys, port);
	const proxy = reach.proxy && (await startProxy(reach.proxy));
	const url = `${insecure ? 'http' : 'https'}://127.0.0.1:${listener.port}`;
	return {
		listener,
		url,
		kubeconfig(current) {
			const means = {
				port: listener.port,
				proxy: proxy ? `http://127.0.0.1:${proxy.port}` : '',
				authority,
				stranger: new Authority(),
			};
			const config = reach.kubeconfig.reduce(
				(changed, next) => next(changed, means),
				makeKubeconfig(url, insecure ? undefined : authority.certificate, current),
			);
			return reach.text.reduce((changed, next) => next(changed), kubeconfigText(config));
		},
		async close() {
			await proxy?.close();
			await listener.close();
		},
	};
}
