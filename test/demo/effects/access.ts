import assert from 'node:assert/strict';
import { ask, currentToken } from '../ask.ts';
import { type Effects, metrics, names } from './look.ts';

const namespaced = `${metrics}/namespaces/payments/pods`;

export const accessEffects = {
	async 'namespace-only'(look) {
		assert.equal(look.config.contexts.find(({ name }) => name === 'whytop-demo')?.context.namespace, 'payments');
		assert.equal((await look.get('/api/v1/pods')).status, 403);
		assert.equal((await look.get('/api/v1/namespaces/payments/pods')).status, 200);
		assert.equal((await look.get(`${metrics}/namespaces/payments/pods`)).status, 200);
	},
	async 'rbac-metrics-nodes'(look) {
		const { status, json } = await look.get(`${metrics}/nodes`);
		assert.deepEqual([status, json.reason], [403, 'Forbidden']);
		assert.match(json.message, /^nodes\.metrics\.k8s\.io is forbidden: User "demo-pods-only" cannot list/);
		assert.equal((await look.get(namespaced)).status, 200);
	},
	async 'rbac-metrics-pods-ns'(look) {
		assert.match((await look.get(namespaced)).json.message, /^pods\.metrics\.k8s\.io is forbidden/);
		assert.equal((await look.get('/api/v1/pods')).status, 200);
	},
	async 'rbac-core-nodes'(look) {
		assert.match(
			(await look.get('/api/v1/nodes')).json.message,
			/^nodes is forbidden: .* in API group "" at the cluster scope$/,
		);
		assert.equal((await look.get(`${metrics}/nodes`)).status, 200);
	},
	async 'rbac-discovery-removed'(look) {
		assert.equal((await look.get('/apis')).status, 403);
		assert.equal((await look.get(`${metrics}/nodes`)).status, 200);
	},
	async 'rbac-aggregated-reader-missing'(look) {
		assert.equal((await look.get(namespaced)).status, 403);
		const asAdmin = { ...look, get: (path: string) => ask(`${look.demo.url}${path}`) };
		const roles = await names(asAdmin, '/apis/rbac.authorization.k8s.io/v1/clusterroles');
		assert.ok(roles.includes('system:metrics-server') && !roles.includes('system:aggregated-metrics-reader'));
	},
	async 'anonymous-identity'(look) {
		assert.equal(look.config.users.find(({ name }) => name === 'system:anonymous')?.user.token, undefined);
		assert.match((await ask(`${look.demo.url}/api`, { token: '' })).json.message, /"system:anonymous"/);
	},
	async 'token-expired-or-revoked'(look) {
		const { status, json } = await look.get('/api');
		assert.deepEqual([status, json.message], [401, 'Unauthorized']);
		const claims = JSON.parse(Buffer.from(currentToken(look.config).split('.')[1] ?? '', 'base64url').toString());
		assert.ok(claims.exp * 1000 < Date.now());
	},
} satisfies Effects;
