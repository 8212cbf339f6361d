import assert from 'node:assert/strict';
import {
	clusterRoleBindings,
	type Effect,
	type Effects,
	itsContainer,
	itsPods,
	log,
	names,
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
	'ms-serviceaccount-missing': notCreated(/error looking up service account kube-system\/metrics-server/),
	'ms-unschedulable-taints': unschedulable(/node\(s\) had untolerated taint/),
	'ms-unschedulable-selector': unschedulable(/didn't match Pod's node affinity\/selector/),
	'ms-unschedulable-resources': unschedulable(/Insufficient cpu/),
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
