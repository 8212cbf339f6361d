/**
 * STATUS, READY and RESTARTS of `kubectl get pods`, which the API server computes: `printPod` in
 * kubernetes/pkg/printers/internalversion/printers.go, read at 1.36.3.
 */
import type { ContainerStatusParts, PodParts } from './pod-parts.ts';

export interface PodStatus {
	status: string;
	readyContainers: number;
	totalContainers: number;
	restarts: number;
	/** When the newest of the counted restarts' terminations ended; NaN if kubectl would print no time. */
	lastRestartAt: number;
}

/** What a terminated container is called: its reason, else its signal, else its exit code. */
export function terminationReason(reason: string, signal: number, exitCode: number): string {
	if (reason !== '') {
		return reason;
	}
	return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

function later(time: number, other: number): number {
	return Number.isNaN(time) || other > time ? other : time;
}

function isSidecar(pod: PodParts, name: string): boolean {
	// The last one of a name counts, as in a map filled in order.
	for (let index = pod.initContainers.length - 1; index >= 0; index--) {
		const container = pod.initContainers.at(index);
		if (container.name === name) {
			return container.restartsAlways;
		}
	}
	return false;
}

/** Why an init container holds the pod up, '' if it does not. */
function initReason(status: ContainerStatusParts, index: number, initContainers: number): string {
	if (status.terminated) {
		return `Init:${terminationReason(status.terminatedReason, status.signal, status.exitCode)}`;
	}
	if (status.waiting && status.waitingReason !== '' && status.waitingReason !== 'PodInitializing') {
		return `Init:${status.waitingReason}`;
	}
	return `Init:${index}/${initContainers}`;
}

/** Fills `into` with what kubectl would print for the pod. */
export function podStatus(pod: PodParts, into: PodStatus): void {
	let restarts = 0;
	let lastRestartAt = Number.NaN;
	let sidecarRestarts = 0;
	let lastSidecarRestartAt = Number.NaN;
	let readyContainers = 0;
	let totalContainers = pod.containers.length;
	for (let index = 0; index < pod.initContainers.length; index++) {
		totalContainers += pod.initContainers.at(index).restartsAlways ? 1 : 0;
	}
	let reason = pod.conditions.schedulingGated ? 'SchedulingGated' : pod.reason || pod.phase;

	let initializing = false;
	for (let index = 0; index < pod.initStatuses.length; index++) {
		const status = pod.initStatuses.at(index);
		const sidecar = isSidecar(pod, status.name);
		restarts += status.restarts;
		lastRestartAt = later(lastRestartAt, status.lastFinishedAt);
		if (sidecar) {
			sidecarRestarts += status.restarts;
			lastSidecarRestartAt = later(lastSidecarRestartAt, status.lastFinishedAt);
		}
		if (status.terminated && status.exitCode === 0) {
			continue;
		}
		if (sidecar && status.started) {
			readyContainers += status.ready ? 1 : 0;
			continue;
		}
		reason = initReason(status, index, pod.initContainers.length);
		initializing = true;
		break;
	}

	if (!initializing || pod.conditions.initialized) {
		restarts = sidecarRestarts;
		lastRestartAt = lastSidecarRestartAt;
		let hasRunning = false;
		let errorReason = '';
		for (let index = pod.statuses.length - 1; index >= 0; index--) {
			const status = pod.statuses.at(index);
			restarts += status.restarts;
			lastRestartAt = later(lastRestartAt, status.lastFinishedAt);
			if (status.waiting && status.waitingReason !== '') {
				reason = status.waitingReason;
			} else if (status.terminated) {
				reason = terminationReason(status.terminatedReason, status.signal, status.exitCode);
				if (status.exitCode !== 0) {
					errorReason = reason;
				}
			} else if (status.ready && status.running) {
				hasRunning = true;
				readyContainers++;
			}
		}
		if (reason === 'Completed') {
			if (hasRunning && pod.conditions.ready) {
				reason = 'Running';
			} else if (errorReason !== '') {
				reason = errorReason;
			} else if (hasRunning) {
				reason = 'NotReady';
			}
		}
	}

	if (pod.deleted && pod.reason === 'NodeLost') {
		reason = 'Unknown';
	} else if (pod.deleted && pod.phase !== 'Succeeded' && pod.phase !== 'Failed') {
		reason = 'Terminating';
	}

	into.status = reason;
	into.readyContainers = readyContainers;
	into.totalContainers = totalContainers;
	into.restarts = restarts;
	into.lastRestartAt = restarts === 0 ? Number.NaN : lastRestartAt;
}
