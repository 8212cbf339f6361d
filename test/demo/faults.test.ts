import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { type FaultName, faults, findFault, listFaults } from '../../source/demo/faults.ts';
import type { Demo } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { type Answer, ask, currentToken, type Kubeconfig, readKubeconfig } from './ask.ts';

interface Look {
	demo: Demo;
	config: Kubeconfig;
	get(path: string, accept?: string): Promise<Answer>;
}

const metrics = '/apis/metrics.k8s.io/v1beta1';

async function names(look: Look, path: string): Promise<string[]> {
	return (await look.get(path)).json.items.map((item: { metadata: { name: string } }) => item.metadata.name);
}

async function apiService(look: Look) {
	const { json } = await look.get('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io');
	return json.status.conditions[0];
}

async function freshness(look: Look): Promise<string> {
	const headers = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };
	const { json } = await ask(`${look.demo.url}/apis`, { token: currentToken(look.config), headers });
	return json.items.find((item: { metadata: { name: string } }) => item.metadata.name === 'metrics.k8s.io').versions[0]
		.freshness;
}

/** What one sees of each fault. A new fault needs its line here. */
const effects: Record<FaultName, (look: Look) => Promise<void>> = {
	async 'api-group-absent'(look) {
		const { status, text } = await look.get('/apis/metrics.k8s.io');
		assert.deepEqual([status, text], [404, '404 page not found\n']);
		assert.equal((await look.get(`${metrics}/nodes`)).text, '404 page not found\n');
		assert.ok(!(await look.get('/apis')).text.includes('metrics.k8s.io'));
		assert.equal((await look.get('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io')).status, 404);
	},
	async 'apiservice-missing-endpoints'(look) {
		assert.equal((await look.get('/apis/metrics.k8s.io')).status, 200);
		const { status, text, headers } = await look.get(`${metrics}/nodes`);
		assert.deepEqual(
			[status, text, headers['content-type']],
			[503, 'service unavailable\n', 'text/plain; charset=utf-8'],
		);
		assert.equal((await apiService(look)).reason, 'MissingEndpoints');
		assert.equal(await freshness(look), 'Current');
	},
	async 'ms-pod-not-listening'(look) {
		assert.equal((await look.get(`${metrics}/nodes`)).status, 503);
		assert.equal((await apiService(look)).reason, 'FailedDiscoveryCheck');
		assert.equal(await freshness(look), 'Stale');
	},
	async 'apiservice-cabundle-wrong'(look) {
		assert.match(
			(await look.get(metrics)).text,
			/^error trying to reach service: .*x509: certificate signed by unknown authority$/,
		);
	},
	async 'ms-missing-auth-delegator'(look) {
		const { status, text } = await look.get(`${metrics}/nodes`);
		assert.equal(status, 500);
		assert.match(text, /subjectaccessreviews\.authorization\.k8s\.io is forbidden/);
		assert.equal((await ask(`${look.demo.url}${metrics}/nodes`)).status, 200);
	},
	async 'backend-hang'(look) {
		const waiting = new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'));
		assert.equal(await Promise.race([look.get(`${metrics}/nodes`).catch(() => 'closed'), waiting]), 'nothing yet');
		assert.equal((await look.get('/api/v1/nodes')).status, 200);
	},
	async 'metrics-empty'(look) {
		assert.deepEqual(await names(look, `${metrics}/nodes`), []);
		assert.deepEqual(await names(look, `${metrics}/pods`), []);
	},
	async 'pod-too-young'(look) {
		const isNew = (name: string): boolean => name.startsWith('newcomer-');
		assert.ok((await names(look, '/api/v1/namespaces/web/pods')).some(isNew));
		assert.ok(!(await names(look, `${metrics}/namespaces/web/pods`)).some(isNew));
	},
	async 'node-row-unknown'(look) {
		const sampled = await names(look, `${metrics}/nodes`);
		const missing = (await names(look, '/api/v1/nodes')).filter((name) => !sampled.includes(name));
		assert.deepEqual(missing, ['virtual-kubelet', 'worker-03']);
		const there = new Set(await names(look, `${metrics}/pods`));
		const onIt = await names(look, '/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03');
		assert.ok(onIt.length > 0 && onIt.every((name) => !there.has(name)));
	},
	async 'one-container-lacks-sample'(look) {
		const running = await names(
			look,
			'/api/v1/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout',
		);
		const sampled = await names(
			look,
			`${metrics}/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout`,
		);
		assert.equal(running.length - sampled.length, 1);
	},
	async 'container-rate-skipped'(look) {
		const { json } = await look.get(
			`${metrics}/namespaces/payments/pods?labelSelector=app.kubernetes.io/name%3Dcheckout`,
		);
		const counts = json.items.map((item: { containers: unknown[] }) => item.containers.length);
		assert.deepEqual(counts.sort(), [1, 2, 2, 2]);
	},
	async 'stale-sample'(look) {
		const { json } = await look.get(`${metrics}/nodes`);
		const [{ timestamp }] = json.items;
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.equal((await look.get(`${metrics}/nodes`)).json.items[0].timestamp, timestamp);
	},
	async 'namespace-only'(look) {
		assert.equal(look.config.contexts.find(({ name }) => name === 'whytop-demo')?.context.namespace, 'payments');
		assert.equal((await look.get('/api/v1/pods')).status, 403);
		assert.equal((await look.get('/api/v1/namespaces/payments/pods')).status, 200);
		assert.equal((await look.get(`${metrics}/namespaces/payments/pods`)).status, 200);
	},
	async 'token-expired-or-revoked'(look) {
		const { status, json } = await look.get('/api');
		assert.deepEqual([status, json.message], [401, 'Unauthorized']);
	},
	async 'api-throttled'(look) {
		const answers = [];
		for (let count = 0; count < 6; count++) answers.push(await look.get('/api'));
		const refused = answers.filter(({ status }) => status === 429);
		assert.equal(refused.length, 2);
		assert.equal(refused[0]?.headers['retry-after'], '1');
		assert.match(refused[0]?.headers['content-type'] ?? '', /^text\/plain/);
	},
	async 'json-only'(look) {
		for (const path of ['/api/v1/nodes', '/api/v1/pods', `${metrics}/pods`]) {
			const { headers } = await look.get(path, 'application/vnd.kubernetes.protobuf,application/json');
			assert.match(headers['content-type'] ?? '', /^application\/json/);
		}
	},
	async 'slow-api'(look) {
		const waiting = new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'));
		assert.equal(await Promise.race([look.get('/version').catch(() => 'closed'), waiting]), 'nothing yet');
	},
	async 'api-goes-away'(look) {
		mock.timers.tick(30_000);
		await assert.rejects(look.get('/version'), { code: 'ECONNREFUSED' });
		mock.timers.tick(10_000);
		assert.equal((await look.get('/version')).status, 200);
	},
	async 'watch-expires'(look) {
		const { text } = await look.get('/api/v1/nodes?watch=1');
		const last = JSON.parse(text.trim().split('\n').at(-1) ?? '');
		assert.deepEqual([last.type, last.object.code, last.object.reason], ['ERROR', 410, 'Expired']);
	},
	async 'hostile-names'(look) {
		const { text } = await look.get('/api/v1/namespaces/web/pods');
		assert.match(text, /red-\\u001b\[31malert/);
		assert.match(text, /数据库/);
	},
};

describe('faults', () => {
	test('have a description, and names that no other has', () => {
		const all = listFaults();
		const every = all.flatMap(({ name, also }) => [name, ...also]);
		assert.equal(new Set(every).size, every.length);
		for (const { name, description } of all) {
			assert.ok(description.length > 10, name);
			assert.equal(findFault(name)?.name, name);
		}
		assert.equal(findFault('no-metrics-api')?.name, 'api-group-absent');
	});

	for (const { name } of faults) {
		test(`${name} is seen`, async () => {
			// Half a minute passes at once where something takes as long.
			const hurried = name === 'api-goes-away';
			if (hurried) mock.timers.enable({ apis: ['setTimeout'] });
			const demo = await serveDemo({ insecure: true, faults: [name], freezeClock: hurried });
			const config = readKubeconfig(demo.kubeconfig);
			try {
				await effects[name]({
					demo,
					config,
					get: (path, accept = 'application/json') =>
						ask(`${demo.url}${path}`, { token: currentToken(config), headers: { accept } }),
				});
			} finally {
				await demo.close();
				mock.timers.reset();
			}
		});
	}

	test('several can be on at once', async () => {
		const demo = await serveDemo({ insecure: true, faults: ['namespace-only', 'metrics-empty'] });
		try {
			const token = currentToken(readKubeconfig(demo.kubeconfig));
			assert.equal((await ask(`${demo.url}/api/v1/nodes`, { token })).status, 403);
			assert.deepEqual((await ask(`${demo.url}${metrics}/namespaces/payments/pods`, { token })).json.items, []);
		} finally {
			await demo.close();
		}
	});
});
