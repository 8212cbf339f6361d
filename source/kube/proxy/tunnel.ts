import http, { type IncomingMessage } from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { errorCode } from '../errors.ts';
import type { Destination } from './exceptions.ts';
import { ProxyFailure } from './failure.ts';
import { type ProxyServer, proxyAuthorization } from './proxy.ts';

export interface TunnelOptions {
	/** ms for each step: until the proxy is reached, and until it has reached the destination. */
	timeLimit: number;
	keepAliveProbe: number;
	addressAttempt: number;
	/** Aborts it; then it rejects, and no connection is left. */
	signal?: AbortSignal;
}

/**
 * A connection to a destination through a proxy: what is written to it arrives there.
 *
 * @throws ProxyFailure
 */
export async function openTunnel(
	proxy: ProxyServer,
	destination: Destination,
	options: TunnelOptions,
): Promise<net.Socket> {
	const socket = await connectToProxy(proxy, options);
	const stop = (): void => {
		socket.destroy();
	};
	options.signal?.addEventListener('abort', stop, { once: true });
	try {
		return await (proxy.kind === 'socks' ? askSocks : askHttp)(socket, proxy, destination, options.timeLimit);
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		options.signal?.removeEventListener('abort', stop);
	}
}

/**
 * A connection to the proxy itself.
 *
 * @throws ProxyFailure
 */
export function connectToProxy(proxy: ProxyServer, options: TunnelOptions): Promise<net.Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
	const { timeLimit, keepAliveProbe, addressAttempt, signal } = options;
	const connection = net.connect({
		host: proxy.host,
		port: proxy.port,
		keepAlive: true,
		keepAliveInitialDelay: keepAliveProbe,
		autoSelectFamilyAttemptTimeout: addressAttempt,
		noDelay: true,
	});
	const socket = proxy.secure
		? tls.connect({
				socket: connection,
				ca: [...new Set([...tls.getCACertificates('system'), ...tls.getCACertificates('default')])],
				...(net.isIP(proxy.host) ? {} : { servername: proxy.host }),
				minVersion: 'TLSv1.2',
			})
		: connection;
	let reached = false;
	const fail = (failure: ProxyFailure): void => {
		reject(failure);
		socket.destroy();
		connection.destroy();
	};
	const timer = setTimeout(() => fail(new ProxyFailure(proxy, 'unreachable', { after: timeLimit })), timeLimit);
	const stop = (): void => fail(new ProxyFailure(proxy, 'closed'));
	const onError = (error: Error): void => {
		const code = errorCode(error);
		const speaksPlain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code);
		const problem = !reached ? 'unreachable' : speaksPlain ? 'not-encrypted' : 'certificate';
		fail(new ProxyFailure(proxy, /^(?:ECONNRESET|EPIPE)$/.test(code) ? 'closed' : problem, { code }));
	};
	signal?.addEventListener('abort', stop, { once: true });
	connection.once('connect', () => {
		reached = true;
	});
	socket.once('error', onError);
	connection.once('error', onError);
	socket.once(proxy.secure ? 'secureConnect' : 'connect', () => resolve(socket));
	promise
		.catch(() => {})
		.finally(() => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			socket.removeListener('error', onError);
			connection.removeListener('error', onError);
			// Whoever takes it over listens; between two listeners an error must not end the process.
			connection.on('error', () => {});
			socket.on('error', () => {});
		});
	return promise;
}

function askHttp(
	socket: net.Socket,
	proxy: ProxyServer,
	{ host, port }: Destination,
	timeLimit: number,
): Promise<net.Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
	const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
	const authorization = proxyAuthorization(proxy);
	const request = http.request({
		method: 'CONNECT',
		path: authority,
		headers: {
			Host: authority,
			'User-Agent': 'whytop',
			...(authorization === '' ? {} : { 'Proxy-Authorization': authorization }),
		},
		createConnection: () => socket,
	});
	const timer = setTimeout(() => request.destroy(new ProxyFailure(proxy, 'silent', { after: timeLimit })), timeLimit);
	request.once('connect', (response, tunnel: net.Socket, head) => {
		clearTimeout(timer);
		if (response.statusCode !== undefined && response.statusCode >= 200 && response.statusCode < 300) {
			if (head.length > 0) {
				tunnel.unshift(head);
			}
			resolve(tunnel);
		} else {
			reject(proxyRefusal(proxy, response));
		}
	});
	request.on('error', (error) => {
		clearTimeout(timer);
		const code = errorCode(error);
		const problem = code.startsWith('HPE_') ? 'not-a-proxy' : 'closed';
		reject(error instanceof ProxyFailure ? error : new ProxyFailure(proxy, problem, { code }));
	});
	request.end();
	return promise;
}

/** What an HTTP proxy's own answer says where it is not a success. */
export function proxyRefusal(proxy: ProxyServer, response: IncomingMessage): ProxyFailure {
	const { statusCode: status = 0, statusMessage: said = '', headers } = response;
	if (status !== 407) {
		return new ProxyFailure(proxy, 'refused', { status, said });
	}
	const offers = headers['proxy-authenticate'];
	const schemes = (Array.isArray(offers) ? offers : [offers ?? '']).flatMap((offer) =>
		[...offer.matchAll(/(?:^|,\s*)([a-z]+)(?=\s|,|$)/gi)].map(([, scheme = '']) => scheme),
	);
	return new ProxyFailure(proxy, 'login', { status, said, schemes });
}

/** The library is loaded where there is such a proxy: it is larger than all else here. */
async function askSocks(
	socket: net.Socket,
	proxy: ProxyServer,
	destination: Destination,
	timeLimit: number,
): Promise<net.Socket> {
	const { SocksClient } = await import('./socks.ts');
	const { username, password } = proxy;
	const login = username === '' && password === '' ? {} : { userId: username, password };
	try {
		await SocksClient.createConnection({
			command: 'connect',
			proxy: { host: proxy.host, port: proxy.port, type: 5, ...login },
			destination: { ...destination },
			existing_socket: socket,
			timeout: timeLimit,
		});
		return socket;
	} catch (error) {
		const said = error instanceof Error ? error.message : '';
		if (/timed out/i.test(said)) {
			throw new ProxyFailure(proxy, 'silent', { after: timeLimit });
		}
		if (/no accepted authentication|authentication failed/i.test(said)) {
			throw new ProxyFailure(proxy, 'login');
		}
		const [, reason] = /rejected connection - (\w+)/.exec(said) ?? [];
		if (reason !== undefined) {
			throw new ProxyFailure(proxy, 'refused', { said: reason.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() });
		}
		throw new ProxyFailure(proxy, /Socket closed/i.test(said) || errorCode(error) !== '' ? 'closed' : 'not-a-proxy', {
			code: errorCode(error),
		});
	}
}
