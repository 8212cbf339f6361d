import { batch } from './catalogue/batch.ts';
import { fleet } from './catalogue/fleet.ts';
import { ingest } from './catalogue/ingest.ts';
import { kubeSystem } from './catalogue/kube-system.ts';
import { observability } from './catalogue/observability.ts';
import { payments } from './catalogue/payments.ts';
import { leftovers, platform } from './catalogue/platform.ts';
import { search } from './catalogue/search.ts';
import { web } from './catalogue/web.ts';
import { makeNodes, type NodeModel, reserved } from './node.ts';
import { mix, mixText } from './random.ts';
import { SlotKeys } from './slot-keys.ts';
import type { Allotment, Workload } from './workload.ts';

/**
 * A place for a pod: one replica of a workload on one node. Pods come and go in it one after another, never two at a
 * time (the two pods of a replica that is being replaced have two slots, told apart by `turn`).
 */
export interface Slot {
	workload: Workload;
	/** Of the replicas; of the nodes for a DaemonSet. */
	ordinal: number;
	turn: number;
	/** How many slots take turns. */
	turns: number;
	key: number;
	node: NodeModel | undefined;
	/** Address of its pods, '' without a node. */
	address: string;
	/** When its pod was taken away and made again, on top of the world's own comings: ms since 1970, in their order. */
	renewals?: number[];
}

/** Everything that there is, apart from time: a function of seed and size. */
export interface World {
	seed: number;
	/** When it was looked at first, ms since 1970: ages count from here. */
	origin: number;
	/**
	 * When its clock stands still, ms since 1970; NaN while it runs. In a world that stands still nothing has moved for a
	 * while: whatever was sampled before that instant, at whichever moment, are its pages.
	 */
	still: number;
	nodes: readonly NodeModel[];
	workloads: readonly Workload[];
	slots: readonly Slot[];
	namespaces: readonly string[];
	/** More pods than are worth keeping as objects. */
	large: boolean;
}

interface Draft {
	workload: Workload;
	ordinal: number;
	node?: NodeModel;
	/** The first replica of everything comes before the second of anything: a small cluster still has every kind. */
	rank: number;
}

const catalogue: readonly Workload[] = [
	...payments,
	...web,
	...ingest,
	...search,
	...batch,
	...kubeSystem,
	...platform,
	...observability,
	...leftovers,
];

function nodesFor(workload: Workload, nodes: readonly NodeModel[]): NodeModel[] {
	if (workload.nodes === 'all-real') return nodes.filter((node) => node.role !== 'virtual');
	const role = workload.nodes === 'virtual' || workload.nodes === 'control-plane' ? workload.nodes : 'worker';
	return nodes.filter((node) => node.role === role);
}

function draftsOf(workload: Workload, nodes: readonly NodeModel[], order: number): Draft[] {
	const perNode = workload.kind === 'DaemonSet' || workload.kind === 'Node';
	if (perNode) {
		return nodesFor(workload, nodes).map((node, ordinal) => ({
			workload,
			ordinal,
			node,
			rank: ordinal * 1000 + order,
		}));
	}
	if (workload.nodes === 'virtual' && nodesFor(workload, nodes).length === 0) return [];
	const drafts: Draft[] = [];
	for (let ordinal = 0; ordinal < workload.replicas; ordinal++)
		drafts.push({ workload, ordinal, rank: workload.kept ? 0 : ordinal * 1000 + order });
	return drafts;
}

/** Pods that a draft stands for on average. */
function podsOf(draft: Draft): number {
	const { comings, replicas } = draft.workload;
	if (comings.kind === 'schedule') return comings.keep;
	return comings.kind === 'elastic' && draft.ordinal >= replicas - comings.count ? 0.5 : 1;
}

function turnsOf(workload: Workload): number {
	if (workload.comings.kind === 'schedule') return workload.comings.keep + 1;
	return workload.comings.kind === 'rollout' ? 2 : 1;
}

/** Words that the scheduler finds for a pod that fits nowhere. */
function withReason(workload: Workload, nodes: readonly NodeModel[]): Workload {
	if (!workload.unschedulable) return workload;
	const count = (role: NodeModel['role']): number => nodes.filter((node) => node.role === role).length;
	const tainted = count('control-plane') + count('virtual');
	const taints = tainted > 0 ? `${tainted} node(s) had untolerated taint(s), ` : '';
	const reason = `0/${nodes.length} nodes are available: ${taints}${count('worker') - (workload.placed ?? 0)} ${workload.unschedulable}.`;
	return { ...workload, unschedulable: reason };
}

/** What the scheduler reserves for a pod: the sum of its containers, or its own request; millicores and MiB. */
function requestOf(workload: Workload): Required<Allotment> {
	const total = { cpu: workload.runtimeClass?.overhead.cpu ?? 0, memory: workload.runtimeClass?.overhead.memory ?? 0 };
	if (workload.podRequests) {
		total.cpu += workload.podRequests.cpu ?? 0;
		total.memory += workload.podRequests.memory ?? 0;
		return total;
	}
	for (const container of workload.containers) {
		if (container.kind === 'init') continue;
		total.cpu += container.requests?.cpu ?? 0;
		total.memory += container.requests?.memory ?? 0;
	}
	return total;
}

/** Places pods where most is free, looking at a few nodes only when there are many. */
class Scheduler {
	readonly #free = new Map<NodeModel, { cpu: number; memory: number; pods: number }>();
	readonly #workers: readonly NodeModel[];

	constructor(nodes: readonly NodeModel[]) {
		for (const node of nodes) {
			this.#free.set(node, {
				cpu: node.cores * 1000 - reserved.cpu,
				memory: node.memory - reserved.memory,
				pods: node.podCapacity,
			});
		}
		this.#workers = nodes.filter((node) => node.role === 'worker');
	}

	take(node: NodeModel, workload: Workload): void {
		const free = this.#free.get(node);
		if (!free) return;
		const request = requestOf(workload);
		free.cpu -= request.cpu;
		free.memory -= request.memory;
		free.pods--;
	}

	place(workload: Workload, key: number, nodes: readonly NodeModel[]): NodeModel | undefined {
		const candidates = workload.nodes === undefined ? this.#workers : nodesFor(workload, nodes);
		const request = requestOf(workload);
		let best: NodeModel | undefined;
		let bestScore = Number.NEGATIVE_INFINITY;
		const looks = Math.min(candidates.length, candidates.length > 200 ? 6 : 24);
		for (let look = 0; look < looks; look++) {
			const node = candidates[looks < candidates.length ? mix(key, look + 50) % candidates.length : look];
			const free = node && this.#free.get(node);
			if (!node || !free || free.pods <= 0) continue;
			// On one that has only just joined is what runs on every node, and nothing else yet.
			if (node.age < 1) continue;
			// A cordoned node keeps what it had: pods older than a few days.
			if (node.cordoned && (workload.age < 24 * 5 || workload.comings.kind !== 'stay')) continue;
			const cpu = (free.cpu - request.cpu) / (node.cores * 1000);
			const memory = (free.memory - request.memory) / node.memory;
			const score = Math.min(cpu, memory) + (mix(key, node.index) % 100) / 2000;
			if (score > bestScore) {
				best = node;
				bestScore = score;
			}
		}
		if (best) this.take(best, workload);
		return best;
	}
}

function addressOf(node: NodeModel | undefined, workload: Workload, index: number): string {
	if (!node) return '';
	return workload.hostNetwork ? node.address : `10.${64 + (node.index >> 8)}.${node.index & 255}.${2 + (index % 250)}`;
}

/**
 * Lays out a cluster: which nodes, which workloads, and a place for each pod.
 * @param options.origin ms since 1970
 * @param options.extra workloads that are there whatever the size
 */
export function makeWorld(options: {
	seed: number;
	nodes: number;
	pods: number;
	origin: number;
	/** Its clock stands still at `origin`. */
	still?: boolean;
	extra?: readonly Workload[];
	/** What becomes of a workload of the catalogue. */
	adapt?: (workload: Workload) => Workload;
	/** What becomes of a node, one of these. */
	adaptNode?: (node: NodeModel, nodes: readonly NodeModel[]) => NodeModel;
}): World {
	const made = makeNodes(options.seed, options.nodes);
	const nodes = made.map((node) => options.adaptNode?.(node, made) ?? node);
	const own = catalogue.map((workload) => options.adapt?.(workload) ?? workload);
	let drafts = own.flatMap((workload, order) => draftsOf(withReason(workload, nodes), nodes, order));
	let count = 0;
	for (const draft of drafts) count += podsOf(draft);
	if (count > options.pods) {
		drafts.sort((first, second) => first.rank - second.rank);
		let kept = 0;
		drafts = drafts.filter((draft) => {
			kept += podsOf(draft);
			return kept <= options.pods;
		});
	} else if (count < options.pods) {
		const namespaces = Math.min(1000, Math.max(4, Math.ceil((options.pods - count) / 150)));
		for (const workload of fleet(options.seed, namespaces)) {
			for (let ordinal = 0; ordinal < workload.replicas && count < options.pods; ordinal++, count++) {
				drafts.push({ workload, ordinal, rank: 0 });
			}
			if (count >= options.pods) break;
		}
	}

	for (const workload of options.extra ?? []) drafts.push(...draftsOf(workload, nodes, 0));

	const scheduler = new Scheduler(nodes);
	const keys = new SlotKeys();
	for (const draft of drafts) if (draft.node) scheduler.take(draft.node, draft.workload);
	const slots: Slot[] = [];
	const addresses = new Map<NodeModel, number>();
	const namespaces = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
	// One that was scaled down has no pods, and is there.
	const workloads = new Set(own.filter(({ replicas }) => replicas === 0));
	for (const { workload, ordinal, node: fixed } of drafts) {
		workloads.add(workload);
		namespaces.add(workload.namespace);
		const key = mix(mixText(options.seed, `${workload.namespace}/${workload.name}`), ordinal);
		const turns = turnsOf(workload);
		for (let turn = 0; turn < turns; turn++) {
			const slotKey = keys.take(workload, mix(key, turn));
			const waits = workload.unschedulable !== undefined && ordinal >= (workload.placed ?? 0);
			const node = waits ? undefined : (fixed ?? scheduler.place(workload, slotKey, nodes));
			const index = node ? (addresses.get(node) ?? 0) : 0;
			if (node) addresses.set(node, index + 1);
			slots.push({ workload, ordinal, turn, turns, key: slotKey, node, address: addressOf(node, workload, index) });
		}
	}
	return {
		seed: options.seed,
		origin: options.origin,
		still: options.still === true ? options.origin : Number.NaN,
		nodes,
		workloads: [...workloads],
		slots,
		namespaces: [...namespaces].sort(),
		large: slots.length > 4000,
	};
}
