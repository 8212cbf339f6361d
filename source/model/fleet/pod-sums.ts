/**
 * Sums over the pods of a node, and counts of the pods of a namespace, kept as pods come, change and go: going over
 * 150,000 of them at each change of one takes longer than all that is done about the change.
 */
import type { ChoiceColumn, CountColumn, WordColumn } from './columns.ts';
import type { SharedNumberColumn } from './shared-number-column.ts';

/** What is summed of a pod. */
export interface SummedPods {
	readonly namespace: WordColumn;
	readonly node: WordColumn;
	readonly phase: ChoiceColumn<string>;
	readonly cpuRequest: SharedNumberColumn;
	readonly cpuLimit: SharedNumberColumn;
	readonly memoryRequest: SharedNumberColumn;
	readonly memoryLimit: SharedNumberColumn;
	readonly sampledIn: CountColumn;
	/** It has ended for good: it takes nothing of its node any more. */
	isFinished(slot: number): boolean;
}

/** One number for each id of a dictionary. */
class ById {
	#values = new Float64Array(64);

	get(id: number): number {
		return this.#values[id] ?? 0;
	}

	/** NaN, which is what is not set, adds nothing. */
	add(id: number, value: number): void {
		if (id >= this.#values.length) {
			const grown = new Float64Array(Math.max(id + 1, this.#values.length * 2));
			grown.set(this.#values);
			this.#values = grown;
		}
		(this.#values[id] as number) += value || 0;
	}

	/** Of fractions that were added and taken away again, a rest may stay. */
	clear(id: number): void {
		this.#values[id] = 0;
	}

	clearAll(): void {
		this.#values.fill(0);
	}

	sum(): number {
		return this.#values.reduce((sum, value) => sum + value, 0);
	}
}

export interface PodCounts {
	total: number;
	running: number;
	/** Those that the newest poll, or the one that is being read, brought a sample of. */
	sampled: number;
}

/** What the pods of one node that are not finished take together; each by the id of the node's name. */
export class NodeSums {
	readonly pods = new ById();
	readonly cpuRequest = new ById();
	readonly cpuLimit = new ById();
	readonly memoryRequest = new ById();
	readonly memoryLimit = new ById();

	add(pods: SummedPods, slot: number, sign: 1 | -1): void {
		const node = pods.node.id(slot);
		this.pods.add(node, sign);
		const isLast = this.pods.get(node) === 0;
		this.#change(this.cpuRequest, node, isLast, sign * pods.cpuRequest.get(slot));
		this.#change(this.cpuLimit, node, isLast, sign * pods.cpuLimit.get(slot));
		this.#change(this.memoryRequest, node, isLast, sign * pods.memoryRequest.get(slot));
		this.#change(this.memoryLimit, node, isLast, sign * pods.memoryLimit.get(slot));
	}

	#change(sums: ById, node: number, isLast: boolean, value: number): void {
		if (isLast) {
			sums.clear(node);
		} else {
			sums.add(node, value);
		}
	}
}

export class PodSums {
	/**
	 * As under "Allocated resources" of `kubectl describe node`, but for one thing: a limit counts only if it bounds its
	 * whole pod (kubectl adds the limits of single containers as well, which bound nothing).
	 */
	readonly onNode = new NodeSums();
	/** Number of the newest poll whose answer was joined, or of the first while it is read; 0 = none yet. */
	poll = 0;
	readonly #pods: SummedPods;
	readonly #running: number;
	readonly #total = new ById();
	readonly #runningPods = new ById();
	#sampled = new ById();
	/** The same of the poll that is being read. */
	#sampling = new ById();
	#reading = 0;

	constructor(pods: SummedPods) {
		this.#pods = pods;
		this.#running = pods.phase.choices.indexOf('Running');
	}

	/** A pod came, or has changed. */
	add(slot: number): void {
		this.#add(slot, 1);
	}

	/** A pod is going, or about to be changed. */
	take(slot: number): void {
		this.#add(slot, -1);
	}

	#add(slot: number, sign: 1 | -1): void {
		const pods = this.#pods;
		const namespace = pods.namespace.id(slot);
		this.#total.add(namespace, sign);
		if (pods.phase.values[slot] === this.#running) {
			this.#runningPods.add(namespace, sign);
		}
		if (!pods.isFinished(slot)) {
			this.onNode.add(pods, slot, sign);
		}
		const sampledIn = pods.sampledIn.get(slot);
		if (this.poll > 0 && sampledIn >= this.poll) {
			this.#sampled.add(namespace, sign);
		}
		if (this.#reading > 0 && sampledIn === this.#reading) {
			this.#sampling.add(namespace, sign);
		}
	}

	/** The pod is getting a sample of this poll: called before its number is written to the row. */
	sample(slot: number, poll: number): void {
		if (this.poll === 0) {
			// There is nothing older that could be shown instead.
			this.poll = poll;
		}
		if (this.#reading !== poll) {
			this.#reading = poll;
			this.#sampling.clearAll();
		}
		const namespace = this.#pods.namespace.id(slot);
		const before = this.#pods.sampledIn.get(slot);
		if (before < this.poll) {
			this.#sampled.add(namespace, 1);
		}
		if (before !== poll) {
			this.#sampling.add(namespace, 1);
		}
	}

	/** The answer is read to its end: it becomes the newest poll. */
	end(poll: number): void {
		[this.#sampled, this.#sampling] = [this.#sampling, this.#sampled];
		if (this.#reading !== poll) {
			// It brought nothing at all.
			this.#sampled.clearAll();
		}
		this.poll = poll;
	}

	/** The pods are gone, and what comes next has nothing to do with them. */
	forgetPolls(): void {
		this.poll = 0;
	}

	/** @param namespace its id in the dictionary, −1 if it is not known; absent: all of them */
	count(namespace?: number): PodCounts {
		const read = (counts: ById) => (namespace === undefined ? counts.sum() : counts.get(namespace));
		return { total: read(this.#total), running: read(this.#runningPods), sampled: read(this.#sampled) };
	}
}
