/** `v1.PodStatus` by the field numbers of k8s.io/api/core/v1/generated.proto. */
import type { ContainerStatusParts, PodParts } from '../../model/pod-parts.ts';
import { addPodCondition, podConditionsOfInterest } from '../../model/pod-parts.ts';
import { holds, readTime } from './metadata.ts';
import type { ProtobufReader } from './reader.ts';
import { readAllocated, readResources } from './resources.ts';

/** `PodStatus`, from the current field. */
export function readPodStatus(reader: ProtobufReader, pod: PodParts): void {
	let firstOfIps = '';
	let ips = 0;
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				pod.phase = reader.word();
				break;
			case 2:
				readCondition(reader, pod);
				break;
			case 4:
				pod.reason = reader.word();
				break;
			case 6:
				pod.ip = reader.text();
				break;
			case 8:
				readContainerStatus(reader, pod.statuses.add());
				break;
			case 9:
				pod.qosClass = reader.word();
				break;
			case 10:
				readContainerStatus(reader, pod.initStatuses.add());
				break;
			case 12: {
				if (ips === 0) {
					firstOfIps = readPodIp(reader, pod.ip);
				} else {
					reader.skip();
				}
				ips++;
				break;
			}
			case 13:
				readContainerStatus(reader, pod.ephemeralStatuses.add());
				break;
			case 19:
				readAllocated(reader, pod);
				break;
			case 20:
				pod.reportsResources = true;
				readResources(reader, pod.statusResources);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
	pod.ip = firstOfIps || pod.ip;
}

/** @param likely `podIP`, which the first of `podIPs` repeats */
function readPodIp(reader: ProtobufReader, likely: string): string {
	let ip = '';
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			ip = reader.textLike(likely);
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return ip;
}

const trueBytes = Buffer.from('True');
const conditionTypes = podConditionsOfInterest.map((type) => ({ type, bytes: Buffer.from(type) }));

/** The type of a condition, '' if it is none of interest. */
function readConditionType(reader: ProtobufReader): string {
	const start = reader.stretch();
	for (const { bytes, type } of conditionTypes) {
		if (holds(reader.bytes, start, reader.position, bytes)) {
			return type;
		}
	}
	return '';
}

/** Of most conditions nothing is needed: they are left as soon as their type is known, which comes first. */
function readCondition(reader: ProtobufReader, pod: PodParts): void {
	let type = '';
	let status = '';
	let reason = '';
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				type = readConditionType(reader);
				if (type === '') {
					reader.leave(outer);
					return;
				}
				break;
			case 2: {
				const start = reader.stretch();
				status = holds(reader.bytes, start, reader.position, trueBytes) ? 'True' : 'False';
				break;
			}
			case 5:
				reason = reader.word();
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
	addPodCondition(pod, type, status, reason);
}

function readContainerStatus(reader: ProtobufReader, status: ContainerStatusParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				status.name = reader.word();
				break;
			case 2:
				readState(reader, status);
				break;
			case 3:
				readLastState(reader, status);
				break;
			case 4:
				status.ready = reader.flag();
				break;
			case 5:
				status.restarts = reader.integer();
				break;
			case 9:
				status.started = reader.flag();
				break;
			case 10:
				readAllocated(reader, status);
				break;
			case 11:
				status.reportsResources = true;
				readResources(reader, status.resources);
				if (status.name !== '') {
					// Fields come in their order, and of those behind nothing is needed.
					reader.leave(outer);
					return;
				}
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `ContainerState`: one of waiting, running, terminated. */
function readState(reader: ProtobufReader, status: ContainerStatusParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				status.waiting = true;
				status.waitingReason = readWaitingReason(reader);
				break;
			case 2:
				status.running = true;
				status.startedAt = readStartedAt(reader);
				break;
			case 3:
				status.terminated = true;
				readTerminated(reader);
				status.terminatedReason = terminated.reason;
				status.exitCode = terminated.exitCode;
				status.signal = terminated.signal;
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}

/** `ContainerState`, of which only `terminated` matters. */
function readLastState(reader: ProtobufReader, status: ContainerStatusParts): void {
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 3) {
			status.lastTerminated = true;
			readTerminated(reader);
			status.lastReason = terminated.reason;
			status.lastExitCode = terminated.exitCode;
			status.lastSignal = terminated.signal;
			status.lastFinishedAt = terminated.finishedAt;
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
}

function readWaitingReason(reader: ProtobufReader): string {
	let reason = '';
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			reason = reader.word();
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return reason;
}

function readStartedAt(reader: ProtobufReader): number {
	let startedAt = Number.NaN;
	const outer = reader.enter();
	while (reader.next()) {
		if (reader.field === 1) {
			startedAt = readTime(reader);
		} else {
			reader.skip();
		}
	}
	reader.leave(outer);
	return startedAt;
}

/** What {@link readTerminated} found, good until the next call. */
const terminated = { reason: '', exitCode: 0, signal: 0, finishedAt: Number.NaN };

function readTerminated(reader: ProtobufReader): void {
	terminated.reason = '';
	terminated.exitCode = 0;
	terminated.signal = 0;
	terminated.finishedAt = Number.NaN;
	const outer = reader.enter();
	while (reader.next()) {
		switch (reader.field) {
			case 1:
				terminated.exitCode = reader.integer();
				break;
			case 2:
				terminated.signal = reader.integer();
				break;
			case 3:
				terminated.reason = reader.word();
				break;
			case 6:
				terminated.finishedAt = readTime(reader);
				break;
			default:
				reader.skip();
		}
	}
	reader.leave(outer);
}
