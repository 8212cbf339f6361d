import { isIPv6 } from 'node:net';
import * as text from '../../messages/en/kube-proxy.ts';
import { KubeError } from '../errors.ts';
import type { ProxyFailure } from '../proxy/failure.ts';
import { type ProxyServer, proxyAuthorization } from '../proxy/proxy.ts';
import { presentable } from '../redact.ts';
import type { Server } from './server.ts';

/** What the proxy did to a connection, as a sentence that does not blame the server. */
export function proxyError(failure: ProxyFailure, { host, port }: Server, cluster: string): KubeError {
	const { problem, status, code, after, schemes } = failure;
	const proxy = nameOf(failure.proxy);
	const goal = { host, authority: `${isIPv6(host) ? `[${host}]` : host}:${port}`, cluster };
	const said = presentable(failure.said, 200).replaceAll('\n', ' ');
	const unreached = (kind: KubeError['kind'], message: string, retriable: boolean): KubeError =>
		new KubeError(kind, message, { id: 'local-proxy-refused', code, retriable });
	const denied = (kind: KubeError['kind'], message: string, retriable: boolean): KubeError =>
		new KubeError(kind, message, { id: 'local-proxy-denied', code, retriable });
	switch (problem) {
		case 'unreachable':
			return unreached(
				Number.isNaN(after) ? 'unreachable' : 'timeout',
				text.proxyUnreachable(proxy, goal, code, after),
				true,
			);
		case 'not-encrypted':
			return unreached('tls', text.proxyNotEncrypted(proxy, goal), false);
		case 'certificate':
			return unreached('tls', text.proxyCertificate(proxy, goal, code), false);
		case 'silent':
			return denied('timeout', text.proxySilent(proxy, goal, after), true);
		case 'closed':
			return denied('unreachable', text.proxyClosed(proxy, goal), true);
		case 'not-a-proxy':
			return denied('protocol', text.notProxy(proxy, goal), false);
		case 'login':
			return denied('unreachable', text.proxyLogin(proxy, goal, `${status || ''} ${said}`.trim(), schemes), false);
		case 'refused':
			return denied('unreachable', text.proxyRefused(proxy, goal, status, said), status === 0 || status >= 500);
	}
}

/** A proxy for a message: without its name and password. */
export function nameOf(proxy: ProxyServer): text.ProxyName {
	const { address, setting, kind } = proxy;
	return { address, setting, kind, login: proxyAuthorization(proxy) !== '' };
}
