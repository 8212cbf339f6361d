import assert from 'node:assert/strict';
import {
	apiService,
	condition,
	type Effects,
	freshness,
	itsPods,
	itsService,
	metrics,
	names,
	unavailable,
} from './look.ts';

async function endpoints(look: Parameters<typeof itsService>[0]): Promise<unknown[]> {
	const { json } = await look.get(
		'/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dmetrics-server',
	);
	return json.items.flatMap((slice: { endpoints: unknown[] }) => slice.endpoints);
}

async function untrusted(look: Parameters<typeof itsService>[0], reason: RegExp, hasBundle: boolean): Promise<void> {
	await condition(look, 'False', 'FailedDiscoveryCheck', reason);
	const { status, text } = await look.get(`${metrics}/nodes`);
	assert.equal(status, 503);
	assert.match(text, /^error trying to reach service: tls: failed to verify certificate: x509: /);
	assert.match(text, reason);
	const { spec } = await apiService(look);
	assert.deepEqual([spec.insecureSkipTLSVerify, typeof spec.caBundle === 'string'], [undefined, hasBundle]);
	assert.equal(await freshness(look), 'Stale');
}

export const registrationEffects = {
	async 'api-group-absent'(look) {
		const { status, text } = await look.get('/apis/metrics.k8s.io');
		assert.deepEqual([status, text], [404, '404 page not found\n']);
		assert.equal((await look.get(`${metrics}/nodes`)).text, '404 page not found\n');
		assert.ok(!(await look.get('/apis')).text.includes('metrics.k8s.io'));
		assert.equal((await look.get('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io')).status, 404);
		assert.deepEqual(await itsPods(look), []);
	},
	async 'apiserver-no-aggregator'(look) {
		assert.equal((await look.get('/apis/apiregistration.k8s.io/v1/apiservices')).status, 404);
		assert.ok(!(await look.get('/apis')).text.includes('apiregistration'));
		assert.equal((await look.get('/apis/metrics.k8s.io')).status, 404);
	},
	async 'heapster-only'(look) {
		assert.equal((await look.get('/apis/metrics.k8s.io')).status, 404);
		assert.equal((await look.get('/api/v1/namespaces/kube-system/services/heapster')).status, 200);
		assert.equal((await look.get('/api/v1/namespaces/kube-system/services/metrics-server')).status, 404);
	},
	async 'apiservice-wrong-version'(look) {
		const { json } = await look.get('/apis/metrics.k8s.io');
		assert.deepEqual(json.versions, [{ groupVersion: 'metrics.k8s.io/v1alpha1', version: 'v1alpha1' }]);
		assert.equal((await look.get(`${metrics}/nodes`)).status, 404);
	},
	async 'apiservice-local-bogus'(look) {
		await condition(look, 'True', 'Local', /^Local APIServices are always available$/);
		assert.equal((await apiService(look)).spec.service, undefined);
		assert.equal((await look.get('/apis/metrics.k8s.io')).status, 200);
		assert.equal((await look.get(metrics)).text, '404 page not found\n');
	},
	async 'apiservice-stale-after-uninstall'(look) {
		await unavailable(look, 'ServiceNotFound', /^service\/metrics-server in "kube-system" is not present$/);
		assert.equal((await itsService(look)).code, 404);
		assert.ok(!(await names(look, '/apis/apps/v1/deployments')).includes('metrics-server'));
	},
	async 'apiservice-service-gone'(look) {
		await unavailable(look, 'ServiceNotFound', /^service\/metrics-server in "kube-system" is not present$/);
		assert.equal((await look.get('/api/v1/namespaces/kube-system/services/metrics-server')).status, 404);
		assert.deepEqual(await endpoints(look), []);
		assert.equal((await itsPods(look)).length, 1);
	},
	async 'apiservice-wrong-namespace'(look) {
		await unavailable(look, 'ServiceNotFound', /in "metrics" is not present$/);
		assert.equal((await apiService(look)).spec.service.namespace, 'metrics');
		assert.equal((await itsService(look)).kind, 'Service');
	},
	async 'apiservice-service-access-error'(look) {
		await condition(look, 'Unknown', 'ServiceAccessError', /cannot be checked due to/);
	},
	async 'apiservice-port-mismatch'(look) {
		await unavailable(look, 'ServicePortError', /is not listening on port 443$/);
		assert.deepEqual(
			(await itsService(look)).spec.ports.map(({ port }: { port: number }) => port),
			[8443],
		);
	},
	async 'apiservice-endpoints-not-found'(look) {
		await unavailable(look, 'EndpointsNotFound', /^cannot find endpointslices for service\/metrics-server/);
		assert.equal((await itsService(look)).spec.selector, undefined);
		const path = '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices';
		assert.ok(!(await names(look, path)).some((name) => name.startsWith('metrics-server')));
	},
	async 'apiservice-missing-endpoints'(look) {
		assert.equal((await look.get('/apis/metrics.k8s.io')).status, 200);
		await unavailable(look, 'MissingEndpoints', /have no addresses with port name "https"$/);
		assert.deepEqual(await endpoints(look), []);
		assert.equal(await freshness(look), 'Current');
	},
	async 'service-selector-mismatch'(look) {
		await unavailable(look, 'MissingEndpoints', /with port name "https"$/);
		const { selector } = (await itsService(look)).spec;
		const [pod] = await itsPods(look);
		assert.notEqual(pod.metadata.labels['app.kubernetes.io/name'], selector['app.kubernetes.io/name']);
		assert.deepEqual(await endpoints(look), []);
	},
	async 'service-port-name-mismatch'(look) {
		await unavailable(look, 'MissingEndpoints', /with port name ""$/);
		assert.equal((await itsService(look)).spec.ports[0].name, undefined);
		assert.equal((await endpoints(look)).length, 1);
	},
	async 'apiservice-wrong-backend'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /^bad status from https:\/\/10\.96\.71\.18:443\/.*: 404$/);
		assert.equal((await apiService(look)).spec.service.name, 'dashboard');
		assert.equal((await look.get('/api/v1/namespaces/observability/services/dashboard')).status, 200);
	},
	'apiservice-cabundle-wrong': (look) => untrusted(look, /certificate signed by unknown authority$/, true),
	'apiservice-cabundle-missing': (look) => untrusted(look, /certificate signed by unknown authority$/, false),
	'apiservice-cert-name': (look) => untrusted(look, /is valid for .*, not metrics-server\.kube-system\.svc$/, true),
	'apiservice-cert-expired': (look) => untrusted(look, /has expired or is not yet valid/, true),
	async 'other-apiservice-broken'(look) {
		await condition(look, 'True', 'Passed', /^all checks passed$/);
		const { json } = await look.get('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.custom.metrics.k8s.io');
		assert.equal(json.status.conditions[0].status, 'False');
		const { status, text } = await look.get('/apis/custom.metrics.k8s.io/v1beta1');
		assert.deepEqual([status, text], [503, 'service unavailable\n']);
		assert.equal(await freshness(look, 'custom.metrics.k8s.io'), 'Stale');
		assert.equal(await freshness(look), 'Current');
	},
} satisfies Effects;
