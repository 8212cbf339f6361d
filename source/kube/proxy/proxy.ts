import * as text from '../../messages/en/kube-proxy.ts';
import { KubeError } from '../errors.ts';
import { presentable } from '../redact.ts';

/** What connections go through on their way to a server. */
export interface ProxyServer {
	/** How it is asked: HTTP (CONNECT, or in plain for what is not encrypted), or SOCKS 5, which looks up names itself. */
	kind: 'http' | 'socks';
	/** The connection to the proxy itself is encrypted. */
	secure: boolean;
	/** Without the brackets of an IPv6 address. */
	host: string;
	port: number;
	/** '' = none. Never shown. */
	username: string;
	password: string;
	/** For people: scheme, host and port, nothing else. */
	address: string;
	/** What named it: `proxy-url`, or the name of a variable of the environment. */
	setting: string;
}

const defaultPorts: Readonly<Record<string, number>> = {
	'http:': 80,
	'https:': 443,
	'socks5:': 1080,
	'socks5h:': 1080,
};

/**
 * A proxy's address as kubectl understands it: a URL, or `host:port`, which means http. Its socks5 looks up names at
 * the proxy, as others' socks5h does.
 *
 * @param file the kubeconfig that names it, '' if it is none
 * @throws KubeError kind `configuration`
 */
export function parseProxy(address: string, setting: string, file = ''): ProxyServer {
	const url = parseUrl(address);
	const defaultPort = defaultPorts[url?.protocol ?? ''];
	if (!url || defaultPort === undefined || url.hostname === '') {
		throw new KubeError('configuration', text.proxyUnusable(withoutPassword(address), setting, file), {
			id: 'proxy-unusable',
		});
	}
	const port = url.port === '' ? defaultPort : Number(url.port);
	return {
		kind: url.protocol.startsWith('socks') ? 'socks' : 'http',
		secure: url.protocol === 'https:',
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port,
		username: decoded(url.username),
		password: decoded(url.password),
		address: `${url.protocol}//${url.hostname}:${port}`,
		setting,
	};
}

/** The value of the Proxy-Authorization header, '' if it gives no name. */
export function proxyAuthorization({ username, password }: ProxyServer): string {
	return username === '' && password === ''
		? ''
		: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function parseUrl(address: string): URL | null {
	const trimmed = address.trim();
	return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
}

function withoutPassword(address: string): string {
	return presentable(address.replace(/^([a-z0-9+.-]*:\/\/)?.*@/i, '$1'), 300);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
