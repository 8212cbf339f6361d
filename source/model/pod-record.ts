/** From what the API says of a pod to the record that the fleet keeps: the same for every wire format. */
import type { ContainerSpecParts, ContainerStatusParts, PodParts } from './pod-parts.ts';
import { statusOf } from './pod-parts.ts';
import { containerResources, podResources } from './pod-resources.ts';
import { podStatus, terminationReason } from './pod-status.ts';
import type { ContainerKind, ContainerRecord, PodPhase, PodRecord } from './records.ts';
import { noResources } from './resource-amounts.ts';
import { ReusedList } from './reused-list.ts';

function newContainerRecord(): ContainerRecord {
	return {
		name: '',
		kind: 'app',
		image: '',
		state: '',
		ready: false,
		restarts: 0,
		startedAt: Number.NaN,
		lastTermination: '',
		lastTerminatedAt: Number.NaN,
		...noResources(),
	};
}

function newPodRecord(): PodRecord {
	return {
		uid: '',
		namespace: '',
		name: '',
		resourceVersion: '',
		createdAt: Number.NaN,
		node: '',
		phase: 'Unknown',
		status: '',
		readyContainers: 0,
		totalContainers: 0,
		restarts: 0,
		lastRestartAt: Number.NaN,
		owner: '',
		qosClass: '',
		ip: '',
		containers: [],
		...noResources(),
	};
}

function phaseOf(text: string): PodPhase {
	switch (text) {
		case 'Pending':
		case 'Running':
		case 'Succeeded':
		case 'Failed':
			return text;
		default:
			return 'Unknown';
	}
}

/** `Running`, or why not; a container of which nothing is reported waits (the API's default state). */
function containerState(status: ContainerStatusParts | undefined): string {
	if (status === undefined) {
		return 'Waiting';
	}
	if (status.running) {
		return 'Running';
	}
	if (status.terminated) {
		return terminationReason(status.terminatedReason, status.signal, status.exitCode);
	}
	return status.waitingReason === '' ? 'Waiting' : status.waitingReason;
}

function fillContainer(
	record: ContainerRecord,
	kind: ContainerKind,
	container: ContainerSpecParts,
	status: ContainerStatusParts | undefined,
	infeasible: boolean,
): void {
	record.name = container.name;
	record.kind = kind;
	record.image = container.image;
	record.state = containerState(status);
	record.ready = status?.ready ?? false;
	record.restarts = status?.restarts ?? 0;
	record.startedAt = status?.running ? status.startedAt : Number.NaN;
	record.lastTermination = status?.lastTerminated
		? terminationReason(status.lastReason, status.lastSignal, status.lastExitCode)
		: '';
	record.lastTerminatedAt = status?.lastTerminated ? status.lastFinishedAt : Number.NaN;
	containerResources(container, kind === 'app' || kind === 'sidecar' ? status : undefined, infeasible, record);
}

/**
 * Makes records of pods, one after the other in the same object. Containers come in the order of the spec: init
 * containers and sidecars, app containers, ephemeral containers.
 */
export class PodProjector {
	readonly #record = newPodRecord();
	readonly #containers = new ReusedList(newContainerRecord, () => {});

	/** The record of a pod, good until the next call. */
	project(pod: PodParts): PodRecord {
		const record = this.#record;
		record.uid = pod.uid;
		record.namespace = pod.namespace;
		record.name = pod.name;
		record.resourceVersion = pod.resourceVersion;
		record.createdAt = pod.createdAt;
		record.node = pod.node;
		record.phase = phaseOf(pod.phase);
		record.owner = pod.owner;
		record.qosClass = pod.qosClass;
		record.ip = pod.ip;
		podStatus(pod, record);
		this.#containers.clear();
		this.#addContainers(pod, pod.initContainers, pod.initStatuses, 'init');
		this.#addContainers(pod, pod.containers, pod.statuses, 'app');
		this.#addContainers(pod, pod.ephemeralContainers, pod.ephemeralStatuses, 'ephemeral');
		// Shortened to what it holds, never to nothing: then it would get new room for each pod.
		record.containers.length = this.#containers.length;
		podResources(pod, record.containers, record);
		return record;
	}

	#addContainers(
		pod: PodParts,
		containers: ReusedList<ContainerSpecParts>,
		statuses: ReusedList<ContainerStatusParts>,
		kind: ContainerKind,
	): void {
		const target = this.#record.containers;
		for (let index = 0; index < containers.length; index++) {
			const container = containers.at(index);
			const place = this.#containers.length;
			const record = this.#containers.add();
			const actualKind = kind === 'init' && container.restartsAlways ? 'sidecar' : kind;
			const status = statusOf(statuses, container.name);
			fillContainer(record, actualKind, container, status, pod.conditions.resizeInfeasible);
			target[place] = record;
		}
	}
}
