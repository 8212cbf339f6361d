import type { ContainerColumn } from '../../model/columns.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { ContainerRow, Scope } from '../messages.ts';
import { containerUsage, isContainerShown, readShownContainers, type UsageContext } from '../usage.ts';
import { type PodList, trendLength } from './pods.ts';
import { NameSearch, Search, searchesOf, WordSearch } from './search.ts';
import { numbersOf, ofPods, type SortKey, since, wordsOf } from './sort-key.ts';
import type { ListTable } from './table.ts';

/** The list of containers: those of the pods in the scope, in the order of their spec. */
export class ContainerList implements ListTable<ContainerRow, ContainerColumn> {
	readonly hasLabels = true;
	readonly #fleet: Fleet;
	readonly #context: () => UsageContext;
	readonly #pods: PodList;
	/** Those of the pods that were asked for last, as long as there are the same. */
	#last: { pods: Uint32Array; chains: number; slots: Uint32Array } | null = null;

	constructor(fleet: Fleet, context: () => UsageContext, pods: PodList) {
		this.#fleet = fleet;
		this.#context = context;
		this.#pods = pods;
	}

	slots(scope: Scope): Uint32Array {
		const { containers } = this.#fleet;
		const podSlots = this.#pods.slots(scope);
		const { chains } = containers;
		if (this.#last?.pods !== podSlots || this.#last.chains !== chains) {
			this.#last = { pods: podSlots, chains, slots: this.#slotsOf(podSlots) };
		}
		return this.#last.slots;
	}

	#slotsOf(podSlots: Uint32Array): Uint32Array {
		const { containers, pods } = this.#fleet;
		let found = new Uint32Array(Math.min(containers.slots.count, podSlots.length * 4));
		let length = 0;
		for (const pod of podSlots) {
			for (let link = pods.firstContainer.get(pod); link !== 0; link = containers.next.get(link - 1)) {
				if (length === found.length) {
					found = grown(found);
				}
				found[length++] = link - 1;
			}
		}
		return found.subarray(0, length);
	}

	versionOf(column: string, scope: Scope): string {
		const pods = this.#pods.versionOf(column, scope);
		// Which containers a pod has, and whether they run, is known only by looking.
		return column === 'cpu' || column === 'memory'
			? `${pods} ${this.#fleet.containers.changes}`
			: `${pods} ${this.#fleet.epoch}`;
	}

	searcher(pattern: RegExp): Search {
		const { containers, pods } = this.#fleet;
		const { image, name, state } = containers;
		const own = searchesOf([name, state, image], pattern);
		const names = new NameSearch(pods.name, pattern);
		const namespace = new WordSearch(pods.namespace, pattern);
		return new Search(
			(slot) => {
				const pod = containers.pod.get(slot);
				return own.some((column) => column.holds(slot)) || namespace.holds(pod) || names.holds(pod);
			},
			() => {
				const ofPods = new Uint8Array(pods.slots.end);
				names.mark(ofPods, ofPods.length);
				namespace.mark(ofPods, ofPods.length);
				const found = new Uint8Array(containers.slots.end);
				for (let slot = 0; slot < found.length; slot++) {
					found[slot] = ofPods[containers.pod.get(slot)] as number;
				}
				for (const column of own) {
					column.mark(found, found.length);
				}
				return found;
			},
		);
	}

	text(slot: number): string {
		const { containers, pods } = this.#fleet;
		const pod = containers.pod.get(slot);
		return `${pods.namespace.get(pod)}/${pods.name.get(pod)} ${containers.name.get(slot)} ${containers.state.get(slot)} ${containers.image.get(slot)}`;
	}

	uid(slot: number): string {
		return containerUid(this.#fleet, slot);
	}

	find(uid: string): number {
		return findContainer(this.#fleet, uid);
	}

	keys(): Record<ContainerColumn, SortKey> {
		const { containers, pods } = this.#fleet;
		const context = this.#context();
		const numbers = (values: (slot: number) => number): SortKey => ({ numbers: values });
		const usage = (slot: number, quantity: 'cpu' | 'memory') =>
			isContainerShown(this.#fleet, slot, context) ? containers[quantity].get(slot) : Number.NaN;
		const shown = (quantity: 'cpu' | 'memory'): SortKey => ({
			numbers: (slot) => usage(slot, quantity),
			read: (slots, into) => readShownContainers(this.#fleet, quantity, slots, context, into),
		});
		const percent = (quantity: 'cpu' | 'memory', bound: 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit') =>
			numbers((slot) => (100 * usage(slot, quantity)) / containers[bound].get(slot));
		const ofPod = this.#pods.keys();
		return {
			namespace: ofPods(ofPod.namespace, containers.pod),
			pod: ofPods(ofPod.name, containers.pod),
			name: wordsOf(containers.name),
			kind: { words: (slot) => containers.kind.get(slot) },
			state: wordsOf(containers.state),
			ready: numbersOf(containers.ready),
			restarts: numbersOf(containers.restarts),
			node: ofPods(ofPod.node, containers.pod),
			age: since(containers.startedAt, context.serverTime),
			image: wordsOf(containers.image),
			lastTermination: wordsOf(containers.lastTermination),
			cpu: shown('cpu'),
			'cpuRequest%': percent('cpu', 'cpuRequest'),
			'cpuLimit%': percent('cpu', 'cpuLimit'),
			cpuRequest: numbersOf(containers.cpuRequest),
			cpuLimit: numbersOf(containers.cpuLimit),
			memory: shown('memory'),
			'memoryRequest%': percent('memory', 'memoryRequest'),
			'memoryLimit%': percent('memory', 'memoryLimit'),
			memoryRequest: numbersOf(containers.memoryRequest),
			memoryLimit: numbersOf(containers.memoryLimit),
			sampleAge: numbers((slot) => context.serverTime - pods.sampledAt.get(containers.pod.get(slot))),
		};
	}

	row(slot: number): ContainerRow {
		return makeContainerRow(this.#fleet, slot, this.#context());
	}
}

/** `podUid/name`: containers have no uid of their own that outlives a restart. */
export function containerUid(fleet: Fleet, slot: number): string {
	const { containers, pods } = fleet;
	return `${pods.uidOf(containers.pod.get(slot))}/${containers.name.get(slot)}`;
}

/** The container of a uid, −1 if there is none such. */
export function findContainer(fleet: Fleet, uid: string): number {
	const { containers, pods } = fleet;
	const slash = uid.lastIndexOf('/');
	const pod = pods.findUid(uid.slice(0, slash));
	const name = uid.slice(slash + 1);
	for (const slot of containers.chain(pod < 0 ? 0 : pods.firstContainer.get(pod))) {
		if (containers.name.get(slot) === name) {
			return slot;
		}
	}
	return -1;
}

function grown(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(values.length * 2 + 16);
	larger.set(values);
	return larger;
}

export function makeContainerRow(fleet: Fleet, slot: number, context: UsageContext): ContainerRow {
	const { containers, pods } = fleet;
	const pod = containers.pod.get(slot);
	return {
		uid: containerUid(fleet, slot),
		podUid: pods.uidOf(pod),
		namespace: pods.namespace.get(pod),
		pod: pods.name.get(pod),
		name: containers.name.get(slot),
		node: pods.node.get(pod),
		kind: containers.kind.get(slot),
		image: containers.image.get(slot),
		state: containers.state.get(slot),
		ready: containers.ready.get(slot) === 1,
		restarts: containers.restarts.get(slot),
		startedAt: containers.startedAt.get(slot),
		lastTermination: containers.lastTermination.get(slot),
		lastTerminatedAt: containers.lastTerminatedAt.get(slot),
		cpuRequest: containers.cpuRequest.get(slot),
		cpuLimit: containers.cpuLimit.get(slot),
		memoryRequest: containers.memoryRequest.get(slot),
		memoryLimit: containers.memoryLimit.get(slot),
		usage: containerUsage(fleet, slot, context),
		cpuTrend: fleet.containerHistory.read(slot, 'cpu', trendLength),
		memoryTrend: fleet.containerHistory.read(slot, 'memory', trendLength),
	};
}
