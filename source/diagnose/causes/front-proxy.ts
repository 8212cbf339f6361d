/** How metrics-server knows that it is the API server who asks: the front-proxy certificate and its authority. */
import { type Cause, likely, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { byPath, ofPath } from './path-to-backend.ts';

/** metrics-server refused the API server: by its own status of a request, or by what the last check met. */
function refusedWith(
	evidence: Evidence,
	status: 401 | 403,
	judge: (because: ReturnType<typeof seen>) => Verdict,
): Verdict {
	const version = answerOf(evidence, 'metrics-version');
	// The API server's own refusal of this user is another matter: it names the user.
	if (version.status === status && (status === 401 || version.body.includes('system:anonymous'))) {
		return judge(seen(version));
	}
	return byPath(evidence, ({ because, words }) =>
		new RegExp(`bad status from \\S+ ?${status}`).test(words) ? judge(because) : ruledOut,
	);
}

function lineOf(evidence: Evidence, pattern: RegExp) {
	for (const { lines, request } of factsOf(evidence, 'log') ?? []) {
		const line = lines.findLast((one) => pattern.test(one));
		if (line !== undefined) {
			return { request, status: 200, quote: line };
		}
	}
	return null;
}

const notAllowed = /subject with cn=\S+ is not in the allowed list/;
/** Where only the name is refused, the line goes on with the authority for people, which did not sign it either. */
const notTrusted =
	/Unable to authenticate the request(?!.*is not in the allowed list).*x509: certificate signed by unknown authority/;
const noAuthority = /Cluster doesn't provide requestheader-client-ca-file/;

export const frontProxyCauses: readonly Cause[] = [
	{
		id: 'frontproxy-ca-mismatch',
		...ofPath,
		needs: ['metrics-version', 'apiservice', 'log'],
		rulesOut: ['aggregation-layer-not-configured', 'token-expired-or-revoked', 'frontproxy-cn-not-allowed'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				notTrusted,
				'"Unable to authenticate the request" err="[x509: certificate signed by unknown authority, …]"'.replace(
					'[',
					'',
				),
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			refusedWith(evidence, 401, (because) => {
				const line = lineOf(evidence, notTrusted);
				if (line !== null) {
					return proved({}, [because, line]);
				}
				return factsOf(evidence, 'log') === null || lineOf(evidence, notAllowed) === null ? undecided('log') : ruledOut;
			}),
	},
	{
		id: 'frontproxy-cn-not-allowed',
		...ofPath,
		needs: ['metrics-version', 'apiservice', 'log', 'auth-configmap'],
		rulesOut: ['aggregation-layer-not-configured', 'token-expired-or-revoked', 'frontproxy-ca-mismatch'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				notAllowed,
				'"Unable to authenticate the request" err="x509: subject with cn=front-proxy-client is not in the allowed list"',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			refusedWith(evidence, 401, (because) => {
				const line = lineOf(evidence, notAllowed);
				if (line !== null) {
					const name = /cn=(\S+) is not/.exec(line.quote)?.[1] ?? '';
					const allowed = factsOf(evidence, 'auth-configmap')?.allowedNames.join(', ') ?? '';
					return proved({ name, allowed }, [because, line]);
				}
				return factsOf(evidence, 'log') === null || lineOf(evidence, notTrusted) === null ? undecided('log') : ruledOut;
			}),
	},
	{
		id: 'aggregation-layer-not-configured',
		...ofPath,
		needs: ['metrics-version', 'apiservice', 'auth-configmap', 'log'],
		rulesOut: ['rbac-metrics-nodes', 'rbac-metrics-pods-ns', 'frontproxy-ca-mismatch'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				noAuthority,
				"Cluster doesn't provide requestheader-client-ca-file in configmap/extension-apiserver-authentication in kube-system, so request-header client certificate authentication won't work.",
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			refusedWith(evidence, 403, (because) => {
				const line = lineOf(evidence, noAuthority);
				const configMap = factsOf(evidence, 'auth-configmap');
				const lacks = configMap !== null && !configMap.hasRequestHeaderAuthority;
				const found = proved({}, [
					because,
					...(line === null ? [] : [line]),
					...(lacks ? [seen(answerOf(evidence, 'auth-configmap'), 'no requestheader-client-ca-file')] : []),
				]);
				if (line !== null || lacks) {
					return found;
				}
				// One that has just started answers so too, until it has read what is there.
				return configMap === null ? likely(found) : undecided('log');
			}),
	},
	{
		id: 'frontproxy-same-ca-as-client',
		...ofPath,
		severity: 'warning',
		explains: [],
		terminal: false,
		needs: ['auth-configmap'],
		symptoms: [
			symptom(
				'configmap extension-apiserver-authentication',
				/client-ca-file equals requestheader-client-ca-file/,
				'client-ca-file equals requestheader-client-ca-file',
			),
		],
		judge: (evidence) =>
			factsOf(evidence, 'auth-configmap')?.sameAuthority === true
				? proved({}, [
						seen(answerOf(evidence, 'auth-configmap'), 'client-ca-file and requestheader-client-ca-file are the same'),
					])
				: ruledOut,
	},
];
