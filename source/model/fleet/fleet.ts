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
	/** Number of the newest polls whose answers were joined; 0 = none yet. */
	podPoll = 0;
	nodePoll = 0;
	/** A poll of the pods was read to its end: their order by usage is that of all. */
	ranked = false;
	#summedEpoch = -1;

	constructor(historyLength = 120) {
		this.nodeHistory = new History(historyLength);
		this.containerHistory = new History(historyLength);
		this.nodes = new NodeTable(this.nodeNames, this.nodeHistory);
		this.containers = new ContainerTable(this.containerHistory);
		this.pods = new PodTable(this.nodeNames, this.namespaces, this.containers);
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
		if (this.podPoll === 0) {
			// There is nothing older that could be shown instead.
			this.podPoll = poll;
		}
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
		this.podPoll = poll;
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

	/**
	 * Brings the nodes' sums over their pods up to date: count, requests and limits of the pods that are not finished,
	 * as under "Allocated resources" of `kubectl describe node`, but for one thing: a limit counts only if it bounds its
	 * whole pod (kubectl adds the limits of single containers as well, which bound nothing).
	 */
	sumPods(): void {
		if (this.#summedEpoch === this.epoch) {
			return;
		}
		this.#summedEpoch = this.epoch;
		const { nodes, pods } = this;
		const { cpuLimited, cpuRequested, memoryLimited, memoryRequested, pods: counts } = nodes;
		for (const column of [counts, cpuRequested, memoryRequested, cpuLimited, memoryLimited]) {
			column.values.fill(0);
		}
		const slotOfNode = new Int32Array(this.nodeNames.words.length);
		for (let nameId = 0; nameId < slotOfNode.length; nameId++) {
			slotOfNode[nameId] = nodes.findId(nameId);
		}
		for (let slot = 0; slot < pods.slots.end; slot++) {
			const node = slotOfNode[pods.node.ids[slot] as number] as number;
			if (node < 0 || !pods.slots.isLive(slot) || pods.isFinished(slot)) {
				continue;
			}
			(counts.values[node] as number)++;
			// What is not set is NaN, which is no number to add.
			(cpuRequested.values[node] as number) += pods.cpuRequest.get(slot) || 0;
			(memoryRequested.values[node] as number) += pods.memoryRequest.get(slot) || 0;
			(cpuLimited.values[node] as number) += pods.cpuLimit.get(slot) || 0;
			(memoryLimited.values[node] as number) += pods.memoryLimit.get(slot) || 0;
		}
	}

	/** Forgets all pods and containers, and what was sampled of them: another namespace or selector is followed. */
	clearPods(): void {
		for (const slot of this.pods.slots.all()) {
			this.pods.remove(slot);
		}
		this.podPoll = 0;
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
