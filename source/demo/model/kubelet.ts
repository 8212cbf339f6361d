/**
 * What kubelets measure: each container and each node at instants of its own, from the simulated pages and processor
 * time. The API server's clock has nothing to do with it.
 */

import type { ContainerLife } from './container-life.ts';
import type { PodLife } from './life.ts';
import {
	addPages,
	chargedPages,
	heldTo,
	type MemoryPages,
	type MemoryProfile,
	memoryPages,
	noPages,
	pageSize,
} from './memory.ts';
import { bootTime, type NodeModel } from './node.ts';
import { type ProcessorProfile, processorTime, steadyProcessorTime } from './processor.ts';
import { between, unit } from './random.ts';
import type { SystemGroup } from './system-groups.ts';
import type { World } from './world.ts';

/** One reading of one cgroup's processor time. */
export interface Reading {
	/** ms since 1970. */
	at: number;
	/** Since the start, microseconds. */
	processor: number;
}

/** Instants at which something is read: about every `period`, irregular by less than a third of it. ms. */
export function lastReading(key: number, first: number, period: number, time: number): number {
	const count = Math.floor((time - first) / period);
	if (count < 0) return Number.NaN;
	const reading = (index: number): number =>
		Math.floor(first + index * period + (index > 0 ? unit(key, index & 0x7fffffff) * period * 0.3 : 0));
	const newest = reading(count);
	return newest <= time ? newest : reading(count - 1);
}

/** When a container's cgroup was read last; NaN if it was not yet. All times in ms. */
export function containerReadAt(key: number, startedAt: number, time: number): number {
	return lastReading(key, startedAt + 900, between(key, 61, 10_000, 14_500), time);
}

/** When a machine's root cgroup was read last. */
export function rootReadAt(node: NodeModel, time: number): number {
	const first = Math.floor(unit(node.key, 60) * 10_000);
	return lastReading(node.key, first, between(node.key, 61, 10_500, 14_800), time);
}

function processor(world: World, profile: ProcessorProfile, key: number, startedAt: number, at: number): number {
	return Number.isNaN(world.still)
		? processorTime(profile, key, startedAt / 1000, at / 1000)
		: steadyProcessorTime(profile, key, startedAt / 1000, at / 1000, world.still / 1000);
}

/** Whose pages are found when one looks: in a world that stands still nothing has moved before that instant. */
export function lookedAt(world: World, at: number): number {
	return Number.isNaN(world.still) ? at : world.still;
}

function pages(world: World, profile: MemoryProfile, key: number, startedAt: number, at: number): MemoryPages {
	return memoryPages(profile, key, startedAt / 1000, lookedAt(world, at) / 1000);
}

const mebibyte = 2 ** 20;

/** The pages of a running container. */
export function containerMemory(
	world: World,
	life: ContainerLife,
	node: NodeModel,
	startedAt: number,
	at: number,
): MemoryPages {
	const all = pages(world, life.template.memory, life.key, startedAt, at);
	const limit = life.template.limits?.memory;
	return limit === undefined ? all : heldTo(limit * mebibyte, all, node.cgroupVersion);
}

export function containerProcessor(world: World, life: ContainerLife, startedAt: number, at: number): number {
	return processor(world, life.template.cpu, life.key, startedAt, at);
}

/** The same of what runs on the machine besides pods, since it was booted. */
export function groupMemory(world: World, group: SystemGroup, node: NodeModel, at: number): MemoryPages {
	const all = pages(world, group.memory, group.key, bootTime(node, world.origin), at);
	const limit = group.container?.template.limits?.memory;
	return limit === undefined ? all : heldTo(limit * mebibyte, all, node.cgroupVersion);
}

export function groupProcessor(world: World, group: SystemGroup, node: NodeModel, at: number): number {
	return processor(world, group.cpu, group.key, bootTime(node, world.origin), at);
}

/**
 * The newest reading of a container's cgroup that the kubelet has.
 * @param startedAt when its current run began, ms since 1970
 */
export function containerReading(
	world: World,
	life: ContainerLife,
	startedAt: number,
	time: number,
): Reading | undefined {
	const at = containerReadAt(life.key, startedAt, time);
	return Number.isNaN(at) ? undefined : { at, processor: containerProcessor(world, life, startedAt, at) };
}

/** The working set of a running container in bytes: all that is charged except what lies on the inactive file list. */
export function containerWorkingSet(
	world: World,
	life: ContainerLife,
	node: NodeModel,
	startedAt: number,
	at: number,
): number {
	const all = containerMemory(world, life, node, startedAt, at);
	return (chargedPages(all, node.cgroupVersion) - all.inactiveFile) * pageSize;
}

/** The container that holds a pod's namespaces open: it does nothing, in some two hundred KiB. */
export const pausePages: Readonly<MemoryPages> = {
	...noPages(),
	activeAnonymous: 9,
	mappedAnonymous: 9,
	activeFile: 2,
	mappedFile: 2,
	kernelStack: 4,
	pageTables: 11,
	perProcessor: 8,
	slabReclaimable: 5,
	slabUnreclaimable: 8,
	processes: [
		{ name: 'pause', threads: 1, privateAnonymous: 9, inheritedAnonymous: 0, mappedFile: 2, mappedShared: 0 },
	],
};
/** All that it ever takes is for its start, microseconds. */
export const pauseProcessor = 23_000;

/** What is charged to the cgroup of a pod itself: what the kernel keeps for the cgroup and those below. */
export const podPages: Readonly<MemoryPages> = { ...noPages(), perProcessor: 9, slabUnreclaimable: 5 };

/** A pod's sandbox is there before its first container and until its last has ended. */
export function hasSandbox(pod: PodLife): boolean {
	return pod.slot.node !== undefined && pod.containers.some((life) => life.state.kind === 'running' || life.run >= 0);
}

/** A pod that is through leaves no cgroup. */
export function hasCgroup(pod: PodLife): boolean {
	return hasSandbox(pod) && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}

/**
 * The newest reading of a node's root cgroup.
 * @param pods the pods on it
 */
export function nodeReading(world: World, node: NodeModel, time: number, pods: readonly PodLife[]): Reading {
	const at = rootReadAt(node, time);
	let used = 0;
	for (const group of node.system) used += groupProcessor(world, group, node, at);
	for (const pod of pods) {
		if (hasCgroup(pod)) used += pauseProcessor;
		for (const life of pod.containers) {
			if (life.state.kind !== 'running' || life.state.startedAt > at) continue;
			used += containerProcessor(world, life, life.state.startedAt, at);
		}
	}
	return { at, processor: used };
}

/** All pages of a machine that are charged to anybody. */
export function machinePages(world: World, node: NodeModel, at: number, pods: readonly PodLife[]): MemoryPages {
	const sum = noPages();
	for (const group of node.system) addPages(sum, groupMemory(world, group, node, at));
	for (const pod of pods) {
		if (hasCgroup(pod)) {
			addPages(sum, pausePages);
			addPages(sum, podPages);
		}
		for (const life of pod.containers) {
			if (life.state.kind !== 'running' || life.state.startedAt > lookedAt(world, at)) continue;
			addPages(sum, containerMemory(world, life, node, life.state.startedAt, at));
		}
	}
	return sum;
}

/**
 * What the kernel calls the usage of a root cgroup, in pages: nothing is charged to a root, so it is what processes map
 * anonymously and the page cache, shared memory in it. On cgroup v2 the kubelet has done the same sum since 1.29.
 */
export function rootPages(all: MemoryPages): number {
	return all.mappedAnonymous + all.shared + all.activeFile + all.inactiveFile;
}

function withoutInactive(pages: MemoryPages): number {
	return rootPages(pages) - pages.inactiveFile;
}

/** The working set of a node's root cgroup in bytes. */
export function nodeWorkingSet(world: World, node: NodeModel, at: number, pods: readonly PodLife[]): number {
	// The same as of all pages at once; there may be 150,000 pods, and this is asked for all of them every 15 s.
	let count = 0;
	for (const group of node.system) count += withoutInactive(groupMemory(world, group, node, at));
	for (const pod of pods) {
		if (hasCgroup(pod)) count += withoutInactive(pausePages) + withoutInactive(podPages);
		for (const life of pod.containers) {
			if (life.state.kind !== 'running' || life.state.startedAt > lookedAt(world, at)) continue;
			count += withoutInactive(containerMemory(world, life, node, life.state.startedAt, at));
		}
	}
	return count * pageSize;
}
