import assert from 'node:assert/strict';
import { type Effects, itsContainer, type Look, log, metrics, names } from './look.ts';

async function resource(look: Look): Promise<string> {
	const { status, text } = await look.get('/api/v1/nodes/worker-03/proxy/metrics/resource');
	assert.equal(status, 200);
	return text;
}

async function node(look: Look) {
	return (await look.get('/api/v1/nodes/worker-03')).json.status.nodeInfo;
}

/** Whether the node has a sample, and whether any of its pods has one. */
async function sampled(look: Look): Promise<[boolean, boolean]> {
	const there = new Set(await names(look, `${metrics}/pods`));
	const onIt = await names(look, '/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03,status.phase%3DRunning');
	assert.ok(onIt.length > 0);
	return [(await names(look, `${metrics}/nodes`)).includes('worker-03'), onIt.some((name) => there.has(name))];
}

export const kubeletDataEffects = {
	async 'kubelet-scrape-error'(look) {
		assert.deepEqual(await sampled(look), [false, false]);
		assert.equal(
			await resource(look),
			'# HELP resource_scrape_error [STABLE] 1 if there was an error while getting container metrics, 0 otherwise\n# TYPE resource_scrape_error gauge\nresource_scrape_error 1\n',
		);
		assert.equal((await look.get('/api/v1/nodes/worker-03/proxy/stats/summary')).status, 500);
		assert.doesNotMatch(await log(look), /worker-03/);
	},
	async 'node-cpu-zero'(look) {
		assert.deepEqual(await sampled(look), [false, true]);
		assert.match(await resource(look), /^node_cpu_usage_seconds_total 0 \d+$/m);
		assert.match(await resource(look), /^node_memory_working_set_bytes [1-9]/m);
	},
	async 'pods-missing-cri-stats'(look) {
		assert.deepEqual(await sampled(look), [true, false]);
		assert.doesNotMatch(await resource(look), /^(?:container|pod)_/m);
		assert.match((await node(look)).containerRuntimeVersion, /^docker:/);
		const { json } = await look.get('/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03');
		assert.match(json.items[0].status.containerStatuses[0].containerID, /^docker:/);
	},
	async 'cri-stats-gate'(look) {
		assert.deepEqual(await sampled(look), [true, false]);
		assert.doesNotMatch(await resource(look), /^(?:container|pod)_/m);
		const of = async (name: string) =>
			(await look.get(`/api/v1/nodes/${name}/proxy/configz`)).json.kubeletconfig.featureGates;
		assert.deepEqual(await of('worker-03'), { PodAndContainerStatsFromCRI: true });
		assert.equal(await of('worker-01'), undefined);
	},
	async 'cgroupv2-old-runtime'(look) {
		assert.deepEqual(await sampled(look), [false, true]);
		assert.match(await resource(look), /^node_cpu_usage_seconds_total 0 \d+$/m);
		const { containerRuntimeVersion, osImage } = await node(look);
		assert.deepEqual([containerRuntimeVersion, osImage], ['containerd://1.3.9', 'Debian GNU/Linux 12 (bookworm)']);
	},
	async 'runtime-docker-old'(look) {
		assert.deepEqual(await sampled(look), [true, false]);
		const { containerRuntimeVersion, kubeletVersion } = await node(look);
		assert.deepEqual([containerRuntimeVersion, kubeletVersion], ['docker://18.9.9', 'v1.21.14']);
	},
	async 'kubelet-old-metric-names'(look) {
		assert.deepEqual(await sampled(look), [false, false]);
		const text = await resource(look);
		assert.match(text, /^# TYPE node_cpu_usage_seconds gauge\nnode_cpu_usage_seconds [1-9]/m);
		assert.match(text, /^scrape_error 0$/m);
		assert.doesNotMatch(text, /_total|resource_scrape_error|^pod_/m);
		assert.equal((await node(look)).kubeletVersion, 'v1.19.16');
		assert.match((await itsContainer(look)).image, /:v0\.6\.4$/);
	},
	async 'usage-decreased'(look) {
		const line =
			/pod\.go:74\] "Skipping container usage metric" err="unexpected decrease in cumulative CPU usage value" container="([^"]+)" pod="([^"/]+)\/([^"]+)"$/m;
		const [, container, namespace, pod] = line.exec(await log(look)) ?? [];
		const { json } = await look.get(`${metrics}/namespaces/${namespace}/pods/${pod}`);
		assert.ok(json.containers.every(({ name }: { name: string }) => name !== container));
	},
	async 'virtual-kubelet'(look) {
		const missing = (await names(look, '/api/v1/nodes')).filter((name) => name === 'virtual-kubelet');
		assert.deepEqual(missing, ['virtual-kubelet']);
		assert.match(
			await log(look),
			/"Failed to scrape node" err="request failed, status: \\"501 Not Implemented\\"" node="virtual-kubelet"$/m,
		);
	},
} satisfies Effects;
