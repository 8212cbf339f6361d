/** The usage of a row of the fleet now: its newest sample if that can still be shown, else why there is none. */
import {
	type MetricsAnswer,
	type PodEvidence,
	timeToFirstSample,
	whyContainerHasNoSample,
	whyNodeHasNoSample,
	whyPodHasNoSample,
} from '../diagnose/causes/no-sample.ts';
import type { Fleet } from '../model/fleet/fleet.ts';
import type { PodTable } from '../model/fleet/pods.ts';
import type { NoSampleCode, Usage } from '../model/usage.ts';

/** What an answer about samples can know of: who came later is not in it, and is not missing from it. */
export interface AsOf {
	/** The server's clock when it was asked for, ms; NaN before the first. */
	time: number;
	/** The version of the rows that it was joined with. */
	rows: number;
}

/** Before the first answer. */
export const asOfNothing: AsOf = { time: Number.NaN, rows: 0 };

/** How things stand at the moment that rows are made for. */
export interface UsageContext {
	/** The server's clock, ms. */
	serverTime: number;
	/** Refresh interval, ms. */
	refresh: number;
	podMetrics: MetricsAnswer;
	nodeMetrics: MetricsAnswer;
	/** Of the newest answers. */
	podsAsOf: AsOf;
	nodesAsOf: AsOf;
	/** The longest window of the newest answer, ms; NaN if there was none. */
	window: number;
}

/** A sample that nobody confirmed for so long is no longer shown at all. */
const forgottenAfter = 5 * 60_000;

/** By which time samples are too old to be shown: nobody could confirm them between two polls, however far apart. */
function forgottenAt(answer: MetricsAnswer, asOf: AsOf, { serverTime }: UsageContext): number {
	return (answer === 'answering' ? asOf.time : serverTime) - forgottenAfter;
}

/**
 * Whether a sample is too old to be called current: older than two of its windows and the kubelet's cadence of 15 s,
 * plus one refresh interval of our own.
 */
export function isStale(timestamp: number, window: number, context: UsageContext): boolean {
	return context.serverTime - timestamp > 2 * window + 15_000 + context.refresh;
}

function usageAt(
	cpu: number,
	memory: number,
	timestamp: number,
	window: number,
	inNewestPoll: boolean,
	forgotten: number,
	context: UsageContext,
): Usage | null {
	if (!(timestamp >= forgotten)) {
		return null;
	}
	const stale = isStale(timestamp, window, context);
	// Left out of the newest answer: what it was a moment ago may still be shown, but never as if it were current.
	return { kind: 'sampled', cpu, memory, timestamp, window, stale: stale || !inNewestPoll };
}

/** Whether the newest sample of a node can be shown. */
export function isNodeShown({ nodes }: Fleet, slot: number, context: UsageContext): boolean {
	return nodes.sampledAt.get(slot) >= forgottenAt(context.nodeMetrics, context.nodesAsOf, context);
}

/** Why a node whose sample cannot be shown has none. */
export function whyNodeIsNotShown({ nodes }: Fleet, slot: number, context: UsageContext): NoSampleCode {
	return whyNodeHasNoSample({
		metrics: context.nodeMetrics,
		kind: nodes.kind.get(slot),
		age: context.nodesAsOf.time - nodes.createdAt.get(slot),
		asked: !nodes.slots.isNewer(slot, context.nodesAsOf.rows),
		window: context.window,
	});
}

export function nodeUsage(fleet: Fleet, slot: number, context: UsageContext): Usage {
	const { nodes } = fleet;
	const usage = usageAt(
		nodes.cpu.get(slot),
		nodes.memory.get(slot),
		nodes.sampledAt.get(slot),
		nodes.sampleWindow.get(slot),
		nodes.sampledIn.get(slot) >= fleet.nodePoll,
		forgottenAt(context.nodeMetrics, context.nodesAsOf, context),
		context,
	);
	return usage ?? { kind: 'none', code: whyNodeIsNotShown(fleet, slot, context) };
}

/** By which time samples of pods are too old to be shown, ms: the same for all of them. */
export function podsForgottenAt(context: UsageContext): number {
	return forgottenAt(context.podMetrics, context.podsAsOf, context);
}

/** When the sample of a pod is from that can be shown; NaN if there is none, or it is of a pod that has finished. */
export function shownSince({ pods }: Fleet, slot: number, context: UsageContext): number {
	return isPodShown(pods, slot, podsForgottenAt(context)) ? pods.sampledAt.get(slot) : Number.NaN;
}

/** @param forgotten see {@link podsForgottenAt} */
export function isPodShown(pods: PodTable, slot: number, forgotten: number): boolean {
	// Also false for NaN.
	return (pods.sampledAt.values[slot] as number) >= forgotten && !pods.isFinished(slot);
}

/** The samples of these pods in their order, NaN where {@link shownSince} says that there is none to show. */
export function readShown(
	fleet: Fleet,
	quantity: 'cpu' | 'memory',
	slots: Uint32Array,
	context: UsageContext,
	numbers: Float64Array,
): void {
	const { pods } = fleet;
	const { values } = pods[quantity];
	const forgotten = podsForgottenAt(context);
	for (let index = 0; index < slots.length; index++) {
		const slot = slots[index] as number;
		numbers[index] = isPodShown(pods, slot, forgotten) ? (values[slot] as number) : Number.NaN;
	}
}

export function podUsage(fleet: Fleet, slot: number, context: UsageContext): Usage {
	const { pods } = fleet;
	const usage = usageAt(
		pods.cpu.get(slot),
		pods.memory.get(slot),
		shownSince(fleet, slot, context),
		pods.sampleWindow.get(slot),
		pods.sampledIn.get(slot) >= fleet.podPoll,
		podsForgottenAt(context),
		context,
	);
	return usage ?? { kind: 'none', code: whyPodIsNotShown(fleet, slot, context) };
}

/** Why a pod whose sample cannot be shown has none. */
export function whyPodIsNotShown(fleet: Fleet, slot: number, context: UsageContext): NoSampleCode {
	return whyPodHasNoSample(podEvidence(fleet, slot, context));
}

/** Whether the newest sample of a container can be shown. */
export function isContainerShown(fleet: Fleet, slot: number, context: UsageContext): boolean {
	return isSampledSince(fleet, slot, podsForgottenAt(context));
}

function isSampledSince({ containers, pods }: Fleet, slot: number, forgotten: number): boolean {
	const sampledAt = pods.sampledAt.values[containers.pod.values[slot] as number] as number;
	return sampledAt >= forgotten && containers.isRunning(slot);
}

/**
 * The samples of these containers in their order, NaN where there is none to show. A loop of its own, and not one with
 * that of the pods: one that asks now one function and now another is compiled anew each time.
 */
export function readShownContainers(
	fleet: Fleet,
	quantity: 'cpu' | 'memory',
	slots: Uint32Array,
	context: UsageContext,
	numbers: Float64Array,
): void {
	const { values } = fleet.containers[quantity];
	const forgotten = podsForgottenAt(context);
	for (let index = 0; index < slots.length; index++) {
		const slot = slots[index] as number;
		numbers[index] = isSampledSince(fleet, slot, forgotten) ? (values[slot] as number) : Number.NaN;
	}
}

export function containerUsage(fleet: Fleet, slot: number, context: UsageContext): Usage {
	const { containers, pods } = fleet;
	const pod = containers.pod.get(slot);
	const running = containers.isRunning(slot);
	const usage = running
		? usageAt(
				containers.cpu.get(slot),
				containers.memory.get(slot),
				Number.isNaN(containers.cpu.get(slot)) ? Number.NaN : pods.sampledAt.get(pod),
				pods.sampleWindow.get(pod),
				containers.sampledIn.get(slot) >= fleet.podPoll,
				podsForgottenAt(context),
				context,
			)
		: null;
	return (
		usage ?? {
			kind: 'none',
			code: whyContainerHasNoSample({
				pod: podEvidence(fleet, pod, context),
				podSampled: fleet.podPoll > 0 && pods.sampledIn.get(pod) >= fleet.podPoll,
				kind: containers.kind.get(slot),
				running,
			}),
		}
	);
}

function podEvidence(fleet: Fleet, slot: number, context: UsageContext): PodEvidence {
	const { containers, nodes, pods } = fleet;
	const phase = pods.phase.get(slot);
	// Where nothing is answered, nothing more is looked at: on a large fleet that would be asked 150,000 times.
	const first = context.podMetrics === 'answering' && phase === 'Running' ? pods.firstContainer.get(slot) : 0;
	let youngestStart = Number.NaN;
	let restarting = false;
	const settled = timeToFirstSample(context.window);
	for (const container of containers.chain(first)) {
		const startedAt = containers.startedAt.get(container);
		if (!(startedAt <= youngestStart)) {
			youngestStart = Number.isNaN(startedAt) ? youngestStart : startedAt;
		}
		restarting ||= isRestarting(fleet, container, context.podsAsOf.time - settled);
	}
	const node = nodes.findId(pods.node.id(slot));
	return {
		metrics: context.podMetrics,
		phase,
		sinceStart: context.podsAsOf.time - youngestStart,
		asked: !pods.slots.isNewer(slot, context.podsAsOf.rows),
		restarting,
		nodeKind: node < 0 ? null : nodes.kind.get(node),
		nodeSampled: node < 0 || fleet.nodePoll === 0 ? null : nodes.sampledIn.get(node) >= fleet.nodePoll,
		window: context.window,
	};
}

/** Between two runs, or begun anew after `since`: each restart throws the container's first sample away. */
function isRestarting(fleet: Fleet, container: number, since: number): boolean {
	const { containers } = fleet;
	if (containers.kind.get(container) === 'init' || containers.restarts.get(container) === 0) {
		return false;
	}
	return containers.state.get(container) !== 'Running' || containers.startedAt.get(container) > since;
}
