import type { PodColumn } from '../../model/columns.ts';
import type { WordColumn } from '../../model/fleet/columns.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { PodRow, Scope } from '../messages.ts';
import { podUsage, readShown, shownSince, type UsageContext } from '../usage.ts';
import { NameRanks } from './name-ranks.ts';
import { NaturalOrder } from './natural-order.ts';
import { NameSearch, Search, searchesOf } from './search.ts';
import { selectWord } from './select.ts';
import { numbersOf, type SortKey, since, wordsOf } from './sort-key.ts';
import type { Comings, ListTable } from './table.ts';

/** How many polls the trend of a row reaches back. */
export const trendLength = 30;

/** How exactly it is watched that samples grow too old to be shown, ms. */
const forgetting = 15_000;

/** A function whose loop goes over many rows is compiled as a whole by the time it is called again. */
const untilCompiled = 3;

/** The list of pods, over the fleet's columns. */
export class PodList implements ListTable<PodRow, PodColumn> {
	readonly hasLabels = true;
	readonly comings: Comings;
	readonly #fleet: Fleet;
	readonly #context: () => UsageContext;
	readonly #order: NaturalOrder;
	readonly #names: NameRanks;
	readonly #namespace: () => string | null;

	/** @param namespace The namespace that the user looks at, null for all. */
	constructor(fleet: Fleet, context: () => UsageContext, namespace: () => string | null) {
		this.#fleet = fleet;
		this.#context = context;
		this.#namespace = namespace;
		const { pods } = fleet;
		const byNamespace = (a: number, b: number) => compareWords(pods.namespace.get(a), pods.namespace.get(b));
		this.#names = new NameRanks(pods.slots, pods.name, byNamespace);
		this.#order = new NaturalOrder(pods.slots, (a, b) => byNamespace(a, b) || pods.name.compare(a, b));
		this.comings = {
			slots: pods.slots,
			compare: this.#order.compare,
			versionOf: (column, scope) => this.#valuesOf(column, scope),
			chosenBy: (scope) => this.#chosenBy(scope),
		};
	}

	*prepare(): Generator<void> {
		yield* this.#names.prepare();
		for (const { dictionary } of this.#searched()) {
			dictionary.prepareSearch();
			yield;
		}
		const [first = -1] = this.#order.get();
		for (let time = 0; time < untilCompiled; time++) {
			this.slots({ namespace: this.#fleet.pods.namespace.get(first) });
			yield;
		}
	}

	slots(scope: Scope): Uint32Array {
		const { pods } = this.#fleet;
		const namespace = scope.namespace ?? this.#namespace();
		if (scope.pod !== undefined) {
			const slot = pods.findUid(scope.pod);
			return Uint32Array.from(slot < 0 ? [] : [slot]);
		}
		const order = this.#order.get();
		const inNamespace = namespace === null ? order : selectWord(order, pods.namespace, namespace);
		return scope.node === undefined ? inNamespace : selectWord(inNamespace, pods.node, scope.node);
	}

	versionOf(column: string, scope: Scope): string {
		return `${this.#fleet.pods.slots.version} ${this.comings.versionOf(column, scope)}`;
	}

	#valuesOf(column: string, scope: Scope): string {
		const { epoch, pods } = this.#fleet;
		const chosen = this.#chosenBy(scope);
		switch (column) {
			case 'namespace':
			case 'name':
			case 'age':
				return `${chosen} ${pods.listed}`;
			case 'cpu':
			case 'memory':
				return `${chosen} ${pods.finishes} ${pods.samples} ${Math.floor(this.#context().serverTime / forgetting)}`;
			default:
				return `${chosen} ${epoch} ${this.#context().serverTime}`;
		}
	}

	#chosenBy({ node }: Scope): string {
		// A pod gets its node later than its name.
		return `${this.#namespace()} ${node === undefined ? '' : this.#fleet.epoch}`;
	}

	text(slot: number): string {
		const { pods } = this.#fleet;
		return `${pods.namespace.get(slot)}/${pods.name.get(slot)} ${pods.node.get(slot)} ${pods.status.get(slot)} ${pods.owner.get(slot)}`;
	}

	searcher(pattern: RegExp): Search {
		const { pods } = this.#fleet;
		const names = new NameSearch(pods.name, pattern);
		const shared = searchesOf(this.#searched(), pattern);
		return new Search(
			(slot) => shared.some((column) => column.holds(slot)) || names.holds(slot),
			() => {
				const found = new Uint8Array(pods.slots.end);
				for (const column of [...shared, names]) {
					column.mark(found, found.length);
				}
				return found;
			},
		);
	}

	/** The columns of words that a filter searches beside the names. */
	#searched(): WordColumn[] {
		const { namespace, node, owner, status } = this.#fleet.pods;
		return [namespace, node, status, owner];
	}

	uid(slot: number): string {
		return this.#fleet.pods.uidOf(slot);
	}

	find(uid: string): number {
		return this.#fleet.pods.findUid(uid);
	}

	keys(): Record<PodColumn, SortKey> {
		const { pods } = this.#fleet;
		const context = this.#context();
		const numbers = (values: (slot: number) => number): SortKey => ({ numbers: values });
		const cpu = (slot: number) => shownCpu(this.#fleet, slot, context);
		const memory = (slot: number) => shownMemory(this.#fleet, slot, context);
		const shown = (quantity: 'cpu' | 'memory', values: (slot: number) => number): SortKey => ({
			numbers: values,
			read: (slots, into) => readShown(this.#fleet, quantity, slots, context, into),
		});
		const allocatable = (slot: number, quantity: 'cpuAllocatable' | 'memoryAllocatable') =>
			nodeValue(this.#fleet, slot, quantity);
		return {
			namespace: wordsOf(pods.namespace),
			name: {
				words: (slot) => pods.name.get(slot),
				ranks: () => this.#names.ranks(),
				order: () => this.#names.order(),
			},
			ready: numbers((slot) => pods.readyContainers.get(slot) / pods.totalContainers.get(slot)),
			status: wordsOf(pods.status),
			restarts: numbersOf(pods.restarts),
			node: wordsOf(pods.node),
			age: since(pods.createdAt, context.serverTime),
			owner: wordsOf(pods.owner),
			ip: { words: (slot) => pods.ip.get(slot) },
			qos: wordsOf(pods.qosClass),
			cpu: shown('cpu', cpu),
			'cpuRequest%': numbers((slot) => (100 * cpu(slot)) / pods.cpuRequest.get(slot)),
			'cpuLimit%': numbers((slot) => (100 * cpu(slot)) / pods.cpuLimit.get(slot)),
			'cpuAllocatable%': numbers((slot) => (100 * cpu(slot)) / allocatable(slot, 'cpuAllocatable')),
			cpuRequest: numbersOf(pods.cpuRequest),
			cpuLimit: numbersOf(pods.cpuLimit),
			memory: shown('memory', memory),
			'memoryRequest%': numbers((slot) => (100 * memory(slot)) / pods.memoryRequest.get(slot)),
			'memoryLimit%': numbers((slot) => (100 * memory(slot)) / pods.memoryLimit.get(slot)),
			'memoryAllocatable%': numbers((slot) => (100 * memory(slot)) / allocatable(slot, 'memoryAllocatable')),
			memoryRequest: numbersOf(pods.memoryRequest),
			memoryLimit: numbersOf(pods.memoryLimit),
			sampleAge: since(pods.sampledAt, context.serverTime),
		};
	}

	row(slot: number): PodRow {
		return makePodRow(this.#fleet, slot, this.#context());
	}
}

export function makePodRow(fleet: Fleet, slot: number, context: UsageContext): PodRow {
	const { pods } = fleet;
	return {
		uid: pods.uidOf(slot),
		namespace: pods.namespace.get(slot),
		name: pods.name.get(slot),
		node: pods.node.get(slot),
		phase: pods.phase.get(slot),
		status: pods.status.get(slot),
		readyContainers: pods.readyContainers.get(slot),
		totalContainers: pods.totalContainers.get(slot),
		restarts: pods.restarts.get(slot),
		lastRestartAt: pods.lastRestartAt.get(slot),
		createdAt: pods.createdAt.get(slot),
		owner: pods.owner.get(slot),
		qosClass: pods.qosClass.get(slot),
		ip: pods.ip.get(slot),
		cpuRequest: pods.cpuRequest.get(slot),
		cpuLimit: pods.cpuLimit.get(slot),
		memoryRequest: pods.memoryRequest.get(slot),
		memoryLimit: pods.memoryLimit.get(slot),
		usage: podUsage(fleet, slot, context),
		cpuTrend: fleet.podHistory(slot, 'cpu', trendLength),
		memoryTrend: fleet.podHistory(slot, 'memory', trendLength),
		cpuAllocatable: nodeValue(fleet, slot, 'cpuAllocatable'),
		memoryAllocatable: nodeValue(fleet, slot, 'memoryAllocatable'),
	};
}

function nodeValue(fleet: Fleet, slot: number, quantity: 'cpuAllocatable' | 'memoryAllocatable'): number {
	const node = fleet.nodes.findId(fleet.pods.node.id(slot));
	return node < 0 ? Number.NaN : fleet.nodes[quantity].get(node);
}

function shownCpu(fleet: Fleet, slot: number, context: UsageContext): number {
	return shownSince(fleet, slot, context) > 0 ? fleet.pods.cpu.get(slot) : Number.NaN;
}

function shownMemory(fleet: Fleet, slot: number, context: UsageContext): number {
	return shownSince(fleet, slot, context) > 0 ? fleet.pods.memory.get(slot) : Number.NaN;
}
