import { readFile } from 'node:fs/promises';
import * as text from '../../messages/en/kube.ts';
import { certificatesOf, fromBase64 } from '../credentials/certificates.ts';
import { errorCode, KubeError } from '../errors.ts';
import type { ClusterEntry } from '../kubeconfig/entries.ts';
import { environmentProxy } from '../proxy/environment.ts';
import { type ProxyServer, parseProxy } from '../proxy/proxy.ts';
import { presentable } from '../redact.ts';

/** Where the API server is and how its certificate is judged. */
export interface Server {
	secure: boolean;
	/** Without the brackets of an IPv6 address. */
	host: string;
	port: number;
	/** `''` or `/k8s/clusters/c-xxxxx`: stands before every path. */
	pathPrefix: string;
	/** `https://host:6443` */
	origin: string;
	/** Origin and path prefix, for people. */
	address: string;
	/** PEM, '' = the system's authorities. */
	certificateAuthority: string;
	/** Name that the certificate must carry instead of the host, '' = the host. */
	tlsServerName: string;
	verify: boolean;
	/** What the way to it goes through, null = nothing. */
	proxy: ProxyServer | null;
	/** The kubeconfig gave no scheme, so http was taken, as kubectl does. */
	assumedPlain: boolean;
}

/**
 * @param context name of the context, '' if there is none; for messages
 * @param environment may name a proxy, where the cluster's entry names none
 * @throws KubeError kind `configuration`: no usable address or proxy, an unreadable CA, contradicting settings
 */
export async function serverOf(
	cluster: ClusterEntry,
	context: string,
	environment: NodeJS.ProcessEnv,
): Promise<Server> {
	const where = { cluster: cluster.name, file: cluster.file, context };
	const url = parseServer(cluster, where);
	if (cluster.insecureSkipTlsVerify && (cluster.certificateAuthority || cluster.certificateAuthorityData)) {
		throw new KubeError('configuration', text.authorityAndInsecure(where), { id: 'kubeconfig-flag-conflict' });
	}
	const secure = url.protocol === 'https:';
	const pathPrefix = url.pathname.replace(/\/+$/, '');
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
	return {
		secure,
		host,
		port,
		proxy:
			cluster.proxyUrl === ''
				? environmentProxy({ secure, host, port }, environment)
				: parseProxy(cluster.proxyUrl, 'proxy-url', cluster.file),
		pathPrefix,
		origin: url.origin,
		address: `${url.origin}${pathPrefix}`,
		certificateAuthority: secure ? await readAuthority(cluster, where) : '',
		tlsServerName: cluster.tlsServerName,
		verify: !cluster.insecureSkipTlsVerify,
		assumedPlain: !/^https?:/i.test(cluster.server),
	};
}

type Where = Parameters<typeof text.serverMissing>[0];

function parseServer(cluster: ClusterEntry, where: Where): URL {
	if (cluster.server === '') {
		throw new KubeError('configuration', text.serverMissing(where), { id: 'kubeconfig-cluster-missing' });
	}
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(cluster.server);
	let url: URL | null = null;
	try {
		url = new URL(hasScheme ? cluster.server : `http://${cluster.server}`);
	} catch {
		// Said below.
	}
	const pathWithoutScheme = !hasScheme && url !== null && url.pathname !== '/';
	if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '' || pathWithoutScheme) {
		throw new KubeError('configuration', text.serverUnusable(withoutPassword(cluster.server), where), {
			id: 'kubeconfig-flag-conflict',
		});
	}
	return url;
}

async function readAuthority(cluster: ClusterEntry, where: Where): Promise<string> {
	let pem = '';
	if (cluster.certificateAuthorityData !== '') {
		pem = fromBase64(cluster.certificateAuthorityData);
	} else if (cluster.certificateAuthority !== '') {
		try {
			pem = await readFile(cluster.certificateAuthority, 'utf8');
		} catch (error) {
			const code = errorCode(error);
			throw new KubeError(
				'configuration',
				text.referencedFileMissing('certificate-authority', cluster.certificateAuthority, code, cluster.file),
				{ id: 'kubeconfig-file-ref-missing', code },
			);
		}
	} else {
		return '';
	}
	if (certificatesOf(pem).length === 0) {
		throw new KubeError('configuration', text.authorityGarbage(cluster.certificateAuthority, where), {
			id: 'kubeconfig-ca-garbage',
		});
	}
	return pem;
}

function withoutPassword(address: string): string {
	return presentable(address.replace(/\/\/[^/@]*@/, '//'), 300);
}
