/** `v1.Pod` in JSON. */
import type { ContainerSpecParts, ContainerStatusParts, PodParts } from '../../model/pod-parts.ts';
import { addPodCondition } from '../../model/pod-parts.ts';
import type { Resources } from '../../model/records.ts';
import type { ReusedList } from '../../model/reused-list.ts';
import {
	flagField,
	has,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	quantityField,
	textField,
	timeField,
	wordField,
} from './fields.ts';
import { controllingOwner } from './metadata.ts';
import type { Shape } from './projection.ts';

const amounts: Shape = { cpu: true, memory: true };
const resources: Shape = { requests: amounts, limits: amounts };
const containers: Shape = { name: true, image: true, restartPolicy: true, resources };
const terminated: Shape = { reason: true, exitCode: true, signal: true, finishedAt: true };
const statuses: Shape = {
	name: true,
	ready: true,
	started: true,
	restartCount: true,
	state: { waiting: { reason: true }, running: { startedAt: true }, terminated },
	lastState: { terminated },
	resources,
	allocatedResources: amounts,
};

/** What {@link readPod} reads. */
export const podShape: Shape = {
	metadata: {
		name: true,
		namespace: true,
		uid: true,
		resourceVersion: true,
		creationTimestamp: true,
		deletionTimestamp: true,
		ownerReferences: { controller: true, kind: true, name: true },
	},
	spec: {
		nodeName: true,
		initContainers: containers,
		containers,
		ephemeralContainers: containers,
		resources,
		overhead: amounts,
	},
	status: {
		phase: true,
		reason: true,
		qosClass: true,
		podIP: true,
		podIPs: { ip: true },
		conditions: { type: true, status: true, reason: true },
		initContainerStatuses: statuses,
		containerStatuses: statuses,
		ephemeralContainerStatuses: statuses,
		resources,
		allocatedResources: amounts,
	},
};

/** Reads a pod into cleared parts. */
export function readPod(object: JsonObject, pod: PodParts): void {
	const metadata = objectField(object, 'metadata');
	pod.name = textField(metadata, 'name');
	pod.namespace = wordField(metadata, 'namespace');
	pod.uid = textField(metadata, 'uid');
	pod.resourceVersion = textField(metadata, 'resourceVersion');
	pod.createdAt = timeField(metadata, 'creationTimestamp');
	pod.deleted = !Number.isNaN(timeField(metadata, 'deletionTimestamp'));
	pod.owner = controllingOwner(metadata);
	readSpec(objectField(object, 'spec'), pod);
	readStatus(objectField(object, 'status'), pod);
}

function readSpec(spec: JsonObject, pod: PodParts): void {
	pod.node = wordField(spec, 'nodeName');
	readContainers(spec, 'initContainers', pod.initContainers);
	readContainers(spec, 'containers', pod.containers);
	readContainers(spec, 'ephemeralContainers', pod.ephemeralContainers);
	readResources(objectField(spec, 'resources'), pod.resources);
	const overhead = objectField(spec, 'overhead');
	pod.cpuOverhead = quantityField(overhead, 'cpu', 'cpu');
	pod.memoryOverhead = quantityField(overhead, 'memory', 'bytes');
}

function readContainers(spec: JsonObject, field: string, containers: ReusedList<ContainerSpecParts>): void {
	for (const object of objectsField(spec, field)) {
		const container = containers.add();
		container.name = wordField(object, 'name');
		container.image = wordField(object, 'image');
		container.restartsAlways = wordField(object, 'restartPolicy') === 'Always';
		readResources(objectField(object, 'resources'), container.resources);
	}
}

function readResources(object: JsonObject, resources: Resources): void {
	const requests = objectField(object, 'requests');
	const limits = objectField(object, 'limits');
	resources.cpuRequest = quantityField(requests, 'cpu', 'cpu');
	resources.cpuLimit = quantityField(limits, 'cpu', 'cpu');
	resources.memoryRequest = quantityField(requests, 'memory', 'bytes');
	resources.memoryLimit = quantityField(limits, 'memory', 'bytes');
}

function readStatus(status: JsonObject, pod: PodParts): void {
	pod.phase = wordField(status, 'phase');
	pod.reason = wordField(status, 'reason');
	pod.qosClass = wordField(status, 'qosClass');
	pod.ip = textField(status, 'podIP');
	for (const ip of objectsField(status, 'podIPs')) {
		pod.ip = textField(ip, 'ip') || pod.ip;
		break;
	}
	for (const condition of objectsField(status, 'conditions')) {
		addPodCondition(pod, wordField(condition, 'type'), wordField(condition, 'status'), wordField(condition, 'reason'));
	}
	readContainerStatuses(status, 'initContainerStatuses', pod.initStatuses);
	readContainerStatuses(status, 'containerStatuses', pod.statuses);
	readContainerStatuses(status, 'ephemeralContainerStatuses', pod.ephemeralStatuses);
	pod.reportsResources = has(status, 'resources');
	readResources(objectField(status, 'resources'), pod.statusResources);
	readAllocated(status, pod);
}

function readAllocated(object: JsonObject, into: { cpuAllocated: number; memoryAllocated: number }): void {
	const allocated = objectField(object, 'allocatedResources');
	into.cpuAllocated = quantityField(allocated, 'cpu', 'cpu');
	into.memoryAllocated = quantityField(allocated, 'memory', 'bytes');
}

function readContainerStatuses(podStatus: JsonObject, field: string, statuses: ReusedList<ContainerStatusParts>): void {
	for (const object of objectsField(podStatus, field)) {
		const status = statuses.add();
		status.name = wordField(object, 'name');
		status.ready = flagField(object, 'ready');
		status.started = flagField(object, 'started');
		status.restarts = numberField(object, 'restartCount', 0);
		readState(objectField(object, 'state'), status);
		const last = objectField(object, 'lastState');
		if (has(last, 'terminated')) {
			const terminated = objectField(last, 'terminated');
			status.lastTerminated = true;
			status.lastReason = wordField(terminated, 'reason');
			status.lastExitCode = numberField(terminated, 'exitCode', 0);
			status.lastSignal = numberField(terminated, 'signal', 0);
			status.lastFinishedAt = timeField(terminated, 'finishedAt');
		}
		status.reportsResources = has(object, 'resources');
		readResources(objectField(object, 'resources'), status.resources);
		readAllocated(object, status);
	}
}

function readState(state: JsonObject, status: ContainerStatusParts): void {
	if (has(state, 'waiting')) {
		status.waiting = true;
		status.waitingReason = wordField(objectField(state, 'waiting'), 'reason');
	}
	if (has(state, 'running')) {
		status.running = true;
		status.startedAt = timeField(objectField(state, 'running'), 'startedAt');
	}
	if (has(state, 'terminated')) {
		const terminated = objectField(state, 'terminated');
		status.terminated = true;
		status.terminatedReason = wordField(terminated, 'reason');
		status.exitCode = numberField(terminated, 'exitCode', 0);
		status.signal = numberField(terminated, 'signal', 0);
	}
}
