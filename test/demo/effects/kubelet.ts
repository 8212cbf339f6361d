import assert from 'node:assert/strict';
import { type Effect, type Effects, itsContainer, type Look, log, metrics, names, unavailable } from './look.ts';

/** One node has no samples, and the pods on it have none. */
const unknown: Effect = async (look) => {
	const sampled = await names(look, `${metrics}/nodes`);
	const missing = (await names(look, '/api/v1/nodes')).filter((name) => !sampled.includes(name));
	assert.deepEqual(missing, ['virtual-kubelet', 'worker-03']);
	const there = new Set(await names(look, `${metrics}/pods`));
	const onIt = await names(look, '/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03');
	assert.ok(onIt.length > 0 && onIt.every((name) => !there.has(name)));
};

async function node(look: Look) {
	return (await look.get('/api/v1/nodes/worker-03')).json;
}

const kubelet = (look: Look) => look.get('/api/v1/nodes/worker-03/proxy/metrics/resource');

/** In the words of 0.9: the error, and the node. */
function written(error: RegExp, more: Effect = async () => {}): Effect {
	return async (look) => {
		await unknown(look);
		const line = (await log(look)).trim().split('\n').at(-1) ?? '';
		assert.match(
			line,
			/^E\d{4} \d\d:\d\d:\d\d\.\d{6} +1 scraper\.go:149\] "Failed to scrape node" err=".*" node="worker-03"$/,
		);
		assert.match(line, error);
		await more(look);
	};
}

/** It runs with samples of nobody, and so never becomes ready. */
async function everywhere(look: Look, line: RegExp): Promise<void> {
	await unavailable(look, 'MissingEndpoints', /have no addresses with port name "https"$/);
	assert.equal((await itsContainer(look)).ready, false);
	assert.match(await log(look), line);
}

function argument(expected: RegExp): Effect {
	return async (look) => assert.match((await itsContainer(look)).args.join(' '), expected);
}

export const kubeletEffects = {
	'node-row-unknown': unknown,
	'kubelet-cert-no-ip-san': written(
		/cannot validate certificate for 10\.0\..* because it doesn't contain any IP SANs"/,
	),
	'kubelet-cert-unknown-ca': written(/x509: certificate signed by unknown authority"/),
	'kubelet-cert-name': written(/x509: certificate is valid for 192\.168\.50\.7, not 10\.0\./),
	'kubelet-cert-expired': written(/x509: certificate has expired or is not yet valid/),
	'kubelet-cert-legacy-cn': written(/certificate relies on legacy Common Name field/),
	'kubelet-serving-csr-pending': written(/remote error: tls: internal error"/, async (look) => {
		const { json } = await look.get('/apis/certificates.k8s.io/v1/certificatesigningrequests');
		assert.deepEqual(
			[json.items[0].spec.signerName, json.items[0].spec.username, json.items[0].status.conditions],
			['kubernetes.io/kubelet-serving', 'system:node:worker-03', undefined],
		);
		assert.match((await kubelet(look)).text, /tls: internal error$/);
	}),
	'kubelet-serving-csr-denied': written(/remote error: tls: internal error"/, async (look) => {
		const { json } = await look.get('/apis/certificates.k8s.io/v1/certificatesigningrequests');
		assert.equal(json.items[0].status.conditions[0].type, 'Denied');
	}),
	async 'kubelet-addr-hostname-dns'(look) {
		await everywhere(look, /lookup worker-01 on 10\.96\.0\.10:53: no such host" node="worker-01"$/m);
		await argument(/^(?!.*--kubelet-preferred-address-types)/)(look);
	},
	'node-no-address': written(/no address matched types \[InternalIP ExternalIP Hostname\]"/, async (look) => {
		assert.deepEqual((await node(look)).status.addresses, []);
	}),
	'kubelet-conn-refused-10250': written(/dial tcp 10\.0\..*:10250: connect: connection refused"/),
	async 'kubelet-port-10255'(look) {
		await everywhere(look, /dial tcp 10\.0\.0\.\d+:10255: connect: connection refused" node="worker-01"$/m);
		await argument(
			/^(?!.*--kubelet-use-node-status-port).*--kubelet-port=10255 --deprecated-kubelet-completely-insecure$/,
		)(look);
	},
	async 'kubelet-http-on-https'(look) {
		await everywhere(look, /server gave HTTP response to HTTPS client" node="worker-01"$/m);
		await argument(/--kubelet-port=10255$/)(look);
	},
	async 'kubelet-slow'(look) {
		await unknown(look);
		assert.match(
			await log(look),
			/scraper\.go:147\] "Failed to scrape node, timeout to access kubelet" err="Get \\"https:.*\\": context deadline exceeded" node="worker-03" timeout="10s"$/m,
		);
	},
	'kubelet-401': written(/status: \\"401 Unauthorized\\""/, async (look) =>
		assert.equal((await kubelet(look)).status, 401),
	),
	async 'kubelet-403-metrics'(look) {
		await everywhere(
			look,
			/"Failed to scrape node" err="request failed, status: \\"403 Forbidden\\"" node="worker-01"$/m,
		);
		const { json } = await look.get('/apis/rbac.authorization.k8s.io/v1/clusterroles/system:metrics-server');
		assert.deepEqual(json.rules[0].resources, ['nodes/stats']);
	},
	async 'kubelet-403-stats'(look) {
		await everywhere(
			look,
			/err="GET \\"https:\/\/10\.0\.0\.\d+:10250\/stats\/summary\?only_cpu_and_memory=true\\": bad status code \\"403 Forbidden\\"" node="worker-01"$/m,
		);
		assert.match((await itsContainer(look)).image, /:v0\.5\.2$/);
	},
	async 'kubelet-403-anonymous'(look) {
		await unknown(look);
		assert.match(
			await log(look),
			/manager\.go:111\] unable to fully collect metrics: unable to fully scrape metrics from source kubelet_summary:worker-03: unable to fetch metrics from Kubelet worker-03 \(10\.0\.0\.4\): request failed - "403 Forbidden", response: "Forbidden \(user=system:anonymous, verb=get, resource=nodes, subresource=stats\)"$/m,
		);
		assert.equal((await look.get('/version')).json.gitVersion, 'v1.21.14');
	},
	async 'kubelet-500-stats'(look) {
		await unknown(look);
		assert.match(await log(look), /bad status code \\"500 Internal Server Error\\"" node="worker-03"$/m);
		const { status, text } = await look.get('/api/v1/nodes/worker-03/proxy/stats/summary?only_cpu_and_memory=true');
		assert.equal(status, 500);
		assert.match(text, /^Internal Error: failed to list pod stats: /);
		assert.equal((await kubelet(look)).status, 200);
	},
	'kubelet-authz-webhook-error': written(/status: \\"500 Internal Server Error\\""/),
	'kubelet-404-resource': written(/status: \\"404 Not Found\\""/, async (look) => {
		assert.equal((await node(look)).status.nodeInfo.kubeletVersion, 'v1.17.17');
		assert.equal((await kubelet(look)).status, 404);
	}),
	'kubelet-parse-error': written(/failed parsing metrics: /, async (look) => {
		assert.match((await kubelet(look)).text, /^<!doctype html>/);
	}),
	async 'node-not-ready'(look) {
		await unknown(look);
		assert.doesNotMatch(await log(look), /worker-03/);
		const ready = (await node(look)).status.conditions.find(({ type }: { type: string }) => type === 'Ready');
		assert.deepEqual([ready.status, ready.reason], ['Unknown', 'NodeStatusUnknown']);
		assert.equal((await kubelet(look)).status, 502);
	},
	async 'node-selector-excludes'(look) {
		await unknown(look);
		assert.doesNotMatch(await log(look), /worker-03/);
		await argument(/--node-selector=kubernetes\.io\/hostname!=worker-03/)(look);
	},
	'kubelet-401-token-review-fails': written(/status: \\"401 Unauthorized\\""/, async (look) => {
		assert.equal((await kubelet(look)).status, 200);
		const { json } = await look.get('/api/v1/nodes/worker-03/proxy/configz');
		assert.equal(json.kubeletconfig.authentication.webhook.enabled, true);
	}),
	'resource-metrics-path-annotation': written(/404 Not Found/, async (look) => {
		assert.match((await node(look)).metadata.annotations['metrics.k8s.io/resource-metrics-path'], /worker-03/);
	}),
} satisfies Effects;
