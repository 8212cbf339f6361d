/**
 * One pod of the API server as a subject of a ledger: its containers with the runtime's ids, which join what the
 * sources of its node say, and its requests and limits as readings.
 */
import { asked } from '../messages/en/kubelet.ts';
import { damage } from '../messages/en/sources.ts';
import { clearPodParts, newPodParts, type PodParts } from '../model/pod-parts.ts';
import { PodProjector } from '../model/pod-record.ts';
import type { Reading, ReadingQuantity } from '../model/reading.ts';
import type { ContainerKind, ContainerRecord, PodRecord, Resources } from '../model/records.ts';
import type { ContainerSubject, PodSubject } from '../model/subject.ts';
import { WireError } from './answer.ts';
import { type JsonObject, objectField, objectsField, textField, wordField } from './json/fields.ts';
import { momentField } from './json/moment.ts';
import { readPod } from './json/pod.ts';
import { readJson } from './kubelet-answer.ts';
import { ReadingList } from './subject-readings.ts';

export interface PodObjectContainer {
	/** With the id of the container that runs or ran last, '' while there was none. */
	subject: ContainerSubject;
	kind: ContainerKind;
	/** As kubectl describes it: `Running`, `CrashLoopBackOff` … */
	state: string;
	restarts: number;
	/** When the running state began, whole seconds; NaN if it does not run. */
	startedAt: number;
	/** Requests and limits. */
	readings: readonly Reading[];
}

export interface PodObject {
	subject: PodSubject;
	/** '' while it is not scheduled. */
	node: string;
	qosClass: string;
	/** The STATUS column of kubectl. */
	status: string;
	/** `containerd`, `docker`, `cri-o`; '' while no container was made. */
	runtime: string;
	/** Requests and limits of the pod as a whole, as the scheduler counts them. */
	readings: readonly Reading[];
	/** In the order of the spec: init containers and sidecars, containers, ephemeral containers. */
	containers: readonly PodObjectContainer[];
}

/**
 * @param receivedAt when the answer came, by the server's clock
 * @throws Error with a sentence, if the answer is no pod or is damaged
 */
export function decodePodObject(body: Buffer, contentType: string, receivedAt: number): PodObject {
	return readJson(asked.pod, body, contentType, (value) => {
		const object = objectField({ answer: value }, 'answer');
		if (wordField(object, 'kind') !== 'Pod') {
			throw new WireError(damage.kind(wordField(object, 'kind')));
		}
		const parts = newPodParts();
		clearPodParts(parts);
		readPod(object, parts);
		if (parts.name === '') {
			throw new WireError(damage.nameless);
		}
		const record = new PodProjector().project(parts);
		const ids = containerIds(objectField(object, 'status'));
		return podOf({ ...record, uid: kubeletUid(object) || record.uid }, parts, ids, receivedAt);
	});
}

/** Of a pod from a file the kubelet knows its hash alone; the object in the API is a mirror with a uid of its own. */
function kubeletUid(pod: JsonObject): string {
	return textField(objectField(objectField(pod, 'metadata'), 'annotations'), 'kubernetes.io/config.mirror');
}

interface ContainerIdentity {
	runtime: string;
	id: string;
	startedAt: number;
}

/** By name. Names are unique over all three lists. */
function containerIds(status: JsonObject): Map<string, ContainerIdentity> {
	const found = new Map<string, ContainerIdentity>();
	for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']) {
		for (const container of objectsField(status, list)) {
			const [, runtime = '', id = ''] = /^([^:]+):\/\/(.+)$/.exec(textField(container, 'containerID')) ?? [];
			const startedAt = momentField(objectField(objectField(container, 'state'), 'running'), 'startedAt');
			found.set(wordField(container, 'name'), { runtime, id, startedAt });
		}
	}
	return found;
}

function podOf(record: PodRecord, parts: PodParts, ids: ReadonlyMap<string, ContainerIdentity>, at: number): PodObject {
	const { namespace, name, uid, node, qosClass, status } = record;
	const subject: PodSubject = { kind: 'pod', namespace, name, uid };
	return {
		subject,
		node,
		qosClass,
		status,
		runtime: [...ids.values()].find(({ runtime }) => runtime !== '')?.runtime ?? '',
		readings: allotments(new ReadingList(subject, 'pod-spec'), record, pathOfPod(parts.resources), at),
		containers: record.containers.map((container) =>
			containerOf(container, subject, ids.get(container.name), pathOfContainer(container, parts), at),
		),
	};
}

function containerOf(
	record: ContainerRecord,
	pod: PodSubject,
	identity: ContainerIdentity | undefined,
	path: PathOf,
	at: number,
): PodObjectContainer {
	const { name, kind, state, restarts } = record;
	const { namespace, name: podName } = pod;
	const subject: ContainerSubject = {
		kind: 'container',
		namespace,
		pod: podName,
		container: name,
		id: identity?.id ?? '',
	};
	return {
		subject,
		kind,
		state,
		restarts,
		startedAt: identity?.startedAt ?? Number.NaN,
		readings: allotments(new ReadingList(subject, 'pod-spec'), record, path, at),
	};
}

/** Where a number stands, for each of the four. */
type PathOf = (field: keyof Resources, value: number) => string;

/** The pod's own resources stand for all containers; without them the containers are added up. */
function pathOfPod(own: Resources): PathOf {
	return (field, value) => (own[field] === value ? 'spec' : 'Σ spec.containers[*]');
}

/** While a container is resized in place, what counts may be what it still has, and not what the spec wants. */
function pathOfContainer({ name, kind }: ContainerRecord, parts: PodParts): PathOf {
	const list =
		kind === 'app' ? 'containers' : kind === 'ephemeral' ? 'ephemeralContainers' : ('initContainers' as const);
	const specs = parts[list];
	let spec: Resources | undefined;
	for (let index = 0; index < specs.length; index++) {
		const candidate = specs.at(index);
		spec = candidate.name === name ? candidate.resources : spec;
	}
	const statuses = list === 'initContainers' ? 'initContainerStatuses' : 'containerStatuses';
	return (field, value) => (spec?.[field] === value ? `spec.${list}[${name}]` : `status.${statuses}[${name}]`);
}

const allotmentFields: ReadonlyArray<readonly [field: keyof Resources, quantity: ReadingQuantity, path: string]> = [
	['cpuRequest', 'cpuRequest', 'requests.cpu'],
	['cpuLimit', 'cpuLimit', 'limits.cpu'],
	['memoryRequest', 'memoryRequest', 'requests.memory'],
	['memoryLimit', 'memoryLimit', 'limits.memory'],
];

function allotments(list: ReadingList, resources: Resources, pathOf: PathOf, at: number): readonly Reading[] {
	for (const [field, quantity, name] of allotmentFields) {
		const value = resources[field];
		list.add(quantity, value, `${pathOf(field, value)}.resources.${name}`, at);
	}
	return list.readings;
}
