import { type Answer, emptyReply } from '../../../../source/diagnose/evidence/answer.ts';
import type { CredentialFacts, ValidTimes } from '../../../../source/diagnose/evidence/credentials.ts';
import { evidenceOf, failed, forbidden, healthy, now, read } from '../../evidence.ts';
import type { Case } from '../case.ts';

const { kubeconfig, version } = healthy;
const hour = 3_600_000;
const day = 24 * hour;

/** The kubeconfig cannot be used, and the connection knows why. */
const unusable = (proves: string): Case => ({
	proves,
	evidence: evidenceOf({ kubeconfig: failed(proves, `The kubeconfig cannot be used: ${proves}.`) }),
});

/** The credentials could not be made. */
const notMade = (proves: string, title = ''): Case => ({
	proves,
	...(title === '' ? {} : { title }),
	evidence: evidenceOf({ kubeconfig, plugin: failed(proves, `No credentials: ${proves}.`) }),
});

const good: ValidTimes = { from: now - day, until: now + day, issuer: 'CN=kubernetes' };
const expired: ValidTimes = { from: now - 9 * day, until: now - hour, issuer: 'CN=kubernetes' };
const early: ValidTimes = { from: now + hour, until: now + day, issuer: 'CN=kubernetes' };

const credentials = (more: Partial<CredentialFacts>) =>
	read<CredentialFacts>({
		kinds: [],
		certificate: null,
		token: null,
		plugin: null,
		missingFiles: [],
		as: '',
		...more,
	});

/** 401 of the first request; the connection gives it the id of what this machine’s clock makes of the dates. */
const refused = (errorId = 'token-expired-or-revoked', status = 401): Answer<never> => ({
	...emptyReply,
	request: 'GET /version',
	outcome: status === 403 ? 'forbidden' : 'answered',
	status,
	body: '{"kind":"Status","reason":"Unauthorized","code":401}',
	error: 'The API server does not accept the credentials.',
	errorId,
	value: null,
});

const nobody = forbidden('forbidden: User "system:anonymous" cannot get path "/apis"');

export const clientCases: readonly Case[] = [
	...[
		'kubeconfig-absent',
		'kubeconfig-path-missing',
		'kubeconfig-unreadable',
		'kubeconfig-unparsable',
		'kubeconfig-no-current-context',
		'kubeconfig-context-missing',
		'kubeconfig-cluster-missing',
		'kubeconfig-user-missing',
		'kubeconfig-file-ref-missing',
		'kubeconfig-ca-garbage',
		'kubeconfig-client-certificate-unusable',
		'kubeconfig-flag-conflict',
		'exec-plugin-api-version',
		'auth-provider-removed',
	].map(unusable),
	{
		proves: 'kubeconfig-path-missing',
		title: 'of KUBECONFIG',
		evidence: evidenceOf({
			kubeconfig: failed('kubeconfig-absent', 'There is no kubeconfig.'),
			surroundings: read({
				kubeconfigs: [{ path: '/home/jane/gone.yaml', exists: false }],
				namedBy: 'environment',
				proxies: [],
				inCluster: false,
				kubectlFlags: '',
				behindRancher: [],
			}),
		}),
	},
	notMade('exec-plugin-not-found'),
	notMade('exec-plugin-failed'),
	notMade('exec-plugin-api-version', 'of the answer'),
	notMade('oidc-refresh-failed'),
	notMade('token-expired-or-revoked', 'by the word of its issuer'),
	{
		proves: 'client-cert-expired',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['client-certificate'], certificate: expired }),
			version: refused('client-cert-expired'),
		}),
	},
	{
		proves: 'client-cert-expired',
		title: 'by the server’s clock, while this one is behind',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['client-certificate'], certificate: expired }),
			version: refused(),
			clock: read({ ahead: -2 * hour }),
		}),
	},
	{
		proves: 'token-expired-or-revoked',
		title: 'expired',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['token'], token: expired }),
			version: refused(),
		}),
	},
	{
		proves: 'token-expired-or-revoked',
		title: 'of which nothing can be read',
		certainty: 'likely',
		evidence: evidenceOf({ kubeconfig, credentials: credentials({ kinds: ['token'] }), version: refused() }),
	},
	{
		proves: 'token-expired-or-revoked',
		title: 'whose time is not over',
		certainty: 'likely',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['token'], token: good }),
			version: refused(),
		}),
	},
	{
		proves: 'credentials-wrong-cluster',
		certainty: 'likely',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['client-certificate'], certificate: good }),
			version: refused(),
		}),
	},
	{
		proves: 'credentials-wrong-cluster',
		title: 'told in the handshake',
		certainty: 'likely',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['client-certificate'], certificate: good }),
			version: failed(
				'credentials-wrong-cluster',
				'The server refuses the certificate.',
				'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
			),
		}),
	},
	{
		proves: 'anonymous-identity',
		title: 'who may read /version',
		evidence: evidenceOf({
			kubeconfig,
			version,
			credentials: credentials({}),
			discovery: { ...nobody, errorId: 'anonymous-identity' },
			'metrics-group': { ...nobody, errorId: 'anonymous-identity' },
		}),
	},
	{
		proves: 'anonymous-identity',
		title: 'who may discover',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': { ...nobody, errorId: 'anonymous-identity' },
			'metrics-pods': { ...nobody, errorId: 'anonymous-identity' },
			nodes: { ...nobody, errorId: 'anonymous-identity' },
		}),
	},
	{
		proves: 'anonymous-identity',
		title: 'where nobody is let in',
		evidence: evidenceOf({ kubeconfig, credentials: credentials({}), version: refused() }),
	},
	{
		proves: 'impersonation-forbidden',
		evidence: evidenceOf({ kubeconfig, version: refused('impersonation-forbidden', 403) }),
	},
	{
		proves: 'clock-skew-client',
		title: 'by a token that begins later',
		evidence: evidenceOf({
			kubeconfig,
			credentials: credentials({ kinds: ['token'], token: early }),
			version: refused('clock-skew-client'),
		}),
	},
	{
		proves: 'clock-skew-client',
		title: 'which is harmless so far',
		evidence: evidenceOf({ ...healthy, clock: read({ ahead: 400_000 }) }),
	},
	{
		proves: 'clock-skew-client',
		title: 'by the server’s certificate',
		certainty: 'likely',
		evidence: evidenceOf({
			kubeconfig,
			version: failed('api-tls-expired', 'Its certificate is not valid yet.', 'CERT_NOT_YET_VALID'),
		}),
	},
];
