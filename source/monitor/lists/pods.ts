import type { PodColumn } from '../../model/columns.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { PodRow, Scope } from '../messages.ts';
import { podUsage, type UsageContext } from '../usage.ts';
import type { ListTable, SortKey } from './list.ts';
import { NaturalOrder } from './natural-order.ts';

/** How many polls the trend of a row reaches back. */
export const trendLength = 30;

/** The list of pods, over the fleet's columns. */
export class PodList implements ListTable<PodRow, PodColumn> {
	readonly hasLabels = true;
	readonly #fleet: Fleet;
	readonly #context: () => UsageContext;
	readonly #order: NaturalOrder;
	readonly #namespace: () => string | null;

	/** @param namespace The namespace that the user looks at, null for all. */
	constructor(fleet: Fleet, context: () => UsageContext, namespace: () => string | null) {
		this.#fleet = fleet;
		this.#context = context;
		this.#namespace = namespace;
		const { pods } = fleet;
		this.#order = new NaturalOrder(
			pods.slots,
			(a, b) =>
				compareWords(pods.namespace.get(a), pods.namespace.get(b)) || compareWords(pods.name.get(a), pods.name.get(b)),
		);
	}

	slots(scope: Scope): Uint32Array {
		const { pods } = this.#fleet;
		const order = this.#order.get();
		const namespace = scope.namespace ?? this.#namespace();
		if (namespace === null && scope.node === undefined && scope.pod === undefined) {
			return order;
		}
		return order.filter(
			(slot) =>
				(namespace === null || pods.namespace.get(slot) === namespace) &&
				(scope.node === undefined || pods.node.get(slot) === scope.node) &&
				(scope.pod === undefined || pods.uid.get(slot) === scope.pod),
		);
	}

	text(slot: number): string {
		const { pods } = this.#fleet;
		return `${pods.namespace.get(slot)}/${pods.name.get(slot)} ${pods.node.get(slot)} ${pods.status.get(slot)} ${pods.owner.get(slot)}`;
	}

	uid(slot: number): string {
		return this.#fleet.pods.uid.get(slot);
	}

	keys(): Record<PodColumn, SortKey> {
		const { pods } = this.#fleet;
		const context = this.#context();
		const numbers = (values: (slot: number) => number): SortKey => ({ numbers: values });
		const cpu = (slot: number) => shownCpu(this.#fleet, slot, context);
		const memory = (slot: number) => shownMemory(this.#fleet, slot, context);
		const allocatable = (slot: number, quantity: 'cpuAllocatable' | 'memoryAllocatable') =>
			nodeValue(this.#fleet, slot, quantity);
		return {
			namespace: { words: (slot) => pods.namespace.get(slot) },
			name: { words: (slot) => pods.name.get(slot) },
			ready: numbers((slot) => pods.readyContainers.get(slot) / pods.totalContainers.get(slot)),
			status: { words: (slot) => pods.status.get(slot) },
			restarts: numbers((slot) => pods.restarts.get(slot)),
			node: { words: (slot) => pods.node.get(slot) },
			age: numbers((slot) => context.serverTime - pods.createdAt.get(slot)),
			owner: { words: (slot) => pods.owner.get(slot) },
			ip: { words: (slot) => pods.ip.get(slot) },
			qos: { words: (slot) => pods.qosClass.get(slot) },
			cpu: numbers(cpu),
			'cpuRequest%': numbers((slot) => (100 * cpu(slot)) / pods.cpuRequest.get(slot)),
			'cpuLimit%': numbers((slot) => (100 * cpu(slot)) / pods.cpuLimit.get(slot)),
			'cpuAllocatable%': numbers((slot) => (100 * cpu(slot)) / allocatable(slot, 'cpuAllocatable')),
			cpuRequest: numbers((slot) => pods.cpuRequest.get(slot)),
			cpuLimit: numbers((slot) => pods.cpuLimit.get(slot)),
			memory: numbers(memory),
			'memoryRequest%': numbers((slot) => (100 * memory(slot)) / pods.memoryRequest.get(slot)),
			'memoryLimit%': numbers((slot) => (100 * memory(slot)) / pods.memoryLimit.get(slot)),
			'memoryAllocatable%': numbers((slot) => (100 * memory(slot)) / allocatable(slot, 'memoryAllocatable')),
			memoryRequest: numbers((slot) => pods.memoryRequest.get(slot)),
			memoryLimit: numbers((slot) => pods.memoryLimit.get(slot)),
			sampleAge: numbers((slot) => context.serverTime - pods.sampledAt.get(slot)),
		};
	}

	row(slot: number): PodRow {
		return makePodRow(this.#fleet, slot, this.#context());
	}
}

export function makePodRow(fleet: Fleet, slot: number, context: UsageContext): PodRow {
	const { pods } = fleet;
	return {
		uid: pods.uid.get(slot),
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
	const usage = podUsage(fleet, slot, context);
	return usage.kind === 'sampled' ? usage.cpu : Number.NaN;
}

function shownMemory(fleet: Fleet, slot: number, context: UsageContext): number {
	const usage = podUsage(fleet, slot, context);
	return usage.kind === 'sampled' ? usage.memory : Number.NaN;
}
