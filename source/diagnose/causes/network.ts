/**
 * The way to the API server: names, connections, TLS, proxies, and what answers in its place. The connection tells them
 * apart by itself and gives each its id; here they become findings.
 */
import type { Observation } from '../../model/diagnosis.ts';
import type { Finding } from '../../model/finding.ts';
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { factsOfTheWay, seenOnTheWay } from '../evidence/way-seen.ts';
import { connectionRefused, notFoundByServer, type Symptom, symptom, unavailableByServer } from '../symptom.ts';
import { interceptionCauses } from './past-the-front.ts';

interface ByConnectionOptions {
	alsoIf?: (evidence: Evidence) => boolean;
	/** The error with this code has another likely reason. */
	openIf?: string;
	rulesOut?: readonly string[];
	/** No answer came, so what this machine sees of the way by itself goes to its proof. */
	ofTheWay?: boolean;
	/** What its commands are to be typed with. */
	moreFacts?: (evidence: Evidence) => Finding['facts'];
	/** What else goes to its proof. */
	seenToo?: (evidence: Evidence) => readonly Observation[];
}

/** A cause that the connection itself proves: its error carries the id. */
export function byConnection(
	id: string,
	family: Cause['family'],
	symptoms: readonly Symptom[],
	{ alsoIf, moreFacts, ofTheWay = false, openIf, rulesOut, seenToo }: ByConnectionOptions = {},
): Cause {
	return {
		id,
		family,
		severity: 'error',
		explains: ['no-target', 'no-connection', 'no-api', 'throttled'],
		terminal: true,
		needs: [
			'kubeconfig',
			...(family === 'client' ? (['plugin'] as const) : []),
			'version',
			...(ofTheWay ? (['dns', 'tcp', 'tls'] as const) : []),
		],
		...(rulesOut === undefined ? {} : { rulesOut }),
		symptoms,
		judge(evidence) {
			for (const probe of ['kubeconfig', 'plugin', 'version', 'metrics-version'] as const) {
				const answer = answerOf(evidence, probe);
				if (answer.value === null && (answer.errorId === id || (probe === 'version' && alsoIf?.(evidence) === true))) {
					if (openIf !== undefined && answer.code === openIf) {
						return undecided();
					}
					// A 503 of the metrics API is no word about the API server itself.
					return probe === 'metrics-version' && id !== 'api-throttled'
						? ruledOut
						: proved(
								{
									error: answer.error,
									code: answer.code,
									status: answer.status,
									...(ofTheWay ? factsOfTheWay(evidence) : {}),
									...moreFacts?.(evidence),
								},
								[
									seen(answer, answer.status === 0 ? (answer.error.split('\n')[0] ?? '') : undefined),
									...(seenToo?.(evidence) ?? []),
									...(ofTheWay ? seenOnTheWay(evidence) : []),
								],
							);
				}
			}
			return ruledOut;
		},
	};
}

const kubectl = 'kubectl';
/** The proxies that the environment names. */
const proxiesSeen = (evidence: Evidence): readonly Observation[] =>
	(factsOf(evidence, 'surroundings')?.proxies ?? []).map(({ address, variable }) =>
		seen(answerOf(evidence, 'surroundings'), `${variable}=${address}`),
	);
const versionAnswer = (evidence: Evidence) => answerOf(evidence, 'version');

export const networkCauses: readonly Cause[] = [
	...interceptionCauses,
	byConnection(
		'api-dns',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server: dial tcp: lookup .*no such host/,
				'Unable to connect to the server: dial tcp: lookup api.example.com on 10.0.0.2:53: no such host',
			),
		],
		{ ofTheWay: true },
	),
	byConnection('api-refused', 'network', [connectionRefused], {
		ofTheWay: true,
		rulesOut: ['local-proxy-refused', 'kubeconfig-absent'],
	}),
	byConnection(
		'local-proxy-refused',
		'network',
		[
			symptom(
				'kubectl, which names the API server although it was the proxy',
				/The connection to the server (?!localhost:8080 )\S+ was refused|proxyconnect tcp: dial tcp .*connection refused/,
				'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?',
			),
		],
		{ ofTheWay: true, rulesOut: ['api-refused'], seenToo: proxiesSeen },
	),
	byConnection(
		'local-proxy-denied',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server: (?:Forbidden|Proxy Authentication Required)|proxyconnect tcp/,
				'Unable to connect to the server: Proxy Authentication Required',
			),
		],
		{ ofTheWay: true, rulesOut: ['api-refused', 'rbac-discovery-removed'], seenToo: proxiesSeen },
	),
	byConnection(
		'api-timeout',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server:.*(?:i\/o timeout|context deadline exceeded|Client\.Timeout|TLS handshake timeout)/,
				'Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout',
			),
		],
		{
			ofTheWay: true,
			alsoIf: (evidence) => versionAnswer(evidence).outcome === 'timed-out',
			rulesOut: ['api-refused', 'api-dns'],
		},
	),
	byConnection(
		'api-reset',
		'network',
		[
			symptom(
				kubectl,
				/connection reset by peer|Unable to connect to the server: EOF/,
				'Unable to connect to the server: read tcp 10.0.0.9:50000->10.0.0.1:6443: read: connection reset by peer',
			),
		],
		{ ofTheWay: true },
	),
	byConnection(
		'api-tls-unknown-ca',
		'network',
		[
			symptom(
				'kubectl; since 1.27 with “tls: failed to verify certificate” before it',
				/Unable to connect to the server:.*x509: certificate signed by unknown authority/,
				'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
			),
		],
		{ ofTheWay: true },
	),
	byConnection(
		'api-tls-name-mismatch',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server:.*x509: (?:certificate is valid for|cannot validate certificate|certificate relies on legacy)/,
				'Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for kubernetes, not api.example.com',
			),
		],
		{ ofTheWay: true },
	),
	byConnection(
		'api-tls-expired',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server:.*x509: certificate has expired or is not yet valid/,
				'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-28T12:00:00Z is after 2026-11-01T00:00:00Z',
			),
		],
		{ ofTheWay: true, openIf: 'CERT_NOT_YET_VALID' },
	),
	byConnection('http-on-https', 'network', [
		symptom(
			'kubectl 1.27 and newer',
			/\(BadRequest\): the server rejected our request for an unknown reason$/m,
			'Error from server (BadRequest): the server rejected our request for an unknown reason',
		),
		symptom(
			kubectl,
			/Client sent an HTTP request to an HTTPS server|Unable to connect to the server: EOF/,
			'error: Client sent an HTTP request to an HTTPS server.',
		),
	]),
	byConnection(
		'https-on-http',
		'network',
		[
			symptom(
				kubectl,
				/Unable to connect to the server: http: server gave HTTP response to HTTPS client/,
				'Unable to connect to the server: http: server gave HTTP response to HTTPS client',
			),
		],
		{ ofTheWay: true },
	),
	byConnection('server-path-prefix', 'network', [
		notFoundByServer,
		symptom('kubectl 1.19 to 1.26', /metrics api not available/i, 'error: Metrics API not available'),
	]),
	byConnection('server-is-web-page', 'network', [
		symptom(
			'kubectl 1.27 and newer; older ones say “couldn’t get version/kind; json parse error”',
			/invalid character '<' looking for beginning of value|couldn't get version\/kind; json parse error/,
			"error: invalid character '<' looking for beginning of value",
		),
	]),
	byConnection('api-front-503', 'network', [unavailableByServer], {
		rulesOut: ['apiservice-missing-endpoints', 'api-group-absent'],
	}),
	byConnection('api-throttled', 'network', [
		symptom(
			kubectl,
			/TooManyRequests|Waited for \S+ due to client-side throttling/,
			'Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later',
		),
	]),
];
