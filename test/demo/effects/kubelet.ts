import assert from 'node:assert/strict';
import { type Effect, type Effects, itsContainer, type Look, log, metrics, names } from './look.ts';

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
	'kubelet-addr-hostname-dns': written(
		/lookup worker-03 on 10\.96\.0\.10:53: no such host"/,
		argument(/^(?!.*--kubelet-preferred-address-types)/),
	),
	'node-no-address': written(/no address matches types \[InternalIP ExternalIP Hostname\]"/, async (look) => {
		assert.deepEqual((await node(look)).status.addresses, []);
	}),
	'kubelet-conn-refused-10250': written(/dial tcp 10\.0\..*:10250: connect: connection refused"/),
	'kubelet-port-10255': written(/:10255: connect: connection refused"/, argument(/--kubelet-port=10255/)),
	'kubelet-http-on-https': written(/server gave HTTP response to HTTPS client"/, argument(/--kubelet-port=10255$/)),
	'kubelet-slow': written(/Client\.Timeout exceeded while awaiting headers/),
	'kubelet-401': written(/status: \\"401 Unauthorized\\""/, async (look) =>
		assert.equal((await kubelet(look)).status, 401),
	),
	'kubelet-403-metrics': written(/status: \\"403 Forbidden\\""/, async (look) => {
		const { json } = await look.get('/apis/rbac.authorization.k8s.io/v1/clusterroles/system:metrics-server');
		assert.deepEqual(json.rules[0].resources, ['nodes/stats']);
	}),
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
		assert.equal(await log(look), '');
		const ready = (await node(look)).status.conditions.find(({ type }: { type: string }) => type === 'Ready');
		assert.deepEqual([ready.status, ready.reason], ['Unknown', 'NodeStatusUnknown']);
		assert.equal((await kubelet(look)).status, 502);
	},
	async 'node-selector-excludes'(look) {
		await unknown(look);
		assert.equal(await log(look), '');
		await argument(/--node-selector=kubernetes\.io\/hostname!=worker-03/)(look);
	},
	'resource-metrics-path-annotation': written(/404 Not Found/, async (look) => {
		assert.match((await node(look)).metadata.annotations['metrics.k8s.io/resource-metrics-path'], /worker-03/);
	}),
} satisfies Effects;
