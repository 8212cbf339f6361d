import type { Evidence } from '../../../../source/diagnose/evidence/evidence.ts';
import type { KubeletPortFacts } from '../../../../source/diagnose/evidence/kubelet-port-facts.ts';
import type { CertificateFacts } from '../../../../source/diagnose/evidence/way.ts';
import {
	condition,
	container,
	endpoint,
	evidenceOf,
	forbidden,
	healthy,
	log,
	node,
	now,
	read,
	scrapeFailing,
	seconds,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';
import { config } from './kubelet-runtime.ts';

/** A line of metrics-server 0.6 or newer. */
function line(error: string, name = 'n2'): string {
	return `E1128 11:59:50.123456       1 scraper.go:149] "Failed to scrape node" err="${error.replaceAll('"', '\\"')}" node="${name}"`;
}

const get = (error: string): string => line(`Get "https://10.0.0.6:10250/metrics/resource": ${error}`);
const status = (text: string): string => line(`request failed, status: "${text}"`);
const logged = (proves: string, ...lines: readonly string[]): Case => ({
	proves,
	evidence: evidenceOf(scrapeFailing(...lines)),
});
const tlsFails = get('remote error: tls: internal error');
const signing = (state: string) =>
	read([
		{
			name: 'csr-7x2kf',
			signer: 'kubernetes.io/kubelet-serving',
			requestor: 'system:node:n2',
			state,
			createdAt: now - seconds(600),
		},
	]);

const kubelet = (took: number, httpStatus = 200) =>
	read([
		{
			node: 'n2',
			request: 'GET /api/v1/nodes/n2/proxy/metrics/resource',
			status: httpStatus,
			words: '',
			took,
			timestamp: now - seconds(8),
			nodeCpu: 100,
			nodeMemory: 1e9,
			scrapeError: false,
			containers: [],
		},
	]);

function withRules(evidence: Evidence, rules: readonly string[]): Evidence {
	const policy = healthy.policy.value;
	return policy === null
		? evidence
		: { ...evidence, answers: { ...evidence.answers, policy: read({ ...policy, metricsServerRules: rules }) } };
}

/** What this machine sees of the kubelet of n2, with --kubelet. */
const ports = (more: Partial<KubeletPortFacts> = {}): KubeletPortFacts => ({
	node: 'n2',
	address: '10.0.0.6',
	port: 10250,
	code: '',
	took: 1,
	handshake: null,
	asPodsJudge: true,
	status: 401,
	words: 'Unauthorized',
	readOnlyCode: 'ECONNREFUSED',
	readOnlyTook: 1,
	...more,
});

const day = seconds(86_400);
const presenting = (code: string, certificate: Partial<CertificateFacts> | null): KubeletPortFacts => {
	const [subject, issuer, names] = ['O=system:nodes, CN=system:node:n2', 'CN=kubernetes', ['IP Address:10.0.0.6']];
	const leaf = { subject, issuer, names, from: now - day, until: now + 300 * day, ...certificate };
	const chain = certificate === null ? [] : [leaf];
	return ports({ handshake: { endpoint: '10.0.0.6:10250', chain, code, protocol: 'TLSv1.3', took: 5 } });
};

/** The log may not be read; what this machine sees makes it likely. */
const fromHere = (proves: string, facts: KubeletPortFacts, more: Parameters<typeof evidenceOf>[0] = {}): Case => ({
	proves,
	title: 'as this machine sees it, where the log may not be read',
	certainty: 'likely',
	evidence: evidenceOf({ ...scrapeFailing(), log: forbidden(), 'kubelet-ports': read([facts]), ...more }),
});

const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

/** n2 says where its metrics are, as simulated nodes do. */
const elsewhere = read([
	node('n1'),
	node('n2', {
		addresses: [{ type: 'InternalIP', address: '10.0.0.6' }],
		annotations: { 'metrics.k8s.io/resource-metrics-path': '/metrics/nodes/n2/metrics/resource' },
	}),
]);

export const kubeletCases: readonly Case[] = [
	logged(
		'kubelet-cert-no-ip-san',
		get(
			"tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.6 because it doesn't contain any IP SANs",
		),
	),
	fromHere(
		'kubelet-cert-no-ip-san',
		presenting('DEPTH_ZERO_SELF_SIGNED_CERT', { subject: 'CN=n2@1764000000', names: ['DNS:n2'] }),
	),
	fromHere(
		'kubelet-cert-unknown-ca',
		presenting('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { issuer: 'CN=another authority' }),
	),
	fromHere('kubelet-cert-name', presenting('ERR_TLS_CERT_ALTNAME_INVALID', { names: ['IP Address:10.0.0.9'] })),
	fromHere('kubelet-cert-expired', presenting('CERT_HAS_EXPIRED', { until: now - day })),
	fromHere('kubelet-serving-csr-pending', presenting('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', null)),
	fromHere('kubelet-conn-refused-10250', ports({ code: 'ECONNREFUSED', status: 0, words: '' }), {
		kubelets: forbidden(),
	}),
	fromHere('kubelet-port-10255', ports(), {
		'workload-pods': read([workloadPod({ containers: [container({ args: ['--kubelet-port=10255'] })] })]),
	}),
	logged('kubelet-cert-unknown-ca', get(unknownAuthority)),
	{
		proves: 'kubelet-cert-unknown-ca',
		title: 'the only node, so that metrics-server is never ready',
		evidence: evidenceOf({
			...condition(
				'MissingEndpoints',
				'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
			),
			nodes: read([node('n1')]),
			endpoints: read([endpoint({ ready: false })]),
			'workload-pods': read([workloadPod({ ready: false, containers: [container({ ready: false })] })]),
			log: log(line(`Get "https://10.0.0.5:10250/metrics/resource": ${unknownAuthority}`, 'n1')),
		}),
	},
	logged(
		'kubelet-cert-name',
		get('tls: failed to verify certificate: x509: certificate is valid for n2, not 10.0.0.6'),
	),
	{
		proves: 'fargate-scrapes-itself',
		evidence: evidenceOf({
			...scrapeFailing(
				line(
					'Get "https://10.0.0.6:10250/metrics/resource": x509: certificate is valid for 127.0.0.1, not 10.0.0.6',
					'fargate-ip-10-0-0-6.ec2.internal',
				),
			),
			nodes: read([node('n1'), node('fargate-ip-10-0-0-6.ec2.internal')]),
		}),
	},
	logged(
		'kubelet-cert-expired',
		get(
			'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-28T11:59:50Z is after 2026-11-01T00:00:00Z',
		),
	),
	logged('kubelet-cert-legacy-cn', get('x509: certificate relies on legacy Common Name field, use SANs instead')),
	{
		proves: 'kubelet-serving-csr-pending',
		evidence: evidenceOf({ ...scrapeFailing(tlsFails), 'signing-requests': signing('Pending') }),
	},
	{
		proves: 'kubelet-serving-csr-denied',
		evidence: evidenceOf({ ...scrapeFailing(tlsFails), 'signing-requests': signing('Denied') }),
	},
	logged(
		'kubelet-addr-hostname-dns',
		line('Get "https://n2:10250/metrics/resource": dial tcp: lookup n2 on 10.96.0.10:53: no such host'),
	),
	logged(
		'ms-dns-broken',
		line(
			'Get "https://n2:10250/metrics/resource": dial tcp: lookup n2 on 10.96.0.10:53: read udp 10.244.1.7:4711->10.96.0.10:53: i/o timeout',
		),
	),
	logged(
		'node-no-address',
		line(
			'unable to extract connection information for node "n2": node n2 has no address matches types [InternalIP ExternalIP Hostname]',
		),
	),
	logged(
		'kubelet-port-10255',
		line('Get "http://10.0.0.6:10255/metrics/resource": dial tcp 10.0.0.6:10255: connect: connection refused'),
	),
	logged('kubelet-conn-refused-10250', get('dial tcp 10.0.0.6:10250: connect: connection refused')),
	logged(
		'kubelet-http-on-https',
		line('Get "https://10.0.0.6:10255/metrics/resource": http: server gave HTTP response to HTTPS client'),
	),
	logged('kubelet-timeout', get('dial tcp 10.0.0.6:10250: i/o timeout')),
	{
		proves: 'kubelet-timeout',
		title: 'that 0.7 and newer tell as a deadline; the API server gets an answer at once',
		evidence: evidenceOf({
			...scrapeFailing(
				line('Get "https://10.0.0.6:10250/metrics/resource": context deadline exceeded').replace(
					'scrape node"',
					'scrape node, timeout to access kubelet"',
				),
			),
			kubelets: kubelet(12),
		}),
	},
	{
		proves: 'kubelet-timeout',
		title: 'where the API server may not ask the kubelet itself, and says so at once',
		certainty: 'likely',
		evidence: evidenceOf({ ...scrapeFailing(get('context deadline exceeded')), kubelets: kubelet(10, 400) }),
	},
	{
		proves: 'kubelet-slow',
		evidence: evidenceOf({ ...scrapeFailing(get('context deadline exceeded')), kubelets: kubelet(14_000) }),
	},
	logged('kubelet-no-route', get('dial tcp 10.0.0.6:10250: connect: no route to host')),
	logged('kubelet-401', status('401 Unauthorized')),
	{
		proves: 'kubelet-401',
		title: 'that does not ask about tokens, as its settings say',
		evidence: evidenceOf({
			...scrapeFailing(status('401 Unauthorized')),
			'kubelet-config': config({ asksForTokens: false }),
		}),
	},
	{
		proves: 'kubelet-401-token-review-fails',
		evidence: evidenceOf({ ...scrapeFailing(status('401 Unauthorized')), 'kubelet-config': config() }),
	},
	{
		proves: 'kubelet-cert-rotated-pin',
		certainty: 'likely',
		evidence: evidenceOf({
			...scrapeFailing(get(unknownAuthority)),
			'kubelet-ports': read([presenting('', {})]),
		}),
	},
	{
		proves: 'kubelet-cert-unknown-ca',
		title: 'that this machine does not accept either',
		evidence: evidenceOf({
			...scrapeFailing(get(unknownAuthority)),
			'kubelet-ports': read([presenting('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { issuer: 'CN=another authority' })]),
		}),
	},
	{
		proves: 'ms-version-too-new-for-server',
		evidence: evidenceOf({
			...scrapeFailing(status('404 Not Found')),
			version: read({ gitVersion: 'v1.17.17', minor: 17 }),
			nodes: read([node('n1', { kubeletVersion: 'v1.17.17' }), node('n2', { kubeletVersion: 'v1.17.17' })]),
		}),
	},
	{
		proves: 'kubelet-404-resource',
		title: 'of one old node in a newer cluster',
		evidence: evidenceOf({
			...scrapeFailing(status('404 Not Found')),
			nodes: read([node('n1'), node('n2', { kubeletVersion: 'v1.17.17' })]),
		}),
	},
	{
		proves: 'kubelet-403-metrics',
		evidence: withRules(evidenceOf(scrapeFailing(status('403 Forbidden'))), [
			'get nodes/stats',
			'list nodes',
			'list pods',
		]),
	},
	{
		proves: 'kubelet-403-stats',
		evidence: withRules(
			evidenceOf(
				scrapeFailing(
					'E1128 11:59:50.123456       1 server.go:132] unable to fully scrape metrics: unable to fully scrape metrics from node n2: unable to fetch metrics from node n2: request failed - "403 Forbidden".',
				),
			),
			['get nodes/metrics', 'list nodes', 'list pods'],
		),
	},
	logged(
		'kubelet-403-anonymous',
		'E1128 11:59:50.123456       1 summary.go:97] error while getting metrics summary from Kubelet n2(10.0.0.6:10250): request failed - "403 Forbidden", response: "Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=stats)"',
	),
	logged('kubelet-404-resource', status('404 Not Found')),
	logged(
		'kubelet-parse-error',
		line('failed to initialize Prometheus parser: received unsupported Content-Type "text/html"'),
	),
	{
		proves: 'node-not-ready',
		evidence: evidenceOf({
			...scrapeFailing(),
			nodes: read([
				node('n1'),
				node('n2', {
					ready: 'Unknown',
					readyReason: 'NodeStatusUnknown',
					readyMessage: 'Kubelet stopped posting node status.',
				}),
			]),
		}),
	},
	{
		proves: 'node-not-ready',
		title: 'whose failing scrapes older releases still log',
		evidence: evidenceOf({
			...scrapeFailing(get('dial tcp 10.0.0.6:10250: connect: connection refused')),
			nodes: read([node('n1'), node('n2', { ready: 'False', readyReason: 'KubeletNotReady' })]),
		}),
	},
	{
		proves: 'node-address-wrong-nic',
		title: 'that another node has as well',
		evidence: evidenceOf({
			...scrapeFailing(get('tls: failed to verify certificate: x509: certificate is valid for n1, not 10.0.0.5')),
			nodes: read([node('n1'), node('n2', { addresses: [{ type: 'InternalIP', address: '10.0.0.5' }] })]),
		}),
	},
	{
		proves: 'node-address-wrong-nic',
		title: 'that every machine of VirtualBox has',
		certainty: 'likely',
		evidence: evidenceOf({
			...scrapeFailing(),
			nodes: read([node('n1'), node('n2', { addresses: [{ type: 'InternalIP', address: '10.0.2.15' }] })]),
		}),
	},
	{
		proves: 'resource-metrics-path-annotation',
		evidence: evidenceOf({ ...scrapeFailing(status('404 Not Found')), nodes: elsewhere }),
	},
	{
		proves: 'resource-metrics-path-annotation',
		title: 'where the log may not be read',
		certainty: 'likely',
		evidence: evidenceOf({ ...scrapeFailing(), log: forbidden(), nodes: elsewhere }),
	},
	{
		proves: 'virtual-kubelet',
		evidence: evidenceOf({
			...scrapeFailing(),
			nodes: read([node('n1'), node('n2', { labels: { type: 'virtual-kubelet' } })]),
		}),
	},
	{
		proves: 'node-selector-excludes',
		evidence: evidenceOf({
			...scrapeFailing(),
			nodes: read([node('n1', { labels: { pool: 'main' } }), node('n2', { labels: { pool: 'other' } })]),
			'workload-pods': read([workloadPod({ containers: [container({ args: ['--node-selector=pool=main'] })] })]),
		}),
	},
];
