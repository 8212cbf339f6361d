import assert from 'node:assert/strict';
import { ask } from '../ask.ts';
import {
	clusterRoleBindings,
	condition,
	type Effects,
	freshness,
	itsService,
	log,
	metrics,
	readiness,
	unavailable,
} from './look.ts';

async function authenticationMap(look: Parameters<typeof itsService>[0]): Promise<Record<string, string>> {
	const path = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';
	return (await look.get(path)).json.data;
}

export const backendEffects = {
	async 'ms-pod-not-listening'(look) {
		const { clusterIP } = (await itsService(look)).spec;
		await unavailable(
			look,
			'FailedDiscoveryCheck',
			new RegExp(`dial tcp ${clusterIP}:443: connect: connection refused$`),
		);
		assert.equal(await freshness(look), 'Stale');
		assert.match(
			(await readiness(look)).text,
			/^error trying to reach service: dial tcp 10\.244\..*connection refused$/,
		);
	},
	async 'backend-dial-failed'(look) {
		await condition(look, 'True', 'Passed', /^all checks passed$/);
		const { status, text } = await look.get(`${metrics}/nodes`);
		assert.equal(status, 503);
		assert.match(text, /^error trying to reach service: dial tcp .*: connect: connection refused$/);
	},
	async 'apiserver-no-clusterip-route'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /\(Client\.Timeout exceeded while awaiting headers\)$/);
		assert.equal((await readiness(look)).text, 'ok');
	},
	'apiserver-proxy-env': (look) => unavailable(look, 'FailedDiscoveryCheck', /": Forbidden$/),
	'backend-plain-http': (look) =>
		unavailable(look, 'FailedDiscoveryCheck', /http: server gave HTTP response to HTTPS client$/),
	async 'backend-hang'(look) {
		const waiting = new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'));
		assert.equal(await Promise.race([look.get(`${metrics}/nodes`).catch(() => 'closed'), waiting]), 'nothing yet');
		assert.equal((await look.get('/api/v1/nodes')).status, 200);
	},
	async 'frontproxy-ca-mismatch'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /^bad status from .*: 401$/);
		assert.match(
			await log(look),
			/"Unable to authenticate the request" err="x509: certificate signed by unknown authority"/,
		);
	},
	async 'frontproxy-cn-not-allowed'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /^bad status from .*: 401$/);
		assert.match(await log(look), /subject with cn=front-proxy-client is not in the allowed list: \[aggregator\]/);
		assert.equal((await authenticationMap(look))['requestheader-allowed-names'], '["aggregator"]');
	},
	async 'frontproxy-same-ca-as-client'(look) {
		const data = await authenticationMap(look);
		assert.match(data['client-ca-file'] ?? '', /BEGIN CERTIFICATE/);
		assert.equal(data['client-ca-file'], data['requestheader-client-ca-file']);
	},
	async 'aggregation-layer-not-configured'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /^bad status from .*: 403$/);
		assert.match(await log(look), /Cluster doesn't provide requestheader-client-ca-file/);
		assert.deepEqual(Object.keys(await authenticationMap(look)), ['client-ca-file']);
	},
	async 'ms-missing-auth-delegator'(look) {
		const { status, text } = await look.get(`${metrics}/nodes`);
		assert.equal(status, 500);
		assert.match(text, /subjectaccessreviews\.authorization\.k8s\.io is forbidden/);
		const asAdmin = { ...look, get: (path: string) => ask(`${look.demo.url}${path}`) };
		assert.equal((await asAdmin.get(`${metrics}/nodes`)).status, 200);
		assert.ok(!(await clusterRoleBindings(asAdmin)).includes('metrics-server:system:auth-delegator'));
	},
} satisfies Effects;
