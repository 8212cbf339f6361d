/**
 * What of a Pod object we use, as the API says it: the neutral form between the wire formats, which fill it, and the
 * rules of `pod-status.ts`, `pod-resources.ts` and `pod-record.ts`, which are written once. Filled again for each pod.
 */
import type { Resources } from './records.ts';
import { clearResources, noResources } from './resource-amounts.ts';
import { ReusedList } from './reused-list.ts';

/** One of `spec.containers`, `spec.initContainers`, `spec.ephemeralContainers`. */
export interface ContainerSpecParts {
	name: string;
	image: string;
	/** `restartPolicy: Always`: on an init container it makes a sidecar. */
	restartsAlways: boolean;
	resources: Resources;
}

/** One of `status.containerStatuses` and its siblings. */
export interface ContainerStatusParts {
	name: string;
	ready: boolean;
	/** `started`, false where it is not given. */
	started: boolean;
	restarts: number;
	/** Which of the states is given; at most one is. */
	waiting: boolean;
	running: boolean;
	terminated: boolean;
	waitingReason: string;
	startedAt: number;
	terminatedReason: string;
	exitCode: number;
	signal: number;
	/** `lastState.terminated`. */
	lastTerminated: boolean;
	lastReason: string;
	lastExitCode: number;
	lastSignal: number;
	lastFinishedAt: number;
	/** `resources`: what the container runs with, which during a resize in place is not what the spec says. */
	reportsResources: boolean;
	resources: Resources;
	/** `allocatedResources`: the requests that the kubelet has admitted. */
	cpuAllocated: number;
	memoryAllocated: number;
}

export interface PodParts {
	uid: string;
	namespace: string;
	name: string;
	resourceVersion: string;
	createdAt: number;
	/** `metadata.deletionTimestamp` is set. */
	deleted: boolean;
	/** `kind/name` of the controlling owner. */
	owner: string;
	node: string;
	initContainers: ReusedList<ContainerSpecParts>;
	containers: ReusedList<ContainerSpecParts>;
	ephemeralContainers: ReusedList<ContainerSpecParts>;
	/** `spec.resources`, the resources of the pod as a whole. */
	resources: Resources;
	cpuOverhead: number;
	memoryOverhead: number;
	phase: string;
	/** `status.reason`, of the pod as a whole. */
	reason: string;
	qosClass: string;
	ip: string;
	conditions: PodConditionParts;
	initStatuses: ReusedList<ContainerStatusParts>;
	statuses: ReusedList<ContainerStatusParts>;
	ephemeralStatuses: ReusedList<ContainerStatusParts>;
	/** `status.resources` and `status.allocatedResources`: a resize in place of the pod as a whole. */
	reportsResources: boolean;
	statusResources: Resources;
	cpuAllocated: number;
	memoryAllocated: number;
}

/** The questions that are asked of `status.conditions`. */
export interface PodConditionParts {
	schedulingGated: boolean;
	initialized: boolean;
	ready: boolean;
	resizeInfeasible: boolean;
}

function newContainerSpec(): ContainerSpecParts {
	return { name: '', image: '', restartsAlways: false, resources: noResources() };
}

function clearContainerSpec(container: ContainerSpecParts): void {
	container.name = '';
	container.image = '';
	container.restartsAlways = false;
	clearResources(container.resources);
}

function newContainerStatus(): ContainerStatusParts {
	return {
		name: '',
		ready: false,
		started: false,
		restarts: 0,
		waiting: false,
		running: false,
		terminated: false,
		waitingReason: '',
		startedAt: Number.NaN,
		terminatedReason: '',
		exitCode: 0,
		signal: 0,
		lastTerminated: false,
		lastReason: '',
		lastExitCode: 0,
		lastSignal: 0,
		lastFinishedAt: Number.NaN,
		reportsResources: false,
		resources: noResources(),
		cpuAllocated: Number.NaN,
		memoryAllocated: Number.NaN,
	};
}

function clearContainerStatus(status: ContainerStatusParts): void {
	status.name = '';
	status.ready = false;
	status.started = false;
	status.restarts = 0;
	status.waiting = false;
	status.running = false;
	status.terminated = false;
	status.waitingReason = '';
	status.startedAt = Number.NaN;
	status.terminatedReason = '';
	status.exitCode = 0;
	status.signal = 0;
	status.lastTerminated = false;
	status.lastReason = '';
	status.lastExitCode = 0;
	status.lastSignal = 0;
	status.lastFinishedAt = Number.NaN;
	status.reportsResources = false;
	clearResources(status.resources);
	status.cpuAllocated = Number.NaN;
	status.memoryAllocated = Number.NaN;
}

/** Empty parts, to be filled once for each pod after {@link clearPodParts}. */
export function newPodParts(): PodParts {
	const specs = () => new ReusedList(newContainerSpec, clearContainerSpec);
	const statuses = () => new ReusedList(newContainerStatus, clearContainerStatus);
	return {
		uid: '',
		namespace: '',
		name: '',
		resourceVersion: '',
		createdAt: Number.NaN,
		deleted: false,
		owner: '',
		node: '',
		initContainers: specs(),
		containers: specs(),
		ephemeralContainers: specs(),
		resources: noResources(),
		cpuOverhead: Number.NaN,
		memoryOverhead: Number.NaN,
		phase: '',
		reason: '',
		qosClass: '',
		ip: '',
		conditions: { schedulingGated: false, initialized: false, ready: false, resizeInfeasible: false },
		initStatuses: statuses(),
		statuses: statuses(),
		ephemeralStatuses: statuses(),
		reportsResources: false,
		statusResources: noResources(),
		cpuAllocated: Number.NaN,
		memoryAllocated: Number.NaN,
	};
}

export function clearPodParts(pod: PodParts): void {
	pod.uid = '';
	pod.namespace = '';
	pod.name = '';
	pod.resourceVersion = '';
	pod.createdAt = Number.NaN;
	pod.deleted = false;
	pod.owner = '';
	pod.node = '';
	pod.initContainers.clear();
	pod.containers.clear();
	pod.ephemeralContainers.clear();
	clearResources(pod.resources);
	pod.cpuOverhead = Number.NaN;
	pod.memoryOverhead = Number.NaN;
	pod.phase = '';
	pod.reason = '';
	pod.qosClass = '';
	pod.ip = '';
	pod.conditions.schedulingGated = false;
	pod.conditions.initialized = false;
	pod.conditions.ready = false;
	pod.conditions.resizeInfeasible = false;
	pod.initStatuses.clear();
	pod.statuses.clear();
	pod.ephemeralStatuses.clear();
	pod.reportsResources = false;
	clearResources(pod.statusResources);
	pod.cpuAllocated = Number.NaN;
	pod.memoryAllocated = Number.NaN;
}

/**
 * Notes one of `status.conditions`. Where a type stands twice, each question is answered as the Kubernetes function
 * of its name answers it: it does not happen, the API server refuses it.
 */
export function addPodCondition(pod: PodParts, type: string, status: string, reason: string): void {
	switch (type) {
		case 'PodScheduled':
			pod.conditions.schedulingGated ||= reason === 'SchedulingGated';
			break;
		case 'Initialized':
			pod.conditions.initialized ||= status === 'True';
			break;
		case 'Ready':
			pod.conditions.ready ||= status === 'True';
			break;
		case 'PodResizePending':
			pod.conditions.resizeInfeasible ||= reason === 'Infeasible';
			break;
		default:
	}
}

/** The types of the conditions that {@link addPodCondition} makes anything of. */
export const podConditionsOfInterest: readonly string[] = ['PodScheduled', 'Initialized', 'Ready', 'PodResizePending'];

/** The status of a container by its name, undefined while none is reported. */
export function statusOf(statuses: ReusedList<ContainerStatusParts>, name: string): ContainerStatusParts | undefined {
	for (let index = 0; index < statuses.length; index++) {
		const status = statuses.at(index);
		if (status.name === name) {
			return status;
		}
	}
	return undefined;
}
