import type { ContainerLife, Termination } from '../model/container-life.ts';
import type { PodLife } from '../model/life.ts';
import { runtimeId } from '../model/names.ts';
import { hexadecimal, mixText } from '../model/random.ts';
import type { Allotment, Workload } from '../model/workload.ts';
import { qosClass, withLimits } from './allotments.ts';
import { apiTime, type JsonObject } from './json.ts';
import { resourceList, resourceRequirements } from './quantity.ts';

function terminated({ key, template }: ContainerLife, termination: Termination, runtime: string): JsonObject {
	return {
		terminated: {
			exitCode: termination.exitCode,
			reason: termination.reason,
			startedAt: apiTime(termination.startedAt),
			finishedAt: apiTime(termination.finishedAt),
			containerID: `${runtime}://${runtimeId(key, template.name, termination.run)}`,
		},
	};
}

function stateOf(life: ContainerLife, runtime: string): JsonObject {
	const { state } = life;
	switch (state.kind) {
		case 'running':
			return { running: { startedAt: apiTime(state.startedAt) } };
		case 'waiting':
			return { waiting: { reason: state.reason, ...(state.message ? { message: state.message } : {}) } };
		default:
			return terminated(life, state.termination, runtime);
	}
}

/** @param runtime as the node calls it: `containerd` */
function containerStatus(life: ContainerLife, runtime: string): JsonObject {
	const { template, key, run } = life;
	const requests = resourceList(withLimits(template));
	const began = run >= 0;
	return {
		name: template.name,
		state: stateOf(life, runtime),
		lastState: life.last ? terminated(life, life.last, runtime) : {},
		ready: life.ready,
		restartCount: life.restarts,
		image: template.image,
		imageID: began ? imageId(template.image) : '',
		...(began ? { containerID: `${runtime}://${runtimeId(key, template.name, run)}` } : {}),
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

function condition(
	type: string,
	status: 'True' | 'False',
	since: number,
	reason?: string,
	message?: string,
): JsonObject {
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

/** What the scheduler says when all nodes are full. */
export const noRoom = 'no nodes are available: Too many pods.';

function conditions(pod: PodLife): JsonObject[] {
	const { workload, node } = pod.slot;
	if (!node) {
		return [condition('PodScheduled', 'False', pod.createdAt, 'Unschedulable', workload.unschedulable ?? noRoom)];
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
			: condition(
					'Initialized',
					'False',
					pod.createdAt,
					'ContainersNotInitialized',
					`containers with incomplete status: ${waitingFor('init')}`,
				),
		readiness('Ready'),
		readiness('ContainersReady'),
		scheduled,
	];
}

/** What a pod is. */
export function podStatus(pod: PodLife): JsonObject {
	const { workload, node, address } = pod.slot;
	const all = pod.containers;
	const init = all.filter((life) => life.template.kind !== 'app');
	const [runtime = 'containerd'] = (node?.runtime ?? '').split('://').filter((word) => word !== '');
	const statusOf = (life: ContainerLife): JsonObject => containerStatus(life, runtime);
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
		...(init.length > 0 ? { initContainerStatuses: init.map(statusOf) } : {}),
		...(all.length > 0 ? { containerStatuses: all.filter((life) => life.template.kind === 'app').map(statusOf) } : {}),
		qosClass: qosClass(workload),
		...(sandboxed ? podAllotment(workload) : {}),
	};
}

const allotments = new WeakMap<Workload, JsonObject>();

/** What the kubelet has set aside for a running pod as a whole. */
function podAllotment(workload: Workload): JsonObject {
	let allotment = allotments.get(workload);
	if (!allotment) {
		const running = workload.containers.filter((template) => template.kind !== 'init');
		const total = (list: readonly (Allotment | undefined)[], what: keyof Allotment): number | undefined => {
			const values = list.map((each) => each?.[what]).filter((value) => value !== undefined);
			return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
		};
		const all = (what: keyof Allotment): boolean => running.every((template) => template.limits?.[what] !== undefined);
		const asked = running.map(withLimits);
		const set = running.map((template) => template.limits);
		const requests = workload.podRequests ?? definedOnly(total(asked, 'cpu'), total(asked, 'memory'));
		const limits =
			workload.podLimits ??
			definedOnly(all('cpu') ? total(set, 'cpu') : undefined, all('memory') ? total(set, 'memory') : undefined);
		const list = resourceList(requests);
		allotment = { ...(list ? { allocatedResources: list } : {}), resources: resourceRequirements(limits, requests) };
		allotments.set(workload, allotment);
	}
	return allotment;
}

function definedOnly(cpu: number | undefined, memory: number | undefined): Allotment {
	return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}
