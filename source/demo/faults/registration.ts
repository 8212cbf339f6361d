/** How the metrics API is registered: APIService, Service, endpoints (failures of the aggregator's own checks). */

import type { ApiObject } from '../formats/json.ts';
import { madeByHand } from '../formats/policy.ts';
import { part } from '../formats/table.ts';
import {
	adaptMetricsServer,
	badDiscovery,
	editObjects,
	editSpec,
	isMetricsApiService,
	isMetricsServer,
	noDiscovery,
	notAvailable,
	textAnswer,
	unreached,
	withoutEndpoints,
} from './changes.ts';
import type { Fault } from './fault.ts';

const missing = (port: string): string =>
	`endpointslices for service/metrics-server in "kube-system" have no addresses with port name "${port}"`;

const isItsService = ({ metadata }: { metadata: { name: string; namespace?: string } }): boolean =>
	isMetricsServer(metadata);

const isOfItsService = ({ metadata: { name, namespace } }: ApiObject): boolean =>
	namespace === 'kube-system' && /^metrics-server(?:-|$)/.test(name);

/** Texts of Go's x509 for a serving certificate that the API server does not accept. */
const certificates = {
	'apiservice-cabundle-wrong': 'x509: certificate signed by unknown authority',
	'apiservice-cabundle-missing': 'x509: certificate signed by unknown authority',
	'apiservice-cert-name':
		'x509: certificate is valid for localhost, metrics.example.com, not metrics-server.kube-system.svc',
	'apiservice-cert-expired':
		'x509: certificate has expired or is not yet valid: current time 2026-11-28T10:00:00Z is after 2026-11-21T10:16:48Z',
} as const;

const bundle = Buffer.from('-----BEGIN CERTIFICATE-----\nnot the one\n-----END CERTIFICATE-----\n').toString('base64');

const certificateFaults = Object.entries(certificates).map(
	([name, reason]): Fault => ({
		name: name as keyof typeof certificates,
		change(behaviour) {
			const error = `tls: failed to verify certificate: ${reason}`;
			const named = name !== 'apiservice-cabundle-missing';
			behaviour.metricsApi = {
				registered: true,
				// Since 1.36 the check verifies as the requests do.
				state: {
					available: 'False',
					reason: 'FailedDiscoveryCheck',
					message: noDiscovery(error),
					...(named ? { caBundle: bundle } : {}),
				},
				stale: true,
				answer: unreached(error),
			};
			if (!named) {
				editSpec(behaviour, 'apiservices', isMetricsApiService, ({ insecureSkipTLSVerify: _, ...spec }) => spec);
			}
		},
	}),
);

export const registrationFaults: readonly Fault[] = [
	{
		name: 'api-group-absent',
		also: ['no-metrics-api'],
		change(behaviour) {
			behaviour.metricsApi.registered = false;
			adaptMetricsServer(behaviour, () => ({ replicas: 0 }));
			for (const resource of ['services', 'deployments']) {
				editObjects(behaviour, resource, (object) => (isItsService(object) ? null : object));
			}
		},
	},
	{
		name: 'apiserver-no-aggregator',
		change(behaviour) {
			behaviour.metricsApi.registered = false;
			behaviour.withoutGroups.push('apiregistration.k8s.io');
		},
	},
	{
		name: 'heapster-only',
		change(behaviour) {
			behaviour.metricsApi.registered = false;
			adaptMetricsServer(behaviour, () => ({ name: 'heapster', labels: { 'k8s-app': 'heapster' }, service: 80 }));
		},
	},
	{
		name: 'apiservice-wrong-version',
		change(behaviour) {
			behaviour.metricsApi.versions = ['v1alpha1'];
		},
	},
	{
		name: 'apiservice-local-bogus',
		change(behaviour) {
			behaviour.metricsApi.state = {
				available: 'True',
				reason: 'Local',
				message: 'Local APIServices are always available',
			};
			behaviour.metricsApi.answer = textAnswer(404, '404 page not found\n');
			editSpec(
				behaviour,
				'apiservices',
				isMetricsApiService,
				({ service: _, insecureSkipTLSVerify: __, ...spec }) => spec,
			);
		},
	},
	{
		name: 'apiservice-stale-after-uninstall',
		change(behaviour) {
			notAvailable(behaviour, 'ServiceNotFound', 'service/metrics-server in "kube-system" is not present', true);
			adaptMetricsServer(behaviour, () => ({ replicas: 0 }));
			for (const resource of ['services', 'deployments']) {
				editObjects(behaviour, resource, (object) => (isItsService(object) ? null : object));
			}
		},
	},
	{
		name: 'apiservice-service-gone',
		change(behaviour) {
			notAvailable(behaviour, 'ServiceNotFound', 'service/metrics-server in "kube-system" is not present', true);
			// What is made from a Service goes with it.
			for (const resource of ['services', 'endpoints', 'endpointslices']) {
				editObjects(behaviour, resource, (object) => (isOfItsService(object) ? null : object));
			}
		},
	},
	{
		name: 'apiservice-wrong-namespace',
		change(behaviour) {
			notAvailable(behaviour, 'ServiceNotFound', 'service/metrics-server in "metrics" is not present', true);
			editSpec(behaviour, 'apiservices', isMetricsApiService, (spec) => ({
				...spec,
				service: { ...part(spec['service']), namespace: 'metrics' },
			}));
		},
	},
	{
		name: 'apiservice-service-access-error',
		change(behaviour) {
			notAvailable(
				behaviour,
				'ServiceAccessError',
				'service/metrics-server in "kube-system" cannot be checked due to: the cache is not synced',
			);
			behaviour.metricsApi.state.available = 'Unknown';
		},
	},
	{
		name: 'apiservice-port-mismatch',
		change(behaviour) {
			notAvailable(
				behaviour,
				'ServicePortError',
				'service/metrics-server in "kube-system" is not listening on port 443',
			);
			editSpec(behaviour, 'services', isItsService, (spec) => ({
				...spec,
				ports: [{ name: 'https', port: 8443, protocol: 'TCP', targetPort: 'https' }],
			}));
		},
	},
	{
		name: 'apiservice-endpoints-not-found',
		change(behaviour) {
			notAvailable(
				behaviour,
				'EndpointsNotFound',
				'cannot find endpointslices for service/metrics-server in "kube-system"',
			);
			editSpec(behaviour, 'services', isItsService, ({ selector: _, ...spec }) => spec);
			for (const resource of ['endpoints', 'endpointslices']) {
				editObjects(behaviour, resource, (object) =>
					/^metrics-server(?:-|$)/.test(object.metadata.name) ? null : object,
				);
			}
		},
	},
	{
		name: 'apiservice-missing-endpoints',
		also: ['aggregator-503', 'apiservice-unavailable'],
		change(behaviour) {
			notAvailable(behaviour, 'MissingEndpoints', missing('https'));
			withoutEndpoints(behaviour);
		},
	},
	{
		name: 'service-selector-mismatch',
		change(behaviour) {
			notAvailable(behaviour, 'MissingEndpoints', missing('https'));
			withoutEndpoints(behaviour);
			editSpec(behaviour, 'services', isItsService, (spec) => ({
				...spec,
				selector: { 'app.kubernetes.io/instance': 'metrics-server', 'app.kubernetes.io/name': 'metrics-server' },
			}));
		},
	},
	{
		name: 'service-port-name-mismatch',
		change(behaviour) {
			// The Service of a release before 0.4, with endpoints that a newer one was given by hand.
			notAvailable(behaviour, 'MissingEndpoints', missing(''));
			editSpec(behaviour, 'services', isItsService, (spec) => ({
				...spec,
				ports: [{ port: 443, protocol: 'TCP', targetPort: 10_250 }],
			}));
		},
	},
	{
		name: 'apiservice-wrong-backend',
		change(behaviour) {
			notAvailable(behaviour, 'FailedDiscoveryCheck', badDiscovery(404), true);
			editSpec(behaviour, 'apiservices', isMetricsApiService, (spec) => ({
				...spec,
				service: { namespace: 'observability', name: 'dashboard', port: 443 },
			}));
			behaviour.extra.push((world) => [
				{
					resource: 'services',
					object: {
						metadata: madeByHand(world, 'services', 'dashboard', { namespace: 'observability', days: 2 }),
						spec: {
							clusterIP: '10.96.71.18',
							type: 'ClusterIP',
							selector: { app: 'dashboard' },
							ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 8443 }],
						},
					},
				},
			]);
		},
	},
	...certificateFaults,
	{
		name: 'other-apiservice-broken',
		change(behaviour) {
			behaviour.silentGroups.push({ group: 'custom.metrics.k8s.io', version: 'v1beta1' });
			behaviour.extra.push((world) => [
				{
					resource: 'apiservices',
					object: {
						metadata: madeByHand(world, 'apiservices', 'v1beta1.custom.metrics.k8s.io', { days: 40 }),
						spec: {
							service: { namespace: 'observability', name: 'prometheus-adapter', port: 443 },
							group: 'custom.metrics.k8s.io',
							version: 'v1beta1',
							insecureSkipTLSVerify: true,
							groupPriorityMinimum: 100,
							versionPriority: 100,
						},
						status: {
							conditions: [
								{
									type: 'Available',
									status: 'False',
									reason: 'ServiceNotFound',
									message: 'service/prometheus-adapter in "observability" is not present',
								},
							],
						},
					},
				},
			]);
		},
	},
];
