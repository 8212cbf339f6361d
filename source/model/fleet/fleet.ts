import type { NodeRecord, NodeUsageRecord, PodRecord, PodUsageRecord } from '../records.ts';
import { ContainerTable } from './containers.ts';
import { Dictionary } from './dictionary.ts';
import { History } from './history.ts';
import { NodeTable } from './nodes.ts';
import { PodTable } from './pods.ts';

/** Rows that may come while a list is read. */
const spare = 256;
/** How much the containers of all pods may be more than those of the pods that are known already would say. */
const uncertainty = 0.05;

/**
 * Everything that is known of the cluster in breadth: three tables of columns and the history of their samples. Filled
 * record by record as pages and events arrive, joined with metrics by name; no Kubernetes object is kept.
 */
export class Fleet {
	readonly namespaces = new Dictionary();
	readonly nodeNames = new Dictionary();
	readonly nodeHistory: History;
	readonly containerHistory: History;
	readonly nodes: NodeTable;
	readonly containers: ContainerTable;
	readonly pods: PodTable;
	/** Grows with every change: who has drawn an epoch need not look again until it has moved. */
	epoch = 0;
	/** Number of the newest poll of the nodes whose answer was joined; 0 = none yet. */
	nodePoll = 0;
	/** A poll of the pods was read to its end: their order by usage is that of all. */
	ranked = false;

	constructor(historyLength = 120) {
		this.nodeHistory = new History(historyLength);
		this.containerHistory = new History(historyLength);
		this.nodes = new NodeTable(this.nodeNames, this.nodeHistory);
		this.containers = new ContainerTable(this.containerHistory);
		this.pods = new PodTable(this.nodeNames, this.namespaces, this.containers);
	}

	/** Number of the newest poll of the pods whose answer was joined, or of the first while it is read; 0 = none yet. */
	get podPoll(): number {
		return this.pods.sums.poll;
	}

	/**
	 * Makes room for so many pods in all at once, unless there is: growing step by step copies everything again and again.
	 */
	expectPods(all: number): void {
		const { containers, pods } = this;
		if (all <= pods.slots.live.length) {
			return;
		}
		pods.reserve(all + spare);
		const each = containers.slots.count / Math.max(1, pods.slots.count);
		containers.slots.reserve(Math.ceil(all * each * (1 + uncertainty)) + spare);
	}

	putPod(record: PodRecord, seenIn: number): void {
		this.pods.put(record, seenIn);
		this.epoch++;
	}

	/** A deletion; ignored when the name is taken by a newer pod already. */
	removePod(record: PodRecord): void {
		const slot = this.pods.find(record.namespace, record.name);
		if (slot >= 0 && this.pods.uid.is(slot, record.uid)) {
			this.pods.remove(slot);
			this.epoch++;
		}
	}

	putNode(record: NodeRecord, seenIn: number): void {
		this.nodes.put(record, seenIn);
		this.epoch++;
	}

	removeNode(record: NodeRecord): void {
		const slot = this.nodes.find(record.name);
		if (slot >= 0 && this.nodes.uid.get(slot) === record.uid) {
			this.nodes.remove(slot);
			this.epoch++;
		}
	}

	/**
	 * Joins one item of the pod metrics answer that is being read; `poll` is the number it will have, one that no other
	 * poll has.
	 *
	 * @param add A pod that is not known yet gets a row, of which the list of pods will bring the rest.
	 */
	samplePod(record: PodUsageRecord, poll: number, add = false): void {
		this.pods.sample(record, poll, add);
	}

	sampleNode(record: NodeUsageRecord, poll: number): void {
		this.nodes.sample(record, poll);
	}

	/** The answer is read to its end: it becomes the newest poll, and a point of the containers' history. */
	endPodPoll(poll: number, time: number): void {
		this.keepPodPoll(poll);
		this.containerHistory.end(poll, time);
		this.epoch++;
	}

	/** As {@link endPodPoll}, of an answer that brought the samples of before: no point of the history. */
	keepPodPoll(poll: number): void {
		this.pods.sums.end(poll);
		this.ranked = true;
	}

	endNodePoll(poll: number, time: number): void {
		this.nodePoll = poll;
		this.nodeHistory.end(poll, time);
		this.epoch++;
	}

	/** A pod's history: the sum over its containers, NaN where none of them was sampled. */
	podHistory(slot: number, quantity: 'cpu' | 'memory', count?: number): number[] {
		let sum: number[] | undefined;
		for (const container of this.containers.chain(this.pods.firstContainer.get(slot))) {
			const values = this.containerHistory.read(container, quantity, count);
			sum = sum === undefined ? values : sum.map((value, index) => add(value, values[index] ?? Number.NaN));
		}
		return sum ?? [];
	}

	/** Forgets all pods and containers, and what was sampled of them: another namespace or selector is followed. */
	clearPods(): void {
		for (const slot of this.pods.slots.all()) {
			this.pods.remove(slot);
		}
		this.pods.sums.forgetPolls();
		this.ranked = false;
		this.epoch++;
	}
}

function add(a: number, b: number): number {
	if (Number.isNaN(a)) {
		return b;
	}
	return Number.isNaN(b) ? a : a + b;
}
