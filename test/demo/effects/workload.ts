import assert from 'node:assert/strict';
import {
	clusterRoleBindings,
	type Effect,
	type Effects,
	eventMessages,
	itsContainer,
	itsPods,
	log,
	names,
	probeOf,
	readiness,
	unavailable,
} from './look.ts';

const noReadyPod: Effect = (look) => unavailable(look, 'MissingEndpoints', /have no addresses with port name "https"$/);

const deployments = '/apis/apps/v1/namespaces/kube-system/deployments/metrics-server';

/** It ends at once, and wrote why; with these arguments, or without one. */
function crashes(line: RegExp, argument = /./): Effect {
	return async (look) => {
		await noReadyPod(look);
		const container = await itsContainer(look);
		assert.ok(container.restartCount > 0);
		assert.match(container.args.join(' '), argument);
		assert.match(await log(look, 'previous=true'), line);
	};
}

function notCreated(message: RegExp): Effect {
	return async (look) => {
		await noReadyPod(look);
		assert.deepEqual(await itsPods(look), []);
		const { spec, status } = (await look.get(deployments)).json;
		assert.equal(spec.replicas, 1);
		const failure = status.conditions.find(({ type }: { type: string }) => type === 'ReplicaFailure');
		assert.match(failure.message, message);
		const { json } = await look.get('/api/v1/namespaces/kube-system/events');
		const event = json.items.find(({ reason }: { reason: string }) => reason === 'FailedCreate');
		assert.match(event.message, message);
		assert.equal(event.involvedObject.kind, 'ReplicaSet');
	};
}

function unschedulable(reason: RegExp): Effect {
	return async (look) => {
		await noReadyPod(look);
		const [pod] = await itsPods(look);
		assert.equal(pod.status.phase, 'Pending');
		assert.match(pod.status.conditions.find(({ type }: { type: string }) => type === 'PodScheduled').message, reason);
	};
}

function noImage(image: RegExp): Effect {
	return async (look) => {
		await noReadyPod(look);
		const { state } = await itsContainer(look);
		assert.match(state.waiting.reason, /^(?:ErrImagePull|ImagePullBackOff)$/);
		assert.match(state.waiting.message, image);
	};
}

const neverSyncs: Effect = async (look) => {
	await noReadyPod(look);
	assert.match(
		await log(look),
		/failed to list \*v1\.Node: nodes is forbidden: User \\"system:serviceaccount:kube-system:metrics-server\\"/,
	);
	assert.match((await readiness(look)).text, /connection refused$/);
	assert.equal((await itsContainer(look)).ready, false);
};

export const workloadEffects = {
	async 'ms-replicas-zero'(look) {
		await noReadyPod(look);
		assert.equal((await look.get(deployments)).json.spec.replicas, 0);
		assert.deepEqual(await itsPods(look), []);
	},
	'ms-quota-priorityclass': notCreated(/insufficient quota to match these scopes/),
	'ms-podsecurity': notCreated(/violates PodSecurity "restricted:latest"/),
	'ms-no-pods-created': notCreated(/failed quota: compute-resources: must specify limits\.cpu for: metrics-server/),
	async 'ms-psp'(look) {
		assert.equal((await look.get('/version')).json.gitVersion, 'v1.24.17');
		await unavailable(look, 'MissingEndpoints', /^endpoints for service\/metrics-server/);
		assert.match((await eventMessages(look)).join('\n'), /PodSecurityPolicy: unable to admit pod: \[\]$/m);
		const { json } = await look.get('/api/v1/nodes');
		assert.equal(json.items[0].status.nodeInfo.kubeletVersion, 'v1.24.17');
	},
	'ms-admission-webhook': notCreated(/failed calling webhook "validate\.kyverno\.svc-fail": failed to call webhook: /),
	'ms-serviceaccount-missing': notCreated(/error looking up service account kube-system\/metrics-server/),
	'ms-unschedulable-taints': unschedulable(/node\(s\) had untolerated taint/),
	'ms-unschedulable-selector': unschedulable(/didn't match Pod's node affinity\/selector/),
	'ms-unschedulable-resources': unschedulable(/Insufficient cpu/),
	async 'ms-unschedulable-antiaffinity'(look) {
		const pods = await itsPods(look);
		assert.deepEqual(pods.map(({ status }: { status: { phase: string } }) => status.phase).sort(), [
			'Pending',
			'Running',
		]);
		const pending = pods.find(({ status }: { status: { phase: string } }) => status.phase === 'Pending');
		assert.match(pending.status.conditions[0].message, /1 node\(s\) didn't match pod anti-affinity rules\.$/);
		assert.equal((await look.get('/apis/metrics.k8s.io/v1beta1/nodes')).status, 200);
	},
	async 'ms-node-not-ready'(look) {
		await noReadyPod(look);
		const [pod] = await itsPods(look);
		const ready = ({ type }: { type: string }) => type === 'Ready';
		assert.equal(pod.status.conditions.find(ready).status, 'False');
		assert.equal(pod.status.containerStatuses[0].ready, true);
		const { json } = await look.get(`/api/v1/nodes/${pod.spec.nodeName}`);
		assert.equal(json.status.conditions.find(ready).reason, 'NodeStatusUnknown');
	},
	'ms-image-gcr-google-containers': noImage(/gcr\.io\/google_containers\/metrics-server-amd64:v0\.2\.1: not found$/),
	'ms-image-pull': noImage(/registry\.k8s\.io.*not found/),
	'ms-image-k8s-gcr-io': noImage(/k8s\.gcr\.io.*not found/),
	async 'ms-oomkilled'(look) {
		await noReadyPod(look);
		const { lastState } = await itsContainer(look);
		assert.deepEqual([lastState.terminated.reason, lastState.terminated.exitCode], ['OOMKilled', 137]);
	},
	'ms-crash-bind-permission': crashes(/0\.0\.0\.0:443: bind: permission denied/, /--secure-port=443\b/),
	async 'ms-port-conflict-hostnetwork'(look) {
		await crashes(/0\.0\.0\.0:10250: bind: address already in use/)(look);
		assert.equal((await itsPods(look))[0].spec.hostNetwork, true);
	},
	'ms-readonly-fs': crashes(/mkdir apiserver\.local\.config: read-only file system/, /^(?!.*--cert-dir)/),
	'ms-unknown-flag': crashes(/unknown flag: --source/, /--source=/),
	'ms-resolution-too-small': crashes(/should be a time duration at least 10s, but value 5s/, /--metric-resolution=5s/),
	'ms-resolution-vs-timeout': crashes(/larger than kubelet-request-timeout/, /--metric-resolution=10s/),
	'ms-flag-conflict': crashes(/cannot use both/, /--kubelet-insecure-tls.*--kubelet-certificate-authority/),
	async 'ms-cannot-read-auth-configmap'(look) {
		await crashes(/configmaps "extension-apiserver-authentication" is forbidden/)(look);
		const bindings = await names(look, '/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings');
		assert.ok(!bindings.includes('metrics-server-auth-reader'));
	},
	async 'ms-cannot-reach-apiserver'(look) {
		await crashes(/^panic: unable to load configmap .*: dial tcp 10\.96\.0\.1:443: i\/o timeout$/m)(look);
	},
	async 'ms-token-mount-missing'(look) {
		await crashes(/^panic: .*serviceaccount\/token: no such file or directory$/m)(look);
		const [{ spec }] = await itsPods(look);
		assert.deepEqual([spec.automountServiceAccountToken, spec.volumes], [false, undefined]);
	},
	async 'ms-liveness-killed'(look) {
		await noReadyPod(look);
		assert.match(
			await log(look, 'previous=true'),
			/probe="metric-collection-timely" err="metric collection didn't finish on time"/,
		);
		const { lastState } = await itsContainer(look);
		assert.deepEqual([lastState.terminated.reason, lastState.terminated.exitCode], ['Completed', 0]);
		const messages = await eventMessages(look);
		assert.ok(messages.includes('Liveness probe failed: HTTP probe failed with statuscode: 500'));
		assert.ok(messages.includes('Container metrics-server failed liveness probe, will be restarted'));
	},
	async 'ms-port-mismatch'(look) {
		await noReadyPod(look);
		const { args, ports, restartCount } = await itsContainer(look);
		assert.ok(args.includes('--secure-port=4443') && restartCount > 0);
		assert.deepEqual([ports[0].name, ports[0].containerPort], ['https', 10_250]);
		assert.match(await log(look), /Serving securely on \[::\]:4443$/m);
		assert.match(
			(await eventMessages(look)).join('\n'),
			/^Readiness probe failed: .*:10250: connect: connection refused$/m,
		);
	},
	async 'ms-readiness-probe-wrong'(look) {
		await noReadyPod(look);
		assert.deepEqual(
			[(await probeOf(look, 'readiness')).path, (await probeOf(look, 'liveness')).path],
			['/ready', '/livez'],
		);
		assert.ok((await eventMessages(look)).includes('Readiness probe failed: HTTP probe failed with statuscode: 404'));
		assert.deepEqual([(await readiness(look)).text, (await itsContainer(look)).ready], ['ok', false]);
	},
	async 'ms-not-ready-just-started'(look) {
		await noReadyPod(look);
		const pods = await itsPods(look);
		assert.ok(pods.length > 0);
		for (const { metadata } of pods) assert.ok(Date.now() - Date.parse(metadata.creationTimestamp) < 50_000);
	},
	async 'ms-pod-proxy-env'(look) {
		await noReadyPod(look);
		assert.deepEqual(
			(await itsContainer(look)).env.map(({ name }: { name: string }) => name),
			['HTTPS_PROXY', 'NO_PROXY'],
		);
		assert.match(
			await log(look),
			/proxyconnect tcp: dial tcp 10\.20\.0\.8:3128: connect: connection refused" node="worker-01"$/m,
		);
	},
	async 'ms-version-too-old-for-server'(look) {
		await unavailable(look, 'FailedDiscoveryCheck', /: 500$/);
		assert.match((await itsContainer(look)).image, /metrics-server-amd64:v0\.3\.6$/);
		assert.match(
			await log(look),
			/webhook\.go:196\] Failed to make webhook authorizer request: the server could not find the requested resource$/m,
		);
	},
	async 'ms-clock-skew'(look) {
		const { json } = await look.get('/apis/metrics.k8s.io/v1beta1/nodes');
		const ahead = json.items.filter(
			({ timestamp }: { timestamp: string }) => Date.parse(timestamp) > Date.now() + 60_000,
		);
		assert.deepEqual(
			ahead.map(({ metadata }: { metadata: { name: string } }) => metadata.name),
			['worker-03'],
		);
		const lease = await look.get('/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/worker-03');
		assert.ok(Date.parse(lease.json.spec.renewTime) > Date.now() + 60_000);
	},
	async 'ms-informers-never-sync'(look) {
		await neverSyncs(look);
		assert.ok(!(await clusterRoleBindings(look)).includes('system:metrics-server'));
	},
	async 'ms-clusterrolebinding-wrong-ns'(look) {
		await neverSyncs(look);
		const path = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:metrics-server';
		assert.equal((await look.get(path)).json.subjects[0].namespace, 'metrics');
	},
	async 'ms-not-ready-no-metrics'(look) {
		await noReadyPod(look);
		assert.match((await readiness(look)).text, /\[-\]metric-storage-ready failed/);
		assert.match(await log(look), /"Failed probe" probe="metric-storage-ready" err="no metrics to serve"/);
		assert.equal((await itsContainer(look)).ready, false);
	},
	async 'ms-duplicate-deployments'(look) {
		const all = await names(look, '/apis/apps/v1/deployments');
		assert.equal(all.filter((name) => name === 'metrics-server').length, 2);
	},
} satisfies Effects;
