/** What stands between here and the API server, or should: an inspecting proxy that signs anew, Rancher's front that is gone past. */
import { type Cause, likely, proved, ruledOut } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { factsOfTheWay, seenOnTheWay } from '../evidence/way-seen.ts';
import { symptom } from '../symptom.ts';
import { isUnreachable } from '../unreachable.ts';

/** Products that open the encryption and sign anew, by how they name themselves in the certificates that they make. */
const inspecting =
	/zscaler|netskope|blue ?coat|forti(?:net|gate)|palo ?alto|check ?point|sophos|mcafee|skyhigh|forcepoint|websense|cisco (?:umbrella|secure)|ironport|barracuda|sonicwall|untangle|watchguard|kaspersky|\beset\b|avast|bitdefender|avg technologies|squid|mitmproxy|burp|portswigger|fiddler|charles proxy|cloudflare gateway|cato networks|menlo security|iboss/i;

/** The certificates name such a product as their issuer. */
function inspector(evidence: Evidence): string {
	const chain = factsOf(evidence, 'tls')?.chain ?? [];
	return chain.map(({ issuer }) => issuer).find((issuer) => inspecting.test(issuer)) ?? '';
}

export const interceptionCauses: readonly Cause[] = [
	{
		id: 'tls-mitm',
		family: 'network',
		severity: 'error',
		explains: ['no-connection'],
		terminal: true,
		needs: ['version', 'tls'],
		entails: ['api-tls-unknown-ca'],
		rulesOut: ['api-tls-expired', 'api-tls-name-mismatch'],
		symptoms: [
			symptom(
				'kubectl, inside a network whose proxy inspects TLS; other clients say the same of every host',
				/Unable to connect to the server:.*x509: certificate signed by unknown authority/,
				'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
			),
		],
		judge(evidence) {
			const issuer = inspector(evidence);
			return issuer === '' || answerOf(evidence, 'version').errorId !== 'api-tls-unknown-ca'
				? ruledOut
				: proved({ error: answerOf(evidence, 'version').error, issuer, ...factsOfTheWay(evidence) }, [
						seen(answerOf(evidence, 'version'), answerOf(evidence, 'version').error.split('\n')[0] ?? ''),
						...seenOnTheWay(evidence),
					]);
		},
	},
];

/** Every way in which the address of a node fails. */
const waysToFail = [
	'api-dns',
	'api-refused',
	'api-timeout',
	'api-reset',
	'api-tls-unknown-ca',
	'api-tls-name-mismatch',
];

export const bypassCauses: readonly Cause[] = [
	{
		id: 'rancher-ace-bypass',
		family: 'rancher',
		severity: 'error',
		explains: ['no-connection'],
		terminal: true,
		needs: ['kubeconfig', 'surroundings', 'version'],
		entails: waysToFail,
		rulesOut: ['rancher-no-path'],
		symptoms: [
			symptom(
				'kubectl, with the context of a node (an authorized cluster endpoint) in a kubeconfig of Rancher',
				/Unable to connect to the server: dial tcp:? .*(?:no such host|i\/o timeout)/,
				'Unable to connect to the server: dial tcp 192.168.7.11:6443: i/o timeout',
			),
		],
		judge(evidence) {
			const target = factsOf(evidence, 'kubeconfig');
			// Rancher calls the contexts of one cluster NAME, and NAME-NODE.
			const front = factsOf(evidence, 'surroundings')?.behindRancher.find(({ context }) =>
				target?.context.startsWith(`${context}-`),
			);
			return target === null ||
				front === undefined ||
				target.server.includes('/k8s/clusters/') ||
				!isUnreachable(evidence)
				? ruledOut
				: likely(
						proved({ error: answerOf(evidence, 'version').error, context: front.context, server: target.server }, [
							seen(answerOf(evidence, 'version'), answerOf(evidence, 'version').error.split('\n')[0] ?? ''),
							...seenOnTheWay(evidence),
							seen(answerOf(evidence, 'surroundings'), `context ${front.context} leads to ${front.server}`),
						]),
					);
		},
	},
];
