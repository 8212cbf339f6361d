import { type Answer, emptyReply } from '../../../../source/diagnose/evidence/answer.ts';
import { changed, evidenceOf, failed, healthy, now, read, seconds, timedOut } from '../../evidence.ts';
import type { Case } from '../case.ts';

const { kubeconfig, surroundings } = healthy;

/** The connection itself failed. */
const connection = (proves: string, code = ''): Case => ({
	proves,
	evidence: evidenceOf({ kubeconfig, version: failed(proves, `No connection: ${proves}.`, code) }),
});

/** Something answered /version, and the connection knows what. */
function answered(proves: string, status: number, body: string): Case {
	const version: Answer<never> = {
		...emptyReply,
		request: 'GET /version',
		outcome: status === 403 ? 'forbidden' : 'answered',
		status,
		body,
		error: body,
		errorId: proves,
		value: null,
	};
	return { proves, evidence: evidenceOf({ kubeconfig, version }) };
}

/** A certificate of this issuer, which the kubeconfig does not trust. */
function presented(issuer: string) {
	const subject = 'CN=api.example.com';
	const [from, until] = [now - seconds(86_400), now + seconds(86_400 * 14)];
	return read({
		endpoint: 'api.example.com:6443',
		chain: [{ subject, issuer, names: ['DNS:api.example.com'], from, until }],
		code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		protocol: 'TLSv1.3',
		took: 12,
	});
}

/** What this machine sees where an inspecting proxy answers. */
const inspected = {
	dns: read([
		{ of: 'server' as const, setting: '', name: 'api.example.com', addresses: ['10.0.0.1'], code: '', took: 3 },
	]),
	tcp: read([{ of: 'server' as const, address: '10.0.0.1', port: 6443, code: '', took: 2 }]),
	tls: presented('C=US, O=Zscaler Inc., CN=Zscaler Intermediate Root CA (zscaler.net)'),
};

const unknownAuthority = failed('api-tls-unknown-ca', 'No connection.', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY');

export const networkCases: readonly Case[] = [
	connection('api-dns', 'ENOTFOUND'),
	connection('api-refused', 'ECONNREFUSED'),
	connection('local-proxy-refused', 'ECONNREFUSED'),
	connection('local-proxy-denied'),
	connection('api-timeout', 'ETIMEDOUT'),
	{
		proves: 'api-timeout',
		title: 'by the time of the probe',
		evidence: evidenceOf({ kubeconfig, version: timedOut }),
	},
	connection('api-reset', 'ECONNRESET'),
	connection('api-tls-unknown-ca', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
	{
		proves: 'api-tls-unknown-ca',
		title: 'of a cluster with an authority of its own',
		evidence: evidenceOf({
			kubeconfig,
			version: unknownAuthority,
			...inspected,
			tls: presented('CN=kubernetes'),
		}),
	},
	{ proves: 'tls-mitm', evidence: evidenceOf({ kubeconfig, version: unknownAuthority, ...inspected }) },
	{
		proves: 'rancher-ace-bypass',
		certainty: 'likely',
		evidence: evidenceOf({
			kubeconfig: changed(kubeconfig, { context: 'shop-n1', server: 'https://192.168.7.11:6443' }),
			surroundings: changed(surroundings, {
				behindRancher: [{ context: 'shop', server: 'https://rancher.example/k8s/clusters/c-m-7xkq2' }],
			}),
			version: failed('api-timeout', 'No connection: api-timeout.', 'ETIMEDOUT'),
		}),
	},
	connection('api-tls-name-mismatch', 'ERR_TLS_CERT_ALTNAME_INVALID'),
	connection('api-tls-expired', 'CERT_HAS_EXPIRED'),
	connection('https-on-http'),
	answered('http-on-https', 400, 'Client sent an HTTP request to an HTTPS server.'),
	answered('server-path-prefix', 404, '404 page not found'),
	answered('server-is-web-page', 200, '<html><title>Sign in</title>'),
	answered('api-front-503', 503, 'no healthy upstream'),
	answered('api-throttled', 429, 'Too many requests, please try again later.'),
	answered('rancher-agent-disconnected', 500, 'cluster agent disconnected'),
	answered('rancher-no-session', 500, 'failed to find Session for client c-m-7xkq2'),
	answered('rancher-cluster-unavailable', 503, '{"code":"ClusterUnavailable","message":"cluster not found"}'),
	answered('rancher-cluster-unknown', 404, 'No cluster available'),
	answered('rancher-no-path', 302, ''),
	answered('rancher-token-scope', 401, '{"message":"clusterID does not match: must authenticate"}'),
	answered('rancher-token-invalid', 401, '{"message":"must authenticate"}'),
	answered('rancher-impersonation-failed', 500, 'unable to create impersonator account: forbidden'),
];
