import type { PodPhase } from '../../model/records.ts';
import { hexadecimal, makeUid, mix, mixText, nameSuffix, unit } from './random.ts';
import type { ContainerTemplate, Workload } from './workload.ts';
import type { Slot, World } from './world.ts';

/** All times in ms since 1970. */
export interface Termination {
	reason: 'Completed' | 'Error' | 'OOMKilled';
	exitCode: number;
	startedAt: number;
	finishedAt: number;
	/** Which run of the container it was, from 0. */
	run: number;
}

export type ContainerState =
	| { kind: 'waiting'; reason: string; message: string }
	| { kind: 'running'; startedAt: number }
	| { kind: 'terminated'; termination: Termination };

/** One container at one instant. */
export interface ContainerLife {
	template: ContainerTemplate;
	/** Its own number, the same over restarts. */
	key: number;
	/** Number of the newest run, −1 before the first. */
	run: number;
	restarts: number;
	state: ContainerState;
	last: Termination | undefined;
	ready: boolean;
}

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

/** Finds out how long an answer stays true: remembers the nearest instant that was asked for and is still to come. */
class Timeline {
	readonly time: number;
	next = Number.POSITIVE_INFINITY;

	constructor(time: number) {
		this.time = time;
	}

	reached(instant: number): boolean {
		if (instant <= this.time) return true;
		if (instant < this.next) this.next = instant;
		return false;
	}
}

interface Stay {
	generation: number;
	createdAt: number;
	deletedAt: number;
	goneAt: number;
}

const never = Number.POSITIVE_INFINITY;
const termination = 6000;

/** When the pod that is in this slot now, or was or will be there next, comes and goes. */
function stayOf(world: World, slot: Slot, time: number): Stay {
	const { workload, ordinal, turn, turns } = slot;
	const { comings } = workload;
	const stagger = Math.floor(unit(slot.key, 1) * 1500) + (workload.kind === 'StatefulSet' ? ordinal * 41_000 : 0);
	switch (comings.kind) {
		case 'rollout': {
			const every = comings.every * 1000;
			const delay = ordinal * comings.step * 1000;
			const ready = Math.max(...workload.containers.map((container) => container.readyAfter)) * 1000 + 4000;
			let revision = Math.floor((time - delay) / every);
			if (revision % turns !== turn) revision--;
			const deletedAt = (revision + 1) * every + delay + ready;
			return { generation: revision, createdAt: revision * every + delay, deletedAt, goneAt: deletedAt + termination };
		}
		case 'schedule': {
			const every = comings.every * 1000;
			let run = Math.floor(time / every);
			run -= (((run - turn) % turns) + turns) % turns;
			// The controller removes the oldest once a newer one is through.
			const goneAt = (run + comings.keep) * every + (every * 3) / 4;
			return { generation: run, createdAt: run * every, deletedAt: goneAt, goneAt };
		}
		case 'elastic': {
			const first = workload.replicas - comings.count;
			if (ordinal < first) break;
			const every = comings.every * 1000;
			const delay = (ordinal - first) * 15_000;
			const round = Math.floor((time - delay) / every);
			const createdAt = round * every + delay;
			const deletedAt = createdAt + comings.length * 1000;
			return { generation: round, createdAt, deletedAt, goneAt: deletedAt + termination };
		}
		case 'turnover': {
			const every = comings.every * 1000;
			const phase = Math.floor(unit(slot.key, 2) * every);
			const round = Math.floor((time - phase) / every);
			const createdAt = round * every + phase;
			return { generation: round, createdAt, deletedAt: createdAt + every - termination - 2000, goneAt: createdAt + every - 2000 };
		}
		default:
	}
	return { generation: 0, createdAt: world.origin - workload.age * 3_600_000 + stagger, deletedAt: never, goneAt: never };
}

/** The part of a pod's name that tells the revision or the run, '' where there is none. */
function revisionOf(slot: Slot, stay: Stay): string {
	const { kind, comings } = slot.workload;
	if (kind === 'CronJob') return String(Math.round(stay.createdAt / 60_000));
	if (kind !== 'Deployment') return '';
	const key = mixText(0, `${slot.workload.namespace}/${slot.workload.name}`);
	return nameSuffix(mix(key, comings.kind === 'rollout' ? stay.generation : 0), 9);
}

function nameOf(slot: Slot, key: number, revision: string): string {
	const { kind, name } = slot.workload;
	if (kind === 'Pod') return name;
	if (kind === 'Node') return `${name}-${slot.node?.name ?? ''}`;
	if (kind === 'StatefulSet') return `${name}-${slot.ordinal}`;
	return `${name}-${revision ? `${revision}-` : ''}${nameSuffix(key)}`;
}

/** The name that the runtime gave one run of a container. */
export function runtimeId(key: number, run: number): string {
	return hexadecimal(mix(key, run + 5), 64);
}

export function podUid(pod: Pick<PodLife, 'key'>): string {
	return makeUid(mix(pod.key, 1));
}

function waiting(template: ContainerTemplate, key: number, reason: string, message = ''): ContainerLife {
	return { template, key, run: -1, restarts: 0, state: { kind: 'waiting', reason, message }, last: undefined, ready: false };
}

interface PodName {
	name: string;
	namespace: string;
	key: number;
}

interface Begun {
	life: ContainerLife;
	/** When it became ready or stopped being so. */
	since: number;
	/** When it ended for good, or `never`. */
	endedAt: number;
}

/** A container that begins at `begin`. */
function liveContainer(line: Timeline, template: ContainerTemplate, key: number, begin: number, pod: PodName): Begun {
	const { fate } = template;
	if (fate.kind === 'no-image') {
		const seconds = Math.floor((line.time - begin) / 1000);
		// It tries, fails, and waits: each try is a little longer ago.
		const trying = seconds % 300 < 15;
		line.reached(begin + (Math.floor(seconds / 300) * 300 + (trying ? 15 : 300)) * 1000);
		const life = trying
			? waiting(template, key, 'ErrImagePull', fate.message)
			: waiting(template, key, 'ImagePullBackOff', `Back-off pulling image "${template.image}": ErrImagePull: ${fate.message}`);
		return { life, since: begin, endedAt: never };
	}
	const period = fate.kind === 'loops' ? (fate.after + fate.backOff) * 1000 : never;
	const run = period === never ? 0 : Math.floor((line.time - begin) / period);
	const startedAt = run === 0 ? begin : begin + run * period;
	const endsAt = fate.kind === 'runs' ? never : startedAt + fate.after * 1000;
	const reason = fate.kind === 'loops' ? fate.reason : fate.kind === 'ends' && fate.exitCode === 0 ? 'Completed' : 'Error';
	const exitCode = fate.kind === 'runs' ? 0 : fate.exitCode;
	let last: Termination | undefined;
	if (run > 0 && fate.kind === 'loops') {
		const began = startedAt - period;
		last = { reason, exitCode, startedAt: began, finishedAt: began + fate.after * 1000, run: run - 1 };
	}
	const common = { template, key, run, restarts: run };
	if (!line.reached(endsAt)) {
		const readyAt = startedAt + template.readyAfter * 1000;
		const ready = line.reached(readyAt);
		const life: ContainerLife = { ...common, state: { kind: 'running', startedAt }, last, ready };
		return { life, since: ready ? readyAt : startedAt, endedAt: never };
	}
	const ended: Termination = { reason, exitCode, startedAt, finishedAt: endsAt, run };
	if (fate.kind === 'loops') {
		// For a moment it is just dead, then the kubelet says that it will wait.
		if (line.reached(endsAt + 1500)) {
			line.reached(startedAt + period);
			const pause = fate.backOff >= 60 ? `${Math.floor(fate.backOff / 60)}m${fate.backOff % 60}s` : `${fate.backOff}s`;
			const message = `back-off ${pause} restarting failed container=${template.name} pod=${pod.name}_${pod.namespace}(${podUid(pod)})`;
			const state: ContainerState = { kind: 'waiting', reason: 'CrashLoopBackOff', message };
			return { life: { ...common, state, last: ended, ready: false }, since: endsAt, endedAt: never };
		}
		return { life: { ...common, state: { kind: 'terminated', termination: ended }, last, ready: false }, since: endsAt, endedAt: never };
	}
	const ready = template.kind === 'init' && exitCode === 0;
	const life: ContainerLife = { ...common, state: { kind: 'terminated', termination: ended }, last, ready };
	return { life, since: endsAt, endedAt: endsAt };
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
	const key = mix(slot.key, stay.generation + 3);
	const revision = revisionOf(slot, stay);
	const name = nameOf(slot, key, revision);
	const deleted = line.reached(stay.deletedAt);
	const base = { slot, generation: stay.generation, key, name, revision, createdAt: stay.createdAt };
	const deletedAt = deleted ? stay.deletedAt : Number.NaN;
	if (!slot.node) {
		const containers: readonly ContainerLife[] = [];
		const times = { startedAt: Number.NaN, initializedAt: Number.NaN, readySince: Number.NaN, unreadySince: Number.NaN };
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

/** When the next pod comes into a slot that is empty now. */
function nextComing(world: World, slot: Slot, time: number): number {
	const { comings } = slot.workload;
	if (comings.kind === 'stay') return never;
	let look = time;
	for (let step = 0; step <= slot.turns + 1; step++) {
		look += comings.every * 1000;
		const { createdAt } = stayOf(world, slot, look);
		if (createdAt > time) return createdAt;
	}
	return time + comings.every * 1000;
}
