/**
 * What metrics-server makes of the kubelets' readings: it scrapes all nodes every 15 s and answers with the difference
 * of the last two scrapes. Its rules for leaving things out are those of version 0.9 (pkg/storage/pod.go and node.go).
 */

import type { ContainerLife } from './container-life.ts';
import type { KnownLives } from './known-lives.ts';
import { containerReading, containerWorkingSet, nodeReading, nodeWorkingSet, type Reading } from './kubelet.ts';
import type { PodLife } from './life.ts';
import { type NodeModel, readyTime } from './node.ts';
import { unit } from './random.ts';
import type { Slot, World } from './world.ts';

/** Between two scrapes, ms. */
const resolution = 15_000;
/** A cycle's answers are there this long after its scrapes began, ms. */
const collection = 600;

export interface Usage {
	/** Nanocores, cut off to whole ones. */
	cpu: number;
	/** Bytes. */
	memory: number;
	/** End and length of the interval, ms. */
	timestamp: number;
	window: number;
}

export interface ContainerUsage extends Usage {
	name: string;
}

export interface PodUsage {
	pod: PodLife;
	/** Those of the container whose reading is the oldest. */
	timestamp: number;
	window: number;
	containers: readonly ContainerUsage[];
}

export interface NodeUsage extends Usage {
	node: NodeModel;
}

/** What faults do to the samples. */
export interface SampleFilter {
	/** The kubelet of this node cannot be scraped, or has not been scraped twice again. @param cycle number of the newest scrape */
	node?(node: NodeModel, cycle: number): boolean;
	/** This container reads 0 bytes: the whole pod is left out. */
	zero?(pod: PodLife, container: ContainerLife): boolean;
	/** This container's counter went backwards: it alone is left out. */
	skip?(pod: PodLife, container: ContainerLife): boolean;
	/** This pod has not been scraped twice yet. */
	young?(pod: PodLife): boolean;
	/** This node reads 0: it is left out, and its pods are not. */
	alone?(node: NodeModel): boolean;
	/** By how much this node's clock is ahead of everybody else's, ms. */
	ahead?(node: NodeModel): number;
}

/** The newest cycle whose answers are there at `time`; cycles are numbered. */
export function cycleAt(time: number): number {
	return Math.floor((time - collection) / resolution);
}

/** When the first scrape of a cycle begins, ms since 1970. */
export function cycleStart(cycle: number): number {
	return cycle * resolution;
}

/** When a cycle's answers are there, ms since 1970. */
export function answeredFrom(cycle: number): number {
	return cycle * resolution + collection;
}

/** When a node is scraped in a cycle: all within half a second. */
function scrapeTime(node: NodeModel, cycle: number): number {
	return cycle * resolution + Math.floor(unit(node.key, 62) * 500);
}

function usageBetween(before: Reading, after: Reading, memory: number): Usage {
	const window = after.at - before.at;
	const cpu = Math.floor(((after.processor - before.processor) * 1_000_000) / window);
	return { cpu, memory, timestamp: after.at, window };
}

/** How many cycles it may look back for an older reading: the kubelet may have had no newer one meanwhile. */
const lookBack = 3;

function containerUsage(world: World, life: ContainerLife, node: NodeModel, cycle: number): Usage | undefined {
	if (life.state.kind !== 'running') return undefined;
	const { startedAt } = life.state;
	const now = containerReading(world, life, startedAt, scrapeTime(node, cycle));
	// Who has used nothing counts as not measured (pkg/scraper/client/resource/decode.go).
	if (!now || now.processor === 0) return undefined;
	const memory = containerWorkingSet(world, life, node, startedAt, now.at);
	for (let back = 1; back <= lookBack; back++) {
		const before = containerReading(world, life, startedAt, scrapeTime(node, cycle - back));
		if (!before) break;
		if (before.at < now.at) return usageBetween(before, now, memory);
	}
	// Young, but old enough: as if it had been read with zero when it started.
	const age = now.at - startedAt;
	return age >= 10_000 && age < resolution ? usageBetween({ at: startedAt, processor: 0 }, now, memory) : undefined;
}

/**
 * The sample of one pod, or nothing: a pod with a container that has none is left out whole.
 * @param pod as it was when the cycle's scrape of its node came
 */
function podUsage(world: World, pod: PodLife, cycle: number, filter: SampleFilter): PodUsage | undefined {
	const { node } = pod.slot;
	if (!node || node.role === 'virtual' || filter.node?.(node, cycle) || filter.young?.(pod)) return undefined;
	const containers: ContainerUsage[] = [];
	let oldest: Usage | undefined;
	for (const life of pod.containers) {
		if (life.state.kind !== 'running') continue;
		const usage = containerUsage(world, life, node, cycle);
		if (!usage || usage.memory <= 0 || filter.zero?.(pod, life)) return undefined;
		if (filter.skip?.(pod, life)) continue;
		if (!oldest || usage.timestamp < oldest.timestamp) oldest = usage;
		containers.push({ name: life.template.name, ...usage });
	}
	if (!oldest) return undefined;
	containers.sort((first, second) => (first.name < second.name ? -1 : 1));
	const timestamp = oldest.timestamp + (filter.ahead?.(node) ?? 0);
	return { pod, timestamp, window: oldest.window, containers };
}

/** The sample of the pod in a slot, if metrics-server has one for it in this cycle and the pod is still there. */
export function slotUsage(
	world: World,
	slot: Slot,
	current: PodLife,
	cycle: number,
	filter: SampleFilter,
	lives: KnownLives,
): PodUsage | undefined {
	// It lists the pods whose phase is Running now, and takes their points from the last scrape.
	if (current.phase !== 'Running' || !slot.node) return undefined;
	const pod = lives.at(slot, scrapeTime(slot.node, cycle));
	return pod && pod.key === current.key ? podUsage(world, pod, cycle, filter) : undefined;
}

/** The sample of a node. A virtual one has no kubelet that could be scraped. */
export function nodeUsage(
	world: World,
	node: NodeModel,
	slots: readonly Slot[],
	cycle: number,
	filter: SampleFilter,
	lives: KnownLives,
): NodeUsage | undefined {
	if (node.role === 'virtual' || filter.node?.(node, cycle) || filter.alone?.(node)) return undefined;
	// Both readings count the same runs, so that a restart between them does not look like time running backwards.
	const now = scrapeTime(node, cycle);
	const pods: PodLife[] = [];
	for (const slot of slots) {
		const pod = lives.at(slot, now);
		if (pod) pods.push(pod);
	}
	const after = nodeReading(world, node, now, pods);
	for (let back = 1; back <= lookBack; back++) {
		// It is asked for the first time when it is ready.
		if (scrapeTime(node, cycle - back) < readyTime(node, world.origin)) break;
		const before = nodeReading(world, node, scrapeTime(node, cycle - back), pods);
		if (before.at < after.at) {
			const usage = usageBetween(before, after, nodeWorkingSet(world, node, after.at, pods));
			return { node, ...usage, timestamp: usage.timestamp + (filter.ahead?.(node) ?? 0) };
		}
	}
	return undefined;
}
