import type { PodPhase } from '../../model/records.ts';
import { never, nextComing, type Stay, stayOf } from './comings.ts';
import { type ContainerLife, liveContainer, waiting } from './container-life.ts';
import { type PodName, podKey, uidOfPod } from './names.ts';
import { mix, mixText, nameSuffix } from './random.ts';
import { Timeline } from './timeline.ts';
import type { Workload } from './workload.ts';
import type { Slot, World } from './world.ts';

/** One pod at one instant. */
export interface PodLife {
	slot: Slot;
	/** Which pod in its slot. */
	generation: number;
	key: number;
	name: string;
	/** The end of its owner's name: of the ReplicaSet, or of the Job of a CronJob. */
	revision: string;
	createdAt: number;
	/** When the kubelet took it, NaN while it has no node. */
	startedAt: number;
	/** When init containers were through, when it became (un)ready last; NaN if not yet. */
	initializedAt: number;
	readySince: number;
	unreadySince: number;
	/** When it was told to end, NaN if it was not. */
	deletedAt: number;
	phase: PodPhase;
	/** Init containers first, in the order of the spec. */
	containers: readonly ContainerLife[];
}

export function podUid({ key, name, slot }: PodLife): string {
	return uidOfPod({ key, name, namespace: slot.workload.namespace });
}

/** The part of a pod's name that tells the revision or the run, '' where there is none. */
function revisionOf(slot: Slot, stay: Stay): string {
	const { kind, comings } = slot.workload;
	if (kind === 'CronJob') return String(Math.round(stay.createdAt / 60_000));
	if (kind !== 'Deployment') return '';
	if (comings.kind === 'rollout') return nameSuffix(mix(workloadKey(slot.workload), stay.generation), 9);
	let revision = revisions.get(slot.workload);
	if (revision === undefined) {
		revision = nameSuffix(mix(workloadKey(slot.workload), 0), 9);
		revisions.set(slot.workload, revision);
	}
	return revision;
}

const revisions = new WeakMap<Workload, string>();

function workloadKey(workload: Workload): number {
	return mixText(0, `${workload.namespace}/${workload.name}`);
}

function nameOf(slot: Slot, key: number, revision: string): string {
	const { kind, name } = slot.workload;
	if (kind === 'Pod') return name;
	if (kind === 'Node') return `${name}-${slot.node?.name ?? ''}`;
	if (kind === 'StatefulSet') return `${name}-${slot.ordinal}`;
	return `${name}-${revision ? `${revision}-` : ''}${nameSuffix(key)}`;
}

function keyOf(slot: Slot, { generation, renewal }: Stay): number {
	const key = podKey(slot.key, generation);
	return renewal === 0 ? key : mix(key, renewal + 5);
}

function phaseOf(workload: Workload, lives: readonly ContainerLife[]): PodPhase {
	const main = lives.filter((life) => life.template.kind === 'app');
	if (main.every((life) => life.state.kind === 'terminated') && workload.restartPolicy !== undefined) {
		const failed = main.some((life) => life.state.kind === 'terminated' && life.state.termination.exitCode !== 0);
		return failed ? 'Failed' : 'Succeeded';
	}
	return main.some((life) => life.run >= 0) ? 'Running' : 'Pending';
}

/** Sandbox, then init containers one after the other (sidecars stay), then all the others at once. */
function liveContainers(line: Timeline, slot: Slot, key: number, createdAt: number, name: string) {
	const lives: ContainerLife[] = [];
	const pod: PodName = { name, namespace: slot.workload.namespace, key };
	let cursor = createdAt + 1200;
	let initializedAt = createdAt;
	let changedAt = createdAt;
	let blocked = !line.reached(cursor);
	for (const [index, template] of slot.workload.containers.entries()) {
		const containerKey = mix(key, index + 17);
		if (template.kind === 'app') continue;
		if (blocked || !line.reached(cursor)) {
			blocked = true;
			lives.push(waiting(template, containerKey, 'PodInitializing'));
			continue;
		}
		const { life, since, endedAt } = liveContainer(line, template, containerKey, cursor, pod);
		lives.push(life);
		if (template.kind === 'sidecar') {
			changedAt = Math.max(changedAt, since);
			cursor += 1100;
		} else {
			cursor = endedAt + 700;
			if (endedAt === never) blocked = true;
		}
		initializedAt = cursor;
	}
	const initialized = !blocked && line.reached(initializedAt);
	const started = initialized && line.reached(cursor);
	const initializing = slot.workload.containers.some((template) => template.kind !== 'app') && !initialized;
	for (const [index, template] of slot.workload.containers.entries()) {
		if (template.kind !== 'app') continue;
		const containerKey = mix(key, index + 17);
		if (!started) {
			lives.push(waiting(template, containerKey, initializing ? 'PodInitializing' : 'ContainerCreating'));
			continue;
		}
		const { life, since } = liveContainer(line, template, containerKey, cursor + index * 130, pod);
		lives.push(life);
		changedAt = Math.max(changedAt, since);
	}
	return { lives, initializedAt: initialized ? initializedAt : Number.NaN, changedAt };
}

/** A pod, and until when it stays exactly so. */
export interface Moment {
	pod: PodLife | undefined;
	/** ms since 1970, infinite if nothing more will happen. */
	until: number;
}

/**
 * The pod in a slot at one instant, computed from nothing but the seed and the time.
 * @param time ms since 1970
 */
export function lifeAt(world: World, slot: Slot, time: number): Moment {
	const stay = stayOf(world, slot, time);
	const line = new Timeline(time);
	if (!line.reached(stay.createdAt)) return { pod: undefined, until: line.next };
	if (line.reached(stay.goneAt)) return { pod: undefined, until: nextComing(world, slot, time) };
	const { workload } = slot;
	const key = keyOf(slot, stay);
	const revision = revisionOf(slot, stay);
	const name = nameOf(slot, key, revision);
	const deleted = line.reached(stay.deletedAt);
	const base = { slot, generation: stay.generation, key, name, revision, createdAt: stay.createdAt };
	const deletedAt = deleted ? stay.deletedAt : Number.NaN;
	if (!slot.node) {
		const containers: readonly ContainerLife[] = [];
		const times = {
			startedAt: Number.NaN,
			initializedAt: Number.NaN,
			readySince: Number.NaN,
			unreadySince: Number.NaN,
		};
		return { pod: { ...base, ...times, deletedAt, phase: 'Pending', containers }, until: line.next };
	}
	if (workload.evicted) {
		const startedAt = stay.createdAt + 900;
		const times = { startedAt, initializedAt: Number.NaN, readySince: Number.NaN, unreadySince: startedAt };
		return { pod: { ...base, ...times, deletedAt, phase: 'Failed', containers: [] }, until: line.next };
	}
	const { lives, initializedAt, changedAt } = liveContainers(line, slot, key, stay.createdAt, name);
	const phase = phaseOf(workload, lives);
	const ready = phase === 'Running' && lives.every((life) => life.template.kind === 'init' || life.ready);
	const pod: PodLife = {
		...base,
		startedAt: stay.createdAt,
		initializedAt,
		readySince: ready ? changedAt : Number.NaN,
		unreadySince: ready ? Number.NaN : changedAt,
		deletedAt,
		phase,
		containers: lives,
	};
	return { pod, until: line.next };
}

/** Nothing of it ever changes once it is up. */
export function isSettled({ unschedulable, evicted, comings, containers }: Workload): boolean {
	return (
		comings.kind === 'stay' &&
		!unschedulable &&
		!evicted &&
		containers.every(({ fate }) => fate.kind === 'runs' || fate.kind === 'ends')
	);
}

/**
 * The name of a pod that has long been as it is and stays so; undefined if one has to look closer. Much cheaper than
 * the pod itself.
 */
export function settledName(world: World, slot: Slot, time: number): string | undefined {
	if (!isSettled(slot.workload) || !slot.node) return undefined;
	const stay = stayOf(world, slot, time);
	return stay.createdAt < time - 3_600_000 ? nameOf(slot, keyOf(slot, stay), revisionOf(slot, stay)) : undefined;
}
