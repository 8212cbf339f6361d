/** The cgroups of one machine, from the root downwards, and what each is charged for. */

import {
	containerMemory,
	containerProcessor,
	containerReadAt,
	groupMemory,
	groupProcessor,
	hasCgroup,
	lookedAt,
	pausePages,
	pauseProcessor,
	podPages,
	type Reading,
	rootReadAt,
} from './kubelet.ts';
import { type PodLife, podUid } from './life.ts';
import { addPages, type MemoryPages, noPages } from './memory.ts';
import { runtimeId } from './names.ts';
import { bootTime, type NodeModel, reserved } from './node.ts';
import { hexadecimal, mix, mixText } from './random.ts';
import type { SystemGroup } from './system-groups.ts';
import type { Allotment, ContainerTemplate, Workload } from './workload.ts';
import type { World } from './world.ts';

export type CgroupKind = 'root' | 'slice' | 'service' | 'kubepods' | 'qos' | 'pod' | 'pause' | 'container' | 'engine';

export interface Cgroup {
	kind: CgroupKind;
	/** Below the root, `/` for the root itself. */
	path: string;
	/** Its own number: decides when it is read. */
	key: number;
	/** ms since 1970. */
	startedAt: number;
	children: Cgroup[];
	limits: Allotment;
	/** Millicores that its weight stands for. */
	requested: number;
	/** Of a pod's cgroup and of those below. */
	pod?: PodLife;
	/** Of the pause container, a container and an engine's container: its id. */
	id: string;
	template?: ContainerTemplate;
	/** Which run of the container it is, and how often the kernel has killed in its pod before. */
	run: number;
	kills: number;
	/** Of a system's group. */
	role: SystemGroup['role'] | '';
	/** What is charged to it and to none below, ms since 1970. */
	pages(at: number): MemoryPages;
	/** Microseconds, of its own processes. */
	processor(at: number): number;
}

/** How a pod is treated when memory is short, by its requests and limits; decides where its cgroup is. */
export type QualityOfService = 'guaranteed' | 'burstable' | 'besteffort';

interface Naming {
	kubepods: string;
	qos(name: Exclude<QualityOfService, 'guaranteed'>): string;
	pod(qos: QualityOfService, uid: string): string;
	container(id: string): string;
}

/** The systemd driver makes slices and scopes, the cgroupfs driver plain folders. */
const systemdNaming: Naming = {
	kubepods: '/kubepods.slice',
	qos: (name) => `/kubepods.slice/kubepods-${name}.slice`,
	pod(qos, uid) {
		const unit = `pod${uid.replaceAll('-', '_')}.slice`;
		return qos === 'guaranteed'
			? `/kubepods.slice/kubepods-${unit}`
			: `/kubepods.slice/kubepods-${qos}.slice/kubepods-${qos}-${unit}`;
	},
	container: (id) => `cri-containerd-${id}.scope`,
};
const folderNaming: Naming = {
	kubepods: '/kubepods',
	qos: (name) => `/kubepods/${name}`,
	pod: (qos, uid) => (qos === 'guaranteed' ? `/kubepods/pod${uid}` : `/kubepods/${qos}/pod${uid}`),
	container: (id) => id,
};

/** The uid by which a kubelet knows a pod: of one from a file it is a hash, whatever the API server calls it. */
export function kubeletPodUid(pod: PodLife): string {
	return pod.slot.workload.kind === 'Node' ? hexadecimal(pod.key, 32) : podUid(pod);
}

/** Guaranteed, burstable or best effort by what requests and limits are set. */
export function qualityOfService(workload: Workload): QualityOfService {
	const sets =
		workload.podRequests || workload.podLimits
			? [{ requests: workload.podRequests, limits: workload.podLimits }]
			: workload.containers.map(({ requests, limits }) => ({ requests: { ...limits, ...requests }, limits }));
	const asks = sets.some(({ requests, limits }) => requests?.cpu || requests?.memory || limits?.cpu || limits?.memory);
	if (!asks) return 'besteffort';
	const guaranteed = sets.every(
		({ requests, limits }) =>
			limits?.cpu &&
			limits.memory &&
			(requests?.cpu ?? limits.cpu) === limits.cpu &&
			(requests?.memory ?? limits.memory) === limits.memory,
	);
	return guaranteed ? 'guaranteed' : 'burstable';
}

const nothing = (): MemoryPages => noPages();
const idle = (): number => 0;

type Draft = Pick<Cgroup, 'kind' | 'path' | 'startedAt'> & Partial<Cgroup>;

function cgroup(draft: Draft): Cgroup {
	return {
		key: mixText(7, draft.path),
		children: [],
		limits: {},
		requested: 0,
		id: '',
		run: 0,
		kills: 0,
		role: '',
		pages: nothing,
		processor: idle,
		...draft,
	};
}

/** What a pod may take as a whole: as it says, or the sum of its containers if each of them has a limit. */
function podLimits({ podLimits: own, containers }: Workload): Allotment {
	if (own) return own;
	const lasting = containers.filter(({ kind }) => kind !== 'init');
	const total = (what: keyof Allotment): number =>
		lasting.reduce((sum, { limits }) => sum + (limits?.[what] ?? Number.NaN), 0);
	const [cpu, memory] = [total('cpu'), total('memory')];
	return { ...(Number.isNaN(cpu) ? {} : { cpu }), ...(Number.isNaN(memory) ? {} : { memory }) };
}

function requestOf({ requests, limits }: Pick<ContainerTemplate, 'requests' | 'limits'>): number {
	return requests?.cpu ?? limits?.cpu ?? 0;
}

function podCgroup(world: World, node: NodeModel, pod: PodLife, path: string, naming: Naming): Cgroup {
	const { workload } = pod.slot;
	const id = hexadecimal(mix(pod.key, 3), 64);
	const sandbox = cgroup({
		kind: 'pause',
		path: `${path}/${naming.container(id)}`,
		key: mix(pod.key, 4),
		startedAt: pod.startedAt + 900,
		pod,
		id,
		pages: () => pausePages,
		processor: () => pauseProcessor,
	});
	const children = [sandbox];
	let kills = 0;
	for (const life of pod.containers) {
		if (life.template.fate.kind === 'loops' && life.template.fate.reason === 'OOMKilled') kills += life.restarts;
		if (life.state.kind !== 'running') continue;
		const { startedAt } = life.state;
		const own = runtimeId(life.key, life.template.name, life.run);
		children.push(
			cgroup({
				kind: 'container',
				path: `${path}/${naming.container(own)}`,
				key: life.key,
				startedAt,
				limits: life.template.limits ?? {},
				requested: requestOf(life.template),
				pod,
				id: own,
				template: life.template,
				run: life.run,
				pages: (at) =>
					lookedAt(world, at) < startedAt ? noPages() : containerMemory(world, life, node, startedAt, at),
				processor: (at) => (at < startedAt ? 0 : containerProcessor(world, life, startedAt, at)),
			}),
		);
	}
	return cgroup({
		kind: 'pod',
		path,
		key: mix(pod.key, 6),
		startedAt: pod.startedAt + 700,
		children,
		limits: podLimits(workload),
		requested: workload.containers
			.filter(({ kind }) => kind !== 'init')
			.reduce((sum, template) => sum + requestOf(template), 0),
		pod,
		kills,
		pages: () => podPages,
	});
}

/** Puts a cgroup where its path says, and slices in between that are not there yet. */
function place(root: Cgroup, group: Cgroup): void {
	let above = root;
	const parts = group.path.split('/').slice(1, -1);
	for (const [index] of parts.entries()) {
		const path = `/${parts.slice(0, index + 1).join('/')}`;
		let next = above.children.find((child) => child.path === path);
		if (!next) {
			next = cgroup({ kind: 'slice', path, startedAt: root.startedAt });
			above.children.push(next);
		}
		above = next;
	}
	above.children.push(group);
}

/** All cgroups of a machine while these pods are on it. */
export function machineCgroups(world: World, node: NodeModel, pods: readonly PodLife[]): Cgroup {
	const startedAt = bootTime(node, world.origin);
	const root = cgroup({ kind: 'root', path: '/', startedAt, key: node.key });
	for (const group of node.system) {
		const pages = (at: number): MemoryPages => groupMemory(world, group, node, at);
		const processor = (at: number): number => groupProcessor(world, group, node, at);
		if (group.role === 'root') {
			Object.assign(root, { pages, processor });
			continue;
		}
		const { container: engine, key, path, role } = group;
		place(
			root,
			cgroup({
				kind: engine ? 'engine' : path.endsWith('.slice') ? 'slice' : 'service',
				path,
				key,
				startedAt,
				role,
				pages,
				processor,
				...(engine ? { id: engine.id, template: engine.template, limits: engine.template.limits ?? {} } : {}),
			}),
		);
	}
	const naming = node.cgroupVersion === 2 ? systemdNaming : folderNaming;
	const limits = { memory: node.memory - reserved.memory };
	const kubepods = cgroup({ kind: 'kubepods', path: naming.kubepods, startedAt, limits });
	kubepods.requested = node.cores * 1000 - reserved.cpu;
	const classes = (['besteffort', 'burstable'] as const).map((name) =>
		cgroup({ kind: 'qos', path: naming.qos(name), startedAt }),
	);
	kubepods.children.push(...classes);
	for (const pod of pods) {
		if (!hasCgroup(pod)) continue;
		const qos = qualityOfService(pod.slot.workload);
		const parent = qos === 'guaranteed' ? kubepods : (classes[qos === 'besteffort' ? 0 : 1] ?? kubepods);
		const group = podCgroup(world, node, pod, naming.pod(qos, kubeletPodUid(pod)), naming);
		parent.children.push(group);
		if (qos === 'burstable') parent.requested += group.requested;
	}
	root.children.push(kubepods);
	return root;
}

/** A cgroup and all below it, parents first. */
export function* walk(group: Cgroup): Generator<Cgroup> {
	yield group;
	for (const child of group.children) yield* walk(child);
}

/** What a cgroup is charged for with all below it. The processes are left out. */
export function chargedTo(group: Cgroup, at: number): MemoryPages {
	const sum = noPages();
	for (const each of walk(group)) addPages(sum, each.pages(at));
	return sum;
}

/** Microseconds of a cgroup with all below it. */
export function processorOf(group: Cgroup, at: number): number {
	let sum = 0;
	for (const each of walk(group)) sum += each.processor(at);
	return sum;
}

function readAt(node: NodeModel, group: Cgroup, time: number): number {
	return group.kind === 'root' ? rootReadAt(node, time) : containerReadAt(group.key, group.startedAt, time);
}

/**
 * The last two readings of a cgroup that the kubelet has, the newer one first: of one that is too young there is one or
 * none.
 */
export function readingsOf(node: NodeModel, group: Cgroup, time: number): Reading[] {
	const found: Reading[] = [];
	let until = time;
	while (found.length < 2) {
		const at = readAt(node, group, until);
		if (Number.isNaN(at)) break;
		found.push({ at, processor: processorOf(group, at) });
		until = at - 1;
	}
	return found;
}
