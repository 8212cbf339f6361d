import {
	absent,
	apiService,
	condition,
	deployment,
	endpoint,
	evidenceOf,
	healthy,
	log,
	read,
	refused,
	samples,
	service,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

const endpointsGone =
	'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"';
const tried = (words: string) => refused(503, `error trying to reach service: ${words}`);
const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const verified = { skipsVerification: false, hasAuthority: true };
const { 'metrics-nodes': _nodes, 'metrics-pods': _pods, pods: _list, ...beforeData } = healthy;

/** prometheus-adapter has the APIService, and n2 no series. */
const adapted = {
	...healthy,
	'metrics-nodes': read(samples(['n1'])),
	apiservice: read(apiService({ service: { namespace: 'monitoring', name: 'prometheus-adapter', port: 443 } })),
};

const kubectl = (gitVersion: string) =>
	read({ path: '/usr/bin/kubectl', gitVersion, minor: Number(gitVersion.split('.')[1]) });

export const registrationCases: readonly Case[] = [
	{ proves: 'api-group-absent', evidence: evidenceOf(absent()) },
	{
		proves: 'api-group-absent',
		title: 'with its Deployment left',
		evidence: evidenceOf({ ...absent(), deployments: read([deployment()]) }),
	},
	{
		proves: 'heapster-missing-old-kubectl',
		evidence: evidenceOf({ ...absent(), kubectl: kubectl('v1.16.15') }),
		also: { 'api-group-absent': 'which is why that kubectl asks for Heapster' },
	},
	{
		proves: 'api-group-absent',
		title: 'with a kubectl that does not know Heapster any more',
		evidence: evidenceOf({ ...absent(), kubectl: kubectl('v1.19.16') }),
	},
	{
		proves: 'apiservice-prometheus-adapter',
		evidence: evidenceOf({
			...adapted,
			log: log('E1128 11:59:50.123456       1 provider.go:284] missing CPU for node "n2", skipping'),
		}),
	},
	{
		proves: 'apiservice-prometheus-adapter',
		title: 'where its log says nothing',
		certainty: 'likely',
		evidence: evidenceOf(adapted),
	},
	{
		proves: 'apiservice-ha-disagreement',
		certainty: 'likely',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': refused(503, 'service unavailable') }),
	},
	{
		proves: 'apiservice-stuck-condition',
		certainty: 'likely',
		evidence: evidenceOf(
			condition(
				'FailedDiscoveryCheck',
				'failing or missing response from https://10.244.1.7:10250/apis/metrics.k8s.io/v1beta1: Get "https://10.244.1.7:10250/apis/metrics.k8s.io/v1beta1": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
			),
		),
	},
	{ proves: 'kubectl-too-old', evidence: evidenceOf({ ...healthy, kubectl: kubectl('v1.9.11') }) },
	{ proves: 'heapster-only', evidence: evidenceOf({ ...absent(), heapster: read([service({ name: 'heapster' })]) }) },
	{
		proves: 'apiserver-no-aggregator',
		evidence: evidenceOf({
			...absent(),
			discovery: read({ groups: ['apps'], staleGroups: [], listed: false, freshness: '' }),
		}),
	},
	{
		proves: 'apiservice-wrong-version',
		evidence: evidenceOf({
			...beforeData,
			'metrics-group': read({ versions: ['v1alpha1'] }),
			'metrics-version': refused(404, '404 page not found'),
		}),
	},
	{
		proves: 'apiservice-local-bogus',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': refused(404, '404 page not found'),
			apiservice: read(
				apiService({ service: null, reason: 'Local', message: 'Local APIServices are always available' }),
			),
		}),
	},
	{
		proves: 'apiservice-stale-after-uninstall',
		evidence: evidenceOf({
			...condition('ServiceNotFound', 'service/metrics-server in "kube-system" is not present'),
			service: refused(404, 'services "metrics-server" not found'),
			services: read([]),
			deployments: read([]),
			endpoints: read([]),
			'workload-pods': read([]),
		}),
	},
	{
		proves: 'apiservice-wrong-namespace',
		evidence: evidenceOf({
			...condition('ServiceNotFound', 'service/metrics-server in "default" is not present', {
				service: { namespace: 'default', name: 'metrics-server', port: 443 },
			}),
			service: refused(404, 'services "metrics-server" not found'),
		}),
	},
	{
		proves: 'apiservice-service-gone',
		evidence: evidenceOf({
			...condition('ServiceNotFound', 'service/metrics-server in "kube-system" is not present'),
			service: refused(404, 'services "metrics-server" not found'),
			services: read([]),
			deployments: read([deployment()]),
		}),
	},
	{
		proves: 'apiservice-service-access-error',
		evidence: evidenceOf(
			condition(
				'ServiceAccessError',
				'service/metrics-server in "kube-system" cannot be checked due to: …',
				{},
				'Unknown',
			),
		),
	},
	{
		proves: 'apiservice-port-mismatch',
		evidence: evidenceOf({
			...condition('ServicePortError', 'service/metrics-server in "kube-system" is not listening on port 443'),
			service: read(service({ ports: [{ name: 'https', port: 8443, targetPort: 'https' }] })),
		}),
	},
	{
		proves: 'apiservice-endpoints-not-found',
		evidence: evidenceOf({
			...condition('EndpointsNotFound', 'cannot find endpointslices for service/metrics-server in "kube-system"'),
			service: read(service({ selector: null })),
			endpoints: read([]),
		}),
	},
	{
		proves: 'apiservice-missing-endpoints',
		evidence: evidenceOf({
			...condition('MissingEndpoints', endpointsGone),
			endpoints: read([]),
			'workload-pods': read([]),
		}),
	},
	{
		proves: 'service-selector-mismatch',
		evidence: evidenceOf({
			...condition('MissingEndpoints', endpointsGone),
			service: read(service({ selector: { 'app.kubernetes.io/name': 'metrics-server' } })),
			endpoints: read([]),
		}),
	},
	{
		proves: 'service-port-name-mismatch',
		evidence: evidenceOf({
			...condition('MissingEndpoints', endpointsGone),
			endpoints: read([endpoint({ ports: [{ name: 'main-port', port: 4443 }] })]),
		}),
	},
	{
		proves: 'apiservice-wrong-backend',
		evidence: evidenceOf(
			condition(
				'FailedDiscoveryCheck',
				'failing or missing response from https://10.96.3.4:443/apis/metrics.k8s.io/v1beta1: bad status from https://10.96.3.4:443/apis/metrics.k8s.io/v1beta1: 404',
				{ service: { namespace: 'kubernetes-dashboard', name: 'dashboard', port: 443 } },
			),
		),
	},
	{
		proves: 'apiservice-cabundle-wrong',
		title: 'up to 1.35: the condition is True',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': tried(unknownAuthority),
			apiservice: read(apiService(verified)),
		}),
	},
	{
		proves: 'apiservice-cabundle-wrong',
		title: 'since 1.36: the condition says so',
		evidence: evidenceOf(
			condition(
				'FailedDiscoveryCheck',
				`failing or missing response from https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1: Get "https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1": ${unknownAuthority}`,
				verified,
			),
		),
	},
	{
		proves: 'apiservice-cabundle-missing',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': tried(unknownAuthority),
			apiservice: read(apiService({ skipsVerification: false })),
		}),
	},
	{
		proves: 'apiservice-cert-name',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': tried('x509: certificate is valid for localhost, not metrics-server.kube-system.svc'),
			apiservice: read(apiService(verified)),
		}),
	},
	{
		proves: 'apiservice-cert-expired',
		evidence: evidenceOf({
			...beforeData,
			'metrics-version': tried(
				'x509: certificate has expired or is not yet valid: current time 2026-11-28T12:00:00Z is after 2026-11-01T00:00:00Z',
			),
			apiservice: read(apiService(verified)),
		}),
	},
];
