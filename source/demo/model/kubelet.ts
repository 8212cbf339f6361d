/**
 * What kubelets measure: each container and each node at instants of its own, from the simulated pages and processor
 * time. The API server's clock has nothing to do with it.
 */

import type { ContainerLife } from './container-life.ts';
import type { PodLife } from './life.ts';
import { chargedPages, kernelPages, type MemoryPages, memoryPages, pageSize } from './memory.ts';
import type { NodeModel } from './node.ts';
import { processorTime } from './processor.ts';
import { between, unit } from './random.ts';

/** One reading of one cgroup's processor time. */
export interface Reading {
	/** ms since 1970. */
	at: number;
	/** Since the start, microseconds. */
	processor: number;
}

/** Everything that is charged except what lies on the inactive file list, in bytes. */
function withoutInactiveFile(pages: MemoryPages, node: NodeModel): number {
	return (chargedPages(pages, node.cgroupVersion) - pages.inactiveFile) * pageSize;
}

/** Instants at which something is read: about every `period`, irregular by less than a third of it. ms. */
function lastReading(key: number, first: number, period: number, time: number): number {
	const count = Math.floor((time - first) / period);
	if (count < 0) return Number.NaN;
	const reading = (index: number): number =>
		Math.floor(first + index * period + (index > 0 ? unit(key, index & 0x7fffffff) * period * 0.3 : 0));
	const newest = reading(count);
	return newest <= time ? newest : reading(count - 1);
}

/** The pages of a running container. */
export function containerMemory(life: ContainerLife, startedAt: number, time: number): MemoryPages {
	return memoryPages(life.template.memory, life.key, startedAt / 1000, time / 1000);
}

/**
 * The newest reading of a container's cgroup that the kubelet has.
 * @param startedAt when its current run began, ms since 1970
 */
export function containerReading(life: ContainerLife, startedAt: number, time: number): Reading | undefined {
	const at = lastReading(life.key, startedAt + 900, between(life.key, 61, 10_000, 14_500), time);
	if (Number.isNaN(at)) return undefined;
	return { at, processor: processorTime(life.template.cpu, life.key, startedAt / 1000, at / 1000) };
}

/** The working set of a running container in bytes. */
export function containerWorkingSet(life: ContainerLife, node: NodeModel, startedAt: number, at: number): number {
	return withoutInactiveFile(containerMemory(life, startedAt, at), node);
}

/** The pause container, in pages. */
const pausePages = 47;

/**
 * The newest reading of a node's root cgroup.
 * @param pods the pods on it
 */
export function nodeReading(node: NodeModel, bootedAt: number, time: number, pods: readonly PodLife[]): Reading {
	const first = Math.floor(unit(node.key, 60) * 10_000);
	const at = lastReading(node.key, first, between(node.key, 61, 10_500, 14_800), time);
	let processor = processorTime(node.system.cpu, node.key, bootedAt / 1000, at / 1000);
	for (const pod of pods) {
		for (const { state, template, key } of pod.containers) {
			if (state.kind !== 'running' || state.startedAt > at) continue;
			processor += processorTime(template.cpu, key, state.startedAt / 1000, at / 1000);
		}
	}
	return { at, processor };
}

/**
 * The working set of a node's root cgroup in bytes. The root is charged nothing itself: its memory is that of all
 * lists together, kernel memory left out, on cgroup v1 and on v2 since Kubernetes 1.29.
 */
export function nodeWorkingSet(node: NodeModel, bootedAt: number, at: number, pods: readonly PodLife[]): number {
	let pages = listedPages(memoryPages(node.system.memory, node.key, bootedAt / 1000, at / 1000));
	for (const pod of pods) {
		pages += pausePages;
		for (const life of pod.containers) {
			if (life.state.kind !== 'running' || life.state.startedAt > at) continue;
			pages += listedPages(containerMemory(life, life.state.startedAt, at));
		}
	}
	return pages * pageSize;
}

function listedPages(pages: MemoryPages): number {
	return chargedPages(pages, 1) - kernelPages(pages) - pages.inactiveFile;
}
