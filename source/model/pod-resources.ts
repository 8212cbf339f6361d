/**
 * What a pod requests and is limited to as Kubernetes counts it: `PodRequests` and `PodLimits` of
 * k8s.io/component-helpers/resource (helpers.go, read at 0.36.3), for CPU and memory.
 *
 * Resize in place: the scheduler (pkg/scheduler/framework/types.go) and `kubectl describe node` count, for each
 * container whose status reports resources, the greatest of what the spec wants, what the kubelet has allocated and
 * what the runtime has applied, and leave the spec out while the resize is infeasible. The scheduler since 1.36 does
 * the same with the resources of the pod as a whole; kubectl 1.36 does not. We count as the scheduler.
 *
 * One thing is stricter than `PodLimits`, which adds up the limits that there are: a limit is NaN here unless it
 * bounds the whole pod, because a percentage of a limit that does not bind would mislead.
 */
import type { ContainerSpecParts, ContainerStatusParts, PodParts } from './pod-parts.ts';
import type { ContainerRecord, Resources } from './records.ts';
import { greater, sum } from './resource-amounts.ts';

/** The kubelet sets no limit in the cgroup where the spec says 0 (kuberuntime, cm/helpers_linux.go). */
function binding(limit: number): number {
	return limit === 0 ? Number.NaN : limit;
}

/** `determineEffectiveRequests`. */
function effectiveRequest(spec: number, actuated: number, allocated: number, infeasible: boolean): number {
	const inPlace = greater(actuated, allocated);
	return infeasible ? inPlace : greater(spec, inPlace);
}

/** `determineEffectiveLimits`. */
function effectiveLimit(spec: number, actuated: number, infeasible: boolean): number {
	return infeasible ? actuated : greater(spec, actuated);
}

/**
 * Fills `into` with what one container requests and is limited to. Only containers that can be resized in place, app
 * containers and sidecars, are counted with their status: pass undefined for the others.
 */
export function containerResources(
	container: ContainerSpecParts,
	status: ContainerStatusParts | undefined,
	infeasible: boolean,
	into: Resources,
): void {
	const spec = container.resources;
	if (status === undefined || !status.reportsResources) {
		into.cpuRequest = spec.cpuRequest;
		into.memoryRequest = spec.memoryRequest;
		into.cpuLimit = binding(spec.cpuLimit);
		into.memoryLimit = binding(spec.memoryLimit);
		return;
	}
	const actuated = status.resources;
	into.cpuRequest = effectiveRequest(spec.cpuRequest, actuated.cpuRequest, status.cpuAllocated, infeasible);
	into.memoryRequest = effectiveRequest(spec.memoryRequest, actuated.memoryRequest, status.memoryAllocated, infeasible);
	into.cpuLimit = binding(effectiveLimit(spec.cpuLimit, actuated.cpuLimit, infeasible));
	into.memoryLimit = binding(effectiveLimit(spec.memoryLimit, actuated.memoryLimit, infeasible));
}

/**
 * App containers and sidecars added up, or what the init containers need at their peak, if that is more: an init
 * container runs beside the sidecars that were started before it (KEP-753).
 */
function aggregate(containers: readonly ContainerRecord[], field: keyof Resources): number {
	let total = Number.NaN;
	let sidecars = Number.NaN;
	let peak = Number.NaN;
	for (const container of containers) {
		const value = container[field];
		switch (container.kind) {
			case 'app':
				total = sum(total, value);
				break;
			case 'sidecar':
				total = sum(total, value);
				sidecars = sum(sidecars, value);
				peak = greater(peak, sidecars);
				break;
			case 'init':
				peak = greater(peak, sum(value, sidecars));
				break;
			default:
			// Ephemeral containers may not ask for resources.
		}
	}
	return greater(total, peak);
}

/** Whether a container that runs, or will, has no limit. An init container that has ended uses nothing any more. */
function lacksLimit(
	containers: readonly ContainerRecord[],
	field: 'cpuLimit' | 'memoryLimit',
	initialized: boolean,
): boolean {
	for (const container of containers) {
		const counts =
			container.kind === 'app' || container.kind === 'sidecar' || (container.kind === 'init' && !initialized);
		if (counts && Number.isNaN(container[field])) {
			return true;
		}
	}
	return false;
}

function podLimit(
	pod: PodParts,
	containers: readonly ContainerRecord[],
	field: 'cpuLimit' | 'memoryLimit',
	overhead: number,
): number {
	let limit = pod.resources[field];
	if (Number.isNaN(limit)) {
		limit = lacksLimit(containers, field, pod.conditions.initialized) ? Number.NaN : aggregate(containers, field);
	} else if (pod.reportsResources) {
		limit = effectiveLimit(limit, pod.statusResources[field], pod.conditions.resizeInfeasible);
	}
	limit = binding(limit);
	return Number.isNaN(limit) ? limit : sum(limit, overhead);
}

function podRequest(
	pod: PodParts,
	containers: readonly ContainerRecord[],
	field: 'cpuRequest' | 'memoryRequest',
	allocated: number,
	overhead: number,
): number {
	let request = pod.resources[field];
	if (Number.isNaN(request)) {
		request = aggregate(containers, field);
	} else if (pod.reportsResources) {
		request = effectiveRequest(request, pod.statusResources[field], allocated, pod.conditions.resizeInfeasible);
	}
	return sum(request, overhead);
}

/**
 * Fills `into` with the pod's own requests and limits. `containers` are all of them, init containers and sidecars in
 * the order of the spec, with what {@link containerResources} found.
 */
export function podResources(pod: PodParts, containers: readonly ContainerRecord[], into: Resources): void {
	into.cpuRequest = podRequest(pod, containers, 'cpuRequest', pod.cpuAllocated, pod.cpuOverhead);
	into.memoryRequest = podRequest(pod, containers, 'memoryRequest', pod.memoryAllocated, pod.memoryOverhead);
	into.cpuLimit = podLimit(pod, containers, 'cpuLimit', pod.cpuOverhead);
	into.memoryLimit = podLimit(pod, containers, 'memoryLimit', pod.memoryOverhead);
}
