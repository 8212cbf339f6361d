import assert from 'node:assert/strict';
import { ask } from '../ask.ts';
import { apiService, type Effects, type Look, log, metrics, names } from './look.ts';

const broken = 'worker-03';

/** One node has no sample, and the log says why. */
async function lacks(look: Look, words: RegExp): Promise<void> {
	const sampled = await names(look, `${metrics}/nodes`);
	assert.ok(sampled.length > 0 && !sampled.includes(broken));
	assert.match(await log(look), words);
}

async function addressOf(look: Look, name: string): Promise<string> {
	return (await look.get(`/api/v1/nodes/${name}`)).json.status.addresses[0].address;
}

export const misleadingEffects = {
	async 'node-address-wrong-nic'(look) {
		await lacks(look, /dial tcp 10\.0\.2\.15:10250: connect: connection refused/);
		assert.equal(await addressOf(look, broken), '10.0.2.15');
		assert.equal(await addressOf(look, 'worker-01'), '10.0.2.15');
	},
	async 'ms-version-too-new-for-server'(look) {
		assert.equal((await look.get('/version')).json.gitVersion, 'v1.17.17');
		assert.match(await log(look), /404 Not Found/);
		assert.equal((await look.get(`${metrics}/nodes`)).status, 503);
	},
	async 'kubelet-cert-rotated-pin'(look) {
		await lacks(look, /x509: certificate signed by unknown authority/);
		const { status } = (await look.get(`/api/v1/nodes/${broken}`)).json;
		const map = (await look.get('/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt')).json;
		const url = `https://${status.addresses[0].address}:${status.daemonEndpoints.kubeletEndpoint.Port}`;
		const answer = await ask(`${url}/metrics/resource`, { authority: map.data['ca.crt'] });
		assert.deepEqual([answer.status, answer.text], [401, 'Unauthorized']);
	},
	async 'cpu-over-100-percent'(look) {
		const { allocatable } = (await look.get(`/api/v1/nodes/${broken}`)).json.status;
		assert.equal(allocatable.cpu, '60m');
		const { items } = (await look.get(`${metrics}/nodes`)).json;
		const sample = items.find(({ metadata }: { metadata: { name: string } }) => metadata.name === broken);
		assert.ok(Number.parseInt(sample.usage.cpu, 10) > 60e6);
	},
	async 'metric-timestamp-stale'(look) {
		const { text } = await look.get(`/api/v1/nodes/${broken}/proxy/metrics/resource`);
		const time = Number(/^node_cpu_usage_seconds_total \S+ (\d+)$/m.exec(text)?.[1]);
		assert.ok(Date.now() - time > 9 * 60_000);
		const { items } = (await look.get(`${metrics}/nodes`)).json;
		const sample = items.find(({ metadata }: { metadata: { name: string } }) => metadata.name === broken);
		assert.ok(Date.now() - Date.parse(sample.timestamp) > 9 * 60_000);
	},
	'out-of-order-points': (look) => lacks(look, /"Found new node metrics point is older than stored previous/),
	async 'apiservice-prometheus-adapter'(look) {
		assert.equal((await apiService(look)).spec.service.name, 'prometheus-adapter');
		const sampled = await names(look, `${metrics}/nodes`);
		assert.ok(sampled.length > 0 && !sampled.includes(broken));
		assert.ok((await names(look, '/apis/apps/v1/namespaces/kube-system/deployments')).includes('prometheus-adapter'));
	},
} satisfies Effects;
