/** The way to the API server: names, connections, proxies, TLS. */
import { base64 } from '../kubeconfig.ts';
import type { Fault } from './fault.ts';
import { editCluster, editKubeconfig, onTheWay, unusedPort } from './reach-changes.ts';

const day = 24 * 3_600_000;

/** The words of Go's server for a request without TLS, byte for byte, and of one that knows no TLS for the begin of a handshake. */
const wantsTls = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';
const knowsNoTls =
	'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request';

/** Squid's words for what its rules do not allow. */
const denial = '<html><head><title>ERROR: The requested URL could not be retrieved</title></head></html>\n';
const denied = [
	'HTTP/1.1 403 Forbidden',
	'Server: squid/6.10',
	'Mime-Version: 1.0',
	'Content-Type: text/html;charset=utf-8',
	`Content-Length: ${denial.length}`,
	'X-Squid-Error: ERR_ACCESS_DENIED 0',
	'Connection: close',
	'',
	denial,
].join('\r\n');

export const networkFaults: readonly Fault[] = [
	// The domain that no name server knows (RFC 6761).
	onTheWay('api-dns', (reach) => {
		editCluster(reach, ({ port }) => ({ server: `https://api.whytop-demo.invalid:${port}` }));
	}),
	onTheWay('api-refused', (reach) => {
		editCluster(reach, () => ({ server: `https://127.0.0.1:${unusedPort}` }));
	}),
	onTheWay('api-timeout', (reach) => {
		reach.gate = () => {};
	}),
	onTheWay('api-reset', (reach) => {
		reach.gate = (connection) => {
			connection.once('data', () => connection.resetAndDestroy());
		};
	}),
	onTheWay('local-proxy-refused', (reach) => {
		editCluster(reach, () => ({ 'proxy-url': `http://127.0.0.1:${unusedPort}` }));
	}),
	onTheWay('local-proxy-denied', (reach) => {
		reach.proxy = (connection) => {
			connection.end(denied);
		};
		editCluster(reach, ({ proxy }) => ({ 'proxy-url': proxy }));
	}),
	// The kubeconfig is of a cluster that was made anew since.
	onTheWay('api-tls-unknown-ca', (reach) => {
		editCluster(reach, ({ stranger }) => ({ 'certificate-authority-data': base64(stranger.certificate) }));
	}),
	onTheWay('tls-mitm', (reach) => {
		reach.certificate.signer = { name: 'Zscaler Intermediate Root CA (zscaler.net)', organization: 'Zscaler Inc.' };
	}),
	onTheWay('api-tls-name-mismatch', (reach) => {
		reach.certificate.names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'control-plane-01'];
		reach.certificate.addresses = ['10.96.0.1', '192.0.2.10'];
	}),
	onTheWay('api-tls-expired', (reach) => {
		reach.certificate.from = -366 * day;
		reach.certificate.until = -day;
	}),
	onTheWay('http-on-https', (reach) => {
		reach.gate = (connection) => {
			connection.once('data', () => connection.end(wantsTls));
		};
		editCluster(reach, ({ port }) => ({ server: `http://127.0.0.1:${port}` }));
	}),
	onTheWay('https-on-http', (reach) => {
		reach.gate = (connection) => {
			connection.once('data', () => connection.end(knowsNoTls));
		};
	}),
	// Rancher writes the way through it and those to the nodes into one file: here the one to a node is chosen.
	onTheWay('rancher-ace-bypass', (reach) => {
		reach.pathPrefix = '/k8s/clusters/c-m-8fkz2q7x';
		editKubeconfig(reach, ({ clusters, contexts, 'current-context': current }, { port }) => {
			const node = `${current}-control-plane-01`;
			const user = contexts.find(({ name }) => name === current)?.context.user ?? '';
			return {
				'current-context': node,
				clusters: [
					...clusters.map(({ cluster, name }) => ({
						name,
						cluster: { ...cluster, server: cluster.server + reach.pathPrefix },
					})),
					...clusters.map(({ cluster }) => ({
						name: node,
						cluster: { ...cluster, server: `https://control-plane-01.whytop-demo.invalid:${port}` },
					})),
				],
				contexts: [...contexts, { name: node, context: { cluster: node, user } }],
			};
		});
	}),
];
