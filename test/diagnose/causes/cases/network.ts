import { type Answer, emptyReply } from '../../../../source/diagnose/evidence/answer.ts';
import { evidenceOf, failed, healthy, timedOut } from '../../evidence.ts';
import type { Case } from '../case.ts';

const { kubeconfig } = healthy;

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
