import {
	apiService,
	condition,
	container,
	endpoint,
	evidenceOf,
	healthy,
	log,
	node,
	read,
	refused,
	scrapeFailing,
	timedOut,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

const url = 'https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1';
const checkFails = (words: string) =>
	condition('FailedDiscoveryCheck', `failing or missing response from ${url}: Get "${url}": ${words}`);
const status = (code: number) =>
	condition('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: ${code}`);
const { 'metrics-nodes': _nodes, 'metrics-pods': _pods, pods: _list, ...beforeData } = healthy;
const proxyFails = (words: string) => refused(503, `error trying to reach service: ${words}`);
const dropped = 'dial tcp 10.96.71.18:443: i/o timeout';
const podDropped = { readiness: proxyFails('dial tcp 10.244.1.7:10250: i/o timeout') };
const noPolicies = { 'network-policies': read([]) };
const notReady = {
	...condition(
		'MissingEndpoints',
		'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
	),
	endpoints: read([endpoint({ ready: false })]),
	'workload-pods': read([
		workloadPod({ ready: false, containers: [container({ ready: false, restarts: 4, lastReason: 'Error' })] }),
	]),
	log: log(),
};
const previous = (...lines: readonly string[]) => ({ ...notReady, 'previous-log': log(...lines) });

export const aggregationCases: readonly Case[] = [
	{
		proves: 'konnectivity-down',
		evidence: evidenceOf({ ...beforeData, 'metrics-version': proxyFails('No agent available') }),
	},
	{
		proves: 'backend-plain-http',
		evidence: evidenceOf(checkFails('http: server gave HTTP response to HTTPS client')),
	},
	{ proves: 'apiserver-proxy-env', evidence: evidenceOf(checkFails('Forbidden')) },
	{
		proves: 'dualstack-family-mismatch',
		evidence: evidenceOf(checkFails('dial tcp [fd00::12]:443: connect: network is unreachable')),
	},
	{ proves: 'mtu-blackhole', certainty: 'likely', evidence: evidenceOf(checkFails('net/http: TLS handshake timeout')) },
	{
		proves: 'service-mesh-injected',
		evidence: evidenceOf({
			...checkFails('EOF'),
			'workload-pods': read([workloadPod({ containers: [container(), container({ name: 'istio-proxy' })] })]),
		}),
	},
	{
		proves: 'apiserver-no-clusterip-route',
		evidence: evidenceOf(checkFails(dropped)),
	},
	{
		proves: 'apiserver-no-clusterip-route',
		title: 'where kube-proxy rejects',
		evidence: evidenceOf(checkFails('dial tcp 10.96.71.18:443: connect: connection refused')),
	},
	{
		proves: 'ms-pod-not-listening',
		evidence: evidenceOf({
			...checkFails('dial tcp 10.96.71.18:443: connect: connection refused'),
			readiness: proxyFails('dial tcp 10.244.1.7:10250: connect: connection refused'),
		}),
	},
	{
		proves: 'ms-pod-not-listening',
		title: 'dialled by its own address',
		evidence: evidenceOf({
			...checkFails('dial tcp 10.244.1.7:10250: connect: connection refused'),
			readiness: refused(403, 'services "https:metrics-server:https" is forbidden'),
		}),
	},
	{
		proves: 'network-blocked-apiserver-to-ms',
		evidence: evidenceOf({ ...checkFails(dropped), ...podDropped, ...noPolicies }),
	},
	{
		proves: 'cni-not-on-control-plane',
		evidence: evidenceOf({
			...checkFails(dropped),
			...podDropped,
			...noPolicies,
			nodes: read([node('n1', { labels: { 'eks.amazonaws.com/nodegroup': 'main' } })]),
		}),
	},
	{
		proves: 'networkpolicy-blocks-ms',
		evidence: evidenceOf({
			...checkFails(dropped),
			...podDropped,
			'network-policies': read([{ namespace: 'kube-system', name: 'deny-all', selector: {}, ingress: true }]),
		}),
	},
	{
		proves: 'backend-dial-failed',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': proxyFails('dial tcp 10.244.1.7:10250: connect: connection refused'),
		}),
	},
	{
		proves: 'backend-hang',
		title: 'at the lists',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': timedOut, 'metrics-pods': timedOut }),
	},
	{
		proves: 'backend-hang',
		title: 'at everything',
		certainty: 'likely',
		evidence: evidenceOf({ ...beforeData, 'metrics-version': timedOut, apiservice: read(apiService()) }),
	},
	{
		proves: 'other-apiservice-broken',
		evidence: evidenceOf({
			...healthy,
			discovery: read({
				groups: ['apiregistration.k8s.io', 'custom.metrics.k8s.io', 'metrics.k8s.io'],
				staleGroups: ['custom.metrics.k8s.io'],
				listed: true,
				freshness: 'Current',
			}),
		}),
	},
	{
		proves: 'frontproxy-ca-mismatch',
		evidence: evidenceOf({
			...status(401),
			log: log(
				'E1128 11:59:50.123456       1 authentication.go:74] "Unable to authenticate the request" err="x509: certificate signed by unknown authority"',
			),
		}),
	},
	{
		proves: 'frontproxy-cn-not-allowed',
		evidence: evidenceOf({
			...status(401),
			log: log(
				'E1128 11:59:50.123456       1 authentication.go:74] "Unable to authenticate the request" err="[x509: subject with cn=front-proxy-client is not in the allowed list, verifying certificate SN=943003, SKID=76:63, AKID=6E:93 failed: x509: certificate signed by unknown authority]"',
			),
			'auth-configmap': read({
				hasClientAuthority: true,
				hasRequestHeaderAuthority: true,
				sameAuthority: false,
				allowedNames: ['aggregator'],
			}),
		}),
	},
	{
		proves: 'aggregation-layer-not-configured',
		evidence: evidenceOf({
			...status(403),
			'auth-configmap': read({
				hasClientAuthority: true,
				hasRequestHeaderAuthority: false,
				sameAuthority: false,
				allowedNames: [],
			}),
		}),
	},
	{
		proves: 'frontproxy-same-ca-as-client',
		evidence: evidenceOf({
			...healthy,
			'auth-configmap': read({
				hasClientAuthority: true,
				hasRequestHeaderAuthority: true,
				sameAuthority: true,
				allowedNames: [],
			}),
		}),
	},
	{
		proves: 'ms-cannot-read-auth-configmap',
		evidence: evidenceOf(
			previous(
				'unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:kube-system:metrics-server" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
			),
		),
	},
	{
		proves: 'ms-cannot-reach-apiserver',
		evidence: evidenceOf(
			previous(
				'unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 10.96.0.1:443: i/o timeout',
			),
		),
	},
	{
		proves: 'ms-pod-proxy-env',
		evidence: evidenceOf({
			...scrapeFailing(
				'"Failed to scrape node" err="Get \\"https://10.0.0.6:10250/metrics/resource\\": proxyconnect tcp: dial tcp 10.1.1.1:3128: i/o timeout" node="n2"',
			),
			'workload-pods': read([workloadPod({ containers: [container({ environment: ['HTTPS_PROXY'] })] })]),
		}),
	},
];
