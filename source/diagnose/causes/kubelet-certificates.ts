/** Kubelets whose certificates metrics-server does not accept, or that have none. */
import { type Cause, likely, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import {
	byLog,
	kubeletsAnswer,
	logged,
	nodeOf,
	ofScraping,
	othersThan,
	scraped,
	scrapeSymptom,
	tail,
	unlessExcluded,
} from './scraped-kubelets.ts';

export const kubeletCertificateCauses: readonly Cause[] = [
	logged(
		'kubelet-cert-no-ip-san',
		/doesn't contain any IP SANs/,
		`"${scraped}tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.5 because it doesn't contain any IP SANs" node="n05"`,
	),
	logged(
		'kubelet-cert-unknown-ca',
		/x509: certificate signed by unknown authority/,
		`"${scraped}tls: failed to verify certificate: x509: certificate signed by unknown authority" node="n05"`,
	),
	{
		id: 'fargate-scrapes-itself',
		...ofScraping,
		needs: ['log', 'nodes'],
		rulesOut: ['kubelet-cert-name'],
		symptoms: scrapeSymptom(
			/certificate is valid for .*(?:127\.0\.0\.1|localhost)/,
			`"${scraped}x509: certificate is valid for 127.0.0.1, not 10.0.0.5" node="fargate-ip-10-0-0-5.ec2.internal"`,
		),
		judge: (evidence) =>
			unlessExcluded(
				evidence,
				byLog(
					evidence,
					({ node, tail: words }) =>
						/certificate is valid for .*(?:127\.0\.0\.1|localhost|metrics-server)/.test(words) &&
						(node.startsWith('fargate-') || servesThere(evidence, node)),
				),
				(known) => factsOf(known, 'nodes')?.some(({ name }) => name.startsWith('fargate-')) !== true,
			),
	},
	{
		id: 'kubelet-cert-name',
		...ofScraping,
		needs: ['log', 'nodes'],
		rulesOut: othersThan('kubelet-cert-name'),
		symptoms: scrapeSymptom(
			/certificate is valid for .+, not /,
			`"${scraped}tls: failed to verify certificate: x509: certificate is valid for n05, not 10.0.0.5" node="n05"`,
		),
		judge: (evidence) =>
			byLog(
				evidence,
				({ node, tail: words }) =>
					/certificate is valid for .+, not /.test(words) &&
					!(node.startsWith('fargate-') || (/127\.0\.0\.1|localhost/.test(words) && servesThere(evidence, node))),
			),
	},
	logged(
		'kubelet-cert-expired',
		/certificate has expired or is not yet valid/,
		`"${scraped}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-28T15:00:00Z is after 2026-11-01T00:00:00Z" node="n05"`,
	),
	logged(
		'kubelet-cert-legacy-cn',
		/relies on legacy Common Name field/,
		`"${scraped}x509: certificate relies on legacy Common Name field, use SANs instead" node="n05"`,
	),
	...(['Pending', 'Denied'] as const).map(
		(state): Cause => ({
			id: state === 'Pending' ? 'kubelet-serving-csr-pending' : 'kubelet-serving-csr-denied',
			...ofScraping,
			needs: ['log', 'signing-requests'],
			rulesOut: ['kubelet-cert-unknown-ca', 'kubelet-cert-no-ip-san', 'kubelet-401'],
			symptoms: scrapeSymptom(
				/remote error: tls: internal error/,
				`"${scraped}remote error: tls: internal error" node="n05"`,
			),
			judge(evidence) {
				const verdict = byLog(evidence, tail(/remote error: tls: internal error/));
				if (verdict.verdict !== 'proved') {
					// Without a certificate the kubelet answers nobody, the API server included.
					return unlessExcluded(evidence, verdict, kubeletsAnswer);
				}
				const requests = factsOf(evidence, 'signing-requests')?.filter(
					({ requestor, signer }) =>
						signer === 'kubernetes.io/kubelet-serving' &&
						verdict.subjects.includes(`node/${requestor.replace(/^system:node:/, '')}`),
				);
				const wanted = requests?.filter((request) => (request.state === 'Failed' ? 'Denied' : request.state) === state);
				const [request] = wanted ?? [];
				if (request === undefined) {
					const otherState = requests !== undefined && requests.length > 0;
					return otherState
						? ruledOut
						: state === 'Pending'
							? // No certificate at all is what this alert says, and waiting for one is its usual reason.
								likely(verdict)
							: undecided('signing-requests');
				}
				return {
					...verdict,
					facts: { ...verdict.facts, request: request.name },
					because: [
						...verdict.because,
						seen(
							answerOf(evidence, 'signing-requests'),
							`${request.name}: ${request.signer} for ${request.requestor}, ${request.state}`,
						),
					],
				};
			},
		}),
	),
];

/** A pod of metrics-server has this node's own address: its port hides the kubelet's. */
function servesThere(evidence: Evidence, node: string): boolean {
	const addresses = nodeOf(evidence, node)?.addresses.map(({ address }) => address) ?? [];
	return (factsOf(evidence, 'workload-pods') ?? []).some(({ ip }) => ip !== '' && addresses.includes(ip));
}
