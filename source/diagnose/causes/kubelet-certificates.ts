/** Kubelets whose certificates metrics-server does not accept, or that have none. */
import { type Cause, likely, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { type CertificateProblem, certificateProblem, seenAtPorts } from '../evidence/kubelet-ports.ts';
import { silentNodes } from '../evidence/missing.ts';
import {
	byLog,
	kubeletsAnswer,
	logged,
	nodeOf,
	ofScraping,
	othersThan,
	runsWith,
	type SeenFromHere,
	scraped,
	scrapeSymptom,
	tail,
	unlessExcluded,
	withPorts,
} from './scraped-kubelets.ts';

const presents =
	(problem: CertificateProblem): SeenFromHere =>
	(facts, { now }) =>
		certificateProblem(facts, now) === problem;

/** A kubelet shows one certificate to whoever asks: where it was seen, it is known what is wrong with it, and what not. */
const presentsAnother =
	(problem: CertificateProblem): SeenFromHere =>
	(facts, { now }) =>
		(facts.handshake?.chain.length ?? 0) > 0 &&
		(facts.asPodsJudge || problem !== 'unknown-ca') &&
		certificateProblem(facts, now) !== problem;

/** It was told not to look at certificates, so that none can be the reason. */
const verifiesNone = runsWith(/^--kubelet-insecure-tls(?:=true)?$/);

export const kubeletCertificateCauses: readonly Cause[] = [
	logged(
		'kubelet-cert-no-ip-san',
		/doesn't contain any IP SANs/,
		`"${scraped}tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.5 because it doesn't contain any IP SANs" node="n05"`,
		{ fromHere: presents('no-ip-san'), excludes: presentsAnother('no-ip-san'), unless: verifiesNone },
	),
	logged(
		'kubelet-cert-unknown-ca',
		/x509: certificate signed by unknown authority/,
		`"${scraped}tls: failed to verify certificate: x509: certificate signed by unknown authority" node="n05"`,
		{ fromHere: presents('unknown-ca'), excludes: presentsAnother('unknown-ca'), unless: verifiesNone },
	),
	{
		id: 'kubelet-cert-rotated-pin',
		...ofScraping,
		needs: ['log', 'kubelet-ports', 'workload-pods'],
		entails: [...(ofScraping.entails ?? []), 'kubelet-cert-unknown-ca'],
		rulesOut: othersThan('kubelet-cert-unknown-ca'),
		symptoms: scrapeSymptom(
			/x509: certificate signed by unknown authority/,
			`"${scraped}tls: failed to verify certificate: x509: certificate signed by unknown authority" node="n05"`,
		),
		judge(evidence) {
			const verdict = byLog(evidence, tail(/x509: certificate signed by unknown authority/));
			// What a pod is given today accepts the certificate, and metrics-server does not: it has an older authority.
			const accepted = (factsOf(evidence, 'kubelet-ports') ?? []).filter(
				({ asPodsJudge, handshake }) => asPodsJudge && handshake?.code === '' && handshake.chain.length > 0,
			);
			if (verdict.verdict !== 'proved') {
				return verdict.verdict === 'undecided' ? undecided('log', 'kubelet-ports') : ruledOut;
			}
			if (factsOf(evidence, 'kubelet-ports') === null) {
				return undecided('kubelet-ports');
			}
			const its = accepted.filter(({ node }) => verdict.subjects.includes(`node/${node}`));
			const [first] = its;
			return first === undefined
				? ruledOut
				: likely({
						...verdict,
						subjects: its.map(({ node }) => `node/${node}`),
						because: [...verdict.because, ...seenAtPorts(first, evidence.now)],
					});
		},
	},
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
				(known) =>
					![...(factsOf(known, 'nodes') ?? []).map(({ name }) => name), ...silentNodes(known).keys()].some((name) =>
						name.startsWith('fargate-'),
					),
			),
	},
	{
		id: 'kubelet-cert-name',
		...ofScraping,
		needs: ['log', 'nodes', 'kubelet-ports'],
		rulesOut: othersThan('kubelet-cert-name'),
		symptoms: scrapeSymptom(
			/certificate is valid for .+, not /,
			`"${scraped}tls: failed to verify certificate: x509: certificate is valid for n05, not 10.0.0.5" node="n05"`,
		),
		judge: (evidence) =>
			withPorts(
				evidence,
				unlessExcluded(
					evidence,
					byLog(
						evidence,
						({ node, tail: words }) =>
							/certificate is valid for .+, not /.test(words) &&
							!(node.startsWith('fargate-') || (/127\.0\.0\.1|localhost/.test(words) && servesThere(evidence, node))),
					),
					verifiesNone,
				),
				presents('name'),
				presentsAnother('name'),
			),
	},
	logged(
		'kubelet-cert-expired',
		/certificate has expired or is not yet valid/,
		`"${scraped}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-28T15:00:00Z is after 2026-11-01T00:00:00Z" node="n05"`,
		{ fromHere: presents('expired'), excludes: presentsAnother('expired'), unless: verifiesNone },
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
			needs: ['log', 'signing-requests', 'kubelet-ports'],
			rulesOut: ['kubelet-cert-unknown-ca', 'kubelet-cert-no-ip-san', 'kubelet-401'],
			symptoms: scrapeSymptom(
				/remote error: tls: internal error/,
				`"${scraped}remote error: tls: internal error" node="n05"`,
			),
			judge(evidence) {
				const verdict = withPorts(
					evidence,
					byLog(evidence, tail(/remote error: tls: internal error/)),
					presents('no-certificate'),
					presentsAnother('no-certificate'),
				);
				if (verdict.verdict !== 'proved' && verdict.verdict !== 'likely') {
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
