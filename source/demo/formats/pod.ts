import { type ContainerLife, type ContainerState, type PodLife, podUid, runtimeId, type Termination } from '../model/life.ts';
import { hexadecimal, makeUid, mixText } from '../model/random.ts';
import type { Allotment, ContainerTemplate, Workload } from '../model/workload.ts';
import { type ApiObject, apiTime, type JsonObject, type ObjectMeta, type OwnerReference } from './json.ts';
import { managedPodFields } from './managed-fields.ts';
import { resourceList, resourceRequirements } from './quantity.ts';

/** Names and ids that one workload's objects share. */
export function workloadUid(workload: Workload, part = ''): string {
	return makeUid(mixText(77, `${workload.kind}/${workload.namespace}/${workload.name}/${part}`));
}

/** Labels that select the pods of a workload. */
export function selectorLabels(workload: Workload): Readonly<Record<string, string>> {
	return workload.labels ?? { 'app.kubernetes.io/name': workload.name };
}

/** Name of the object that controls a pod: the ReplicaSet of a Deployment, the Job of a CronJob. */
export function ownerOf(workload: Workload, revision: string, nodeName: string): OwnerReference | undefined {
	const common = { controller: true, blockOwnerDeletion: true } as const;
	switch (workload.kind) {
		case 'Deployment':
			return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${workload.name}-${revision}`, uid: workloadUid(workload, revision), ...common };
		case 'CronJob':
			return { apiVersion: 'batch/v1', kind: 'Job', name: `${workload.name}-${revision}`, uid: workloadUid(workload, revision), ...common };
		case 'Job':
			return { apiVersion: 'batch/v1', kind: 'Job', name: workload.name, uid: workloadUid(workload), ...common };
		case 'Node':
			return { apiVersion: 'v1', kind: 'Node', name: nodeName, uid: makeUid(mixText(3, nodeName)), ...common };
		case 'Pod':
			return undefined;
		default:
			return { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name, uid: workloadUid(workload), ...common };
	}
}

export function podLabels(pod: PodLife): Readonly<Record<string, string>> {
	const { workload, ordinal } = pod.slot;
	const labels: Record<string, string> = { ...selectorLabels(workload) };
	switch (workload.kind) {
		case 'Deployment':
			labels['pod-template-hash'] = pod.revision;
			break;
		case 'StatefulSet':
			labels['apps.kubernetes.io/pod-index'] = String(ordinal);
			labels['controller-revision-hash'] = `${workload.name}-${hexadecimal(mixText(5, workload.name), 8)}`;
			labels['statefulset.kubernetes.io/pod-name'] = pod.name;
			break;
		case 'DaemonSet':
			labels['controller-revision-hash'] = hexadecimal(mixText(5, workload.name), 8);
			labels['pod-template-generation'] = '1';
			break;
		case 'Job':
		case 'CronJob': {
			const job = workload.kind === 'Job' ? workload.name : `${workload.name}-${pod.revision}`;
			labels['batch.kubernetes.io/controller-uid'] = workloadUid(workload, workload.kind === 'Job' ? '' : pod.revision);
			labels['batch.kubernetes.io/job-name'] = job;
			labels['job-name'] = job;
			break;
		}
		case 'Node':
			return { component: workload.name, tier: 'control-plane' };
		default:
	}
	return labels;
}

function podMetadata(pod: PodLife, resourceVersion: number): ObjectMeta {
	const { workload, node } = pod.slot;
	const owner = ownerOf(workload, pod.revision, node?.name ?? '');
	const generated = workload.kind !== 'Pod' && workload.kind !== 'Node' ? pod.name.slice(0, pod.name.lastIndexOf('-') + 1) : undefined;
	const deleted = !Number.isNaN(pod.deletedAt);
	return {
		name: pod.name,
		...(generated === undefined ? {} : { generateName: generated }),
		namespace: workload.namespace,
		uid: podUid(pod),
		resourceVersion: String(resourceVersion),
		generation: deleted ? 2 : 1,
		creationTimestamp: apiTime(pod.createdAt),
		...(deleted ? { deletionTimestamp: apiTime(pod.deletedAt + 30_000), deletionGracePeriodSeconds: 30 } : {}),
		labels: podLabels(pod),
		...annotationsOf(workload, pod),
		...(owner ? { ownerReferences: [owner] } : {}),
		managedFields: managedPodFields(workload, apiTime(pod.createdAt)),
	};
}

function annotationsOf(workload: Workload, pod: PodLife): { annotations?: Readonly<Record<string, string>> } {
	if (workload.kind === 'Node') {
		const hash = hexadecimal(pod.key, 32);
		const seen = apiTime(pod.createdAt);
		return {
			annotations: {
				'kubernetes.io/config.hash': hash,
				'kubernetes.io/config.mirror': hash,
				'kubernetes.io/config.seen': seen,
				'kubernetes.io/config.source': 'file',
			},
		};
	}
	return workload.annotations ? { annotations: workload.annotations } : {};
}

const accessVolume = 'kube-api-access-x7k2p';

function containerSpec(template: ContainerTemplate): JsonObject {
	return {
		name: template.name,
		image: template.image,
		...(template.command ? { command: template.command } : {}),
		...(template.port === undefined ? {} : { ports: [{ containerPort: template.port, protocol: 'TCP' }] }),
		resources: resourceRequirements(template.limits, withLimits(template)),
		...(template.kind === 'sidecar' ? { restartPolicy: 'Always' } : {}),
		volumeMounts: [{ name: accessVolume, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: 'IfNotPresent',
	};
}

/** A limit without a request is a request too: the API server fills it in. */
function withLimits(template: ContainerTemplate): Allotment {
	return { ...template.limits, ...template.requests };
}

const specs = new WeakMap<Workload, JsonObject>();

/** The part of a spec that all pods of a workload have in common. */
function commonSpec(workload: Workload): JsonObject {
	let spec = specs.get(workload);
	if (!spec) {
		spec = makeCommonSpec(workload);
		specs.set(workload, spec);
	}
	return spec;
}

function makeCommonSpec(workload: Workload): JsonObject {
	const initContainers = workload.containers.filter((template) => template.kind !== 'app');
	return {
		volumes: [
			{
				name: accessVolume,
				projected: {
					sources: [
						{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
						{ configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
						{ downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
					],
					defaultMode: 420,
				},
			},
		],
		...(initContainers.length > 0 ? { initContainers: initContainers.map(containerSpec) } : {}),
		containers: workload.containers.filter((template) => template.kind === 'app').map(containerSpec),
		restartPolicy: workload.restartPolicy ?? 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		serviceAccountName: 'default',
		serviceAccount: 'default',
	};
}

function podSpec(pod: PodLife): JsonObject {
	const { workload, node } = pod.slot;
	const { runtimeClass, podRequests, podLimits, priorityClass } = workload;
	const perNode = workload.kind === 'DaemonSet' || workload.kind === 'Node';
	return {
		...commonSpec(workload),
		...(node ? { nodeName: node.name } : {}),
		...(workload.hostNetwork ? { hostNetwork: true } : {}),
		securityContext: {},
		schedulerName: 'default-scheduler',
		tolerations: perNode ? [{ operator: 'Exists' }] : defaultTolerations,
		...(priorityClass ? { priorityClassName: priorityClass.name } : {}),
		priority: priorityClass?.value ?? 0,
		...(runtimeClass ? { runtimeClassName: runtimeClass.name } : {}),
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
		...(runtimeClass ? { overhead: resourceList(runtimeClass.overhead) } : {}),
		...(podRequests || podLimits ? { resources: resourceRequirements(podLimits, podRequests) } : {}),
	};
}

const defaultTolerations = ['not-ready', 'unreachable'].map((taint) => ({
	key: `node.kubernetes.io/${taint}`,
	operator: 'Exists',
	effect: 'NoExecute',
	tolerationSeconds: 300,
}));

/** Guaranteed, Burstable or BestEffort by what requests and limits are set. */
export function qosClass(workload: Workload): string {
	const sets = workload.podRequests || workload.podLimits
		? [{ requests: workload.podRequests, limits: workload.podLimits }]
		: workload.containers.map((template) => ({ requests: withLimits(template), limits: template.limits }));
	const asks = sets.some(({ requests, limits }) => requests?.cpu || requests?.memory || limits?.cpu || limits?.memory);
	if (!asks) return 'BestEffort';
	const guaranteed = sets.every(
		({ requests, limits }) =>
			limits?.cpu && limits.memory && (requests?.cpu ?? limits.cpu) === limits.cpu && (requests?.memory ?? limits.memory) === limits.memory,
	);
	return guaranteed ? 'Guaranteed' : 'Burstable';
}

function terminated(key: number, termination: Termination): JsonObject {
	return {
		terminated: {
			exitCode: termination.exitCode,
			reason: termination.reason,
			startedAt: apiTime(termination.startedAt),
			finishedAt: apiTime(termination.finishedAt),
			containerID: `containerd://${runtimeId(key, termination.run)}`,
		},
	};
}

function stateOf(key: number, state: ContainerState): JsonObject {
	switch (state.kind) {
		case 'running':
			return { running: { startedAt: apiTime(state.startedAt) } };
		case 'waiting':
			return { waiting: { reason: state.reason, ...(state.message ? { message: state.message } : {}) } };
		default:
			return terminated(key, state.termination);
	}
}

function containerStatus(life: ContainerLife): JsonObject {
	const { template, key, run } = life;
	const requests = resourceList(withLimits(template));
	const began = run >= 0;
	return {
		name: template.name,
		state: stateOf(key, life.state),
		lastState: life.last ? terminated(key, life.last) : {},
		ready: life.ready,
		restartCount: life.restarts,
		image: template.image,
		imageID: began ? imageId(template.image) : '',
		...(began ? { containerID: `containerd://${runtimeId(key, run)}` } : {}),
		started: life.state.kind === 'running',
		...(requests && began ? { allocatedResources: requests } : {}),
		...(began ? { resources: resourceRequirements(template.limits, withLimits(template)) } : {}),
	};
}

const imageIds = new Map<string, string>();

function imageId(image: string): string {
	let id = imageIds.get(image);
	if (!id) {
		id = `${image.replace(/:[^:/]*$/, '')}@sha256:${hexadecimal(mixText(8, image), 64)}`;
		imageIds.set(image, id);
	}
	return id;
}

function condition(type: string, status: 'True' | 'False', since: number, reason?: string, message?: string): JsonObject {
	return {
		type,
		observedGeneration: 1,
		status,
		lastProbeTime: null,
		lastTransitionTime: apiTime(since),
		...(reason ? { reason } : {}),
		...(message ? { message } : {}),
	};
}

function conditions(pod: PodLife): JsonObject[] {
	const { workload } = pod.slot;
	if (workload.unschedulable) {
		const message = `0/12 nodes are available: ${workload.unschedulable}.`;
		return [condition('PodScheduled', 'False', pod.createdAt, 'Unschedulable', message)];
	}
	const scheduled = condition('PodScheduled', 'True', pod.createdAt);
	if (workload.evicted) {
		return [condition('DisruptionTarget', 'True', pod.startedAt, 'TerminationByKubelet', workload.evicted), scheduled];
	}
	const ready = !Number.isNaN(pod.readySince);
	const finished = pod.phase === 'Succeeded' || pod.phase === 'Failed';
	const initialized = !Number.isNaN(pod.initializedAt);
	const waitingFor = (kind: 'init' | 'app'): string => {
		const names = pod.containers
			.filter((life) => !life.ready && (life.template.kind === 'app') === (kind === 'app'))
			.map((life) => life.template.name);
		return `[${names.join(' ')}]`;
	};
	const since = ready ? pod.readySince : pod.unreadySince;
	const unreadyReason = finished ? (pod.phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed') : 'ContainersNotReady';
	const unreadyMessage = finished ? undefined : `containers with unready status: ${waitingFor('app')}`;
	const readiness = (type: string): JsonObject =>
		ready ? condition(type, 'True', since) : condition(type, 'False', since, unreadyReason, unreadyMessage);
	return [
		condition('PodReadyToStartContainers', finished ? 'False' : 'True', pod.createdAt + 1000),
		initialized
			? condition('Initialized', 'True', pod.initializedAt, pod.phase === 'Succeeded' ? 'PodCompleted' : undefined)
			: condition('Initialized', 'False', pod.createdAt, 'ContainersNotInitialized', `containers with incomplete status: ${waitingFor('init')}`),
		readiness('Ready'),
		readiness('ContainersReady'),
		scheduled,
	];
}

function podStatus(pod: PodLife): JsonObject {
	const { workload, node, address } = pod.slot;
	const all = pod.containers;
	const init = all.filter((life) => life.template.kind !== 'app');
	const sandboxed = all.some((life) => life.run >= 0);
	const finished = pod.phase === 'Succeeded' || pod.phase === 'Failed';
	return {
		observedGeneration: 1,
		phase: pod.phase,
		conditions: conditions(pod),
		...(workload.evicted ? { message: workload.evicted, reason: 'Evicted' } : {}),
		...(node && !Number.isNaN(pod.startedAt) ? { hostIP: node.address, hostIPs: [{ ip: node.address }] } : {}),
		...(sandboxed || (finished && all.length > 0) ? { podIP: address, podIPs: [{ ip: address }] } : {}),
		...(Number.isNaN(pod.startedAt) ? {} : { startTime: apiTime(pod.startedAt) }),
		...(init.length > 0 ? { initContainerStatuses: init.map(containerStatus) } : {}),
		...(all.length > 0 ? { containerStatuses: all.filter((life) => life.template.kind === 'app').map(containerStatus) } : {}),
		qosClass: qosClass(workload),
	};
}

/** A pod as the API server writes it. */
export function podObject(pod: PodLife, resourceVersion: number): ApiObject {
	return { metadata: podMetadata(pod, resourceVersion), spec: podSpec(pod), status: podStatus(pod) };
}
