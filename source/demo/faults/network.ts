/** The way to the API server: names, connections, proxies, TLS. */
import { base64 } from '../kubeconfig.ts';
import type { Fault } from './fault.ts';
import { editCluster, onTheWay } from './reach-changes.ts';

const day = 24 * 3_600_000;

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
	onTheWay('api-timeout', (reach) => {
		reach.gate = () => {};
	}),
	onTheWay('api-reset', (reach) => {
		reach.gate = (connection) => {
			connection.once('data', () => connection.resetAndDestroy());
		};
	}),
	// Nothing listens on the port of tcpmux, these forty years.
	onTheWay('local-proxy-refused', (reach) => {
		editCluster(reach, () => ({ 'proxy-url': 'http://127.0.0.1:1' }));
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
	onTheWay('api-tls-name-mismatch', (reach) => {
		reach.certificate.names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'control-plane-01'];
		reach.certificate.addresses = ['10.96.0.1', '192.0.2.10'];
	}),
	onTheWay('api-tls-expired', (reach) => {
		reach.certificate.from = -366 * day;
		reach.certificate.until = -day;
	}),
];
