import type { NodeColumn } from '../../model/columns.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { NodeRow, Scope } from '../messages.ts';
import { nodeUsage, type UsageContext } from '../usage.ts';
import { NaturalOrder } from './natural-order.ts';
import { trendLength } from './pods.ts';
import { selectWord } from './select.ts';
import type { SortKey } from './sort-key.ts';
import type { ListTable } from './table.ts';

/** Which sums over a node's pods mean something. */
export interface KnownSums {
	/** The pods of all namespaces are followed: else their number would be too small. */
	pods: boolean;
	/** And what they request and may take is known. */
	requests: boolean;
}

/** The list of nodes. */
export class NodeList implements ListTable<NodeRow, NodeColumn> {
	readonly hasLabels = false;
	readonly #fleet: Fleet;
	readonly #context: () => UsageContext;
	readonly #order: NaturalOrder;
	readonly #known: () => KnownSums;

	constructor(fleet: Fleet, context: () => UsageContext, known: () => KnownSums) {
		this.#fleet = fleet;
		this.#context = context;
		this.#known = known;
		const { nodes } = fleet;
		this.#order = new NaturalOrder(nodes.slots, (a, b) => compareWords(nodes.name.get(a), nodes.name.get(b)));
	}

	slots(scope: Scope): Uint32Array {
		const order = this.#order.get();
		return scope.node === undefined ? order : selectWord(order, this.#fleet.nodes.name, scope.node);
	}

	versionOf(column: string): string {
		const { epoch, nodes } = this.#fleet;
		const { pods, requests } = this.#known();
		// Nodes report all the time, and their names stay.
		return column === 'name' ? `${nodes.slots.version}` : `${epoch} ${this.#context().serverTime} ${pods} ${requests}`;
	}

	text(slot: number): string {
		const { nodes } = this.#fleet;
		return `${nodes.name.get(slot)} ${nodes.status.get(slot)} ${nodes.roles.get(slot)} ${nodes.pressure.get(slot)}`;
	}

	uid(slot: number): string {
		return this.#fleet.nodes.uid.get(slot);
	}

	keys(): Record<NodeColumn, SortKey> {
		const { nodes } = this.#fleet;
		const { onNode } = this.#fleet.pods.sums;
		const context = this.#context();
		const numbers = (values: (slot: number) => number): SortKey => ({ numbers: values });
		const usage = (slot: number, quantity: 'cpu' | 'memory') => {
			const shown = nodeUsage(this.#fleet, slot, context);
			return shown.kind === 'sampled' ? shown[quantity] : Number.NaN;
		};
		const share = (sum: 'cpuRequest' | 'memoryRequest' | 'cpuLimit' | 'memoryLimit') =>
			numbers((slot) => {
				const whole = sum.startsWith('cpu') ? nodes.cpuAllocatable.get(slot) : nodes.memoryAllocatable.get(slot);
				return this.#known().requests ? (100 * onNode[sum].get(nodes.name.id(slot))) / whole : Number.NaN;
			});
		return {
			name: {
				words: (slot) => nodes.name.get(slot),
				ranks: () => this.#order.ranks(),
				order: () => this.#order.get(),
			},
			status: { words: (slot) => nodes.status.get(slot) },
			roles: { words: (slot) => nodes.roles.get(slot) },
			version: { words: (slot) => nodes.kubeletVersion.get(slot) },
			ip: { words: (slot) => nodes.internalIp.get(slot) },
			os: { words: (slot) => nodes.osImage.get(slot) },
			kernel: { words: (slot) => nodes.kernelVersion.get(slot) },
			runtime: { words: (slot) => nodes.containerRuntime.get(slot) },
			arch: { words: (slot) => nodes.architecture.get(slot) },
			age: numbers((slot) => context.serverTime - nodes.createdAt.get(slot)),
			pods: numbers((slot) => (this.#known().pods ? onNode.pods.get(nodes.name.id(slot)) : Number.NaN)),
			cpu: numbers((slot) => usage(slot, 'cpu')),
			'cpuAllocatable%': numbers((slot) => (100 * usage(slot, 'cpu')) / nodes.cpuAllocatable.get(slot)),
			'cpuRequested%': share('cpuRequest'),
			'cpuLimited%': share('cpuLimit'),
			memory: numbers((slot) => usage(slot, 'memory')),
			'memoryAllocatable%': numbers((slot) => (100 * usage(slot, 'memory')) / nodes.memoryAllocatable.get(slot)),
			'memoryRequested%': share('memoryRequest'),
			'memoryLimited%': share('memoryLimit'),
			sampleAge: numbers((slot) => context.serverTime - nodes.sampledAt.get(slot)),
		};
	}

	row(slot: number): NodeRow {
		return makeNodeRow(this.#fleet, slot, this.#context(), this.#known());
	}
}

export function makeNodeRow(fleet: Fleet, slot: number, context: UsageContext, known: KnownSums): NodeRow {
	const { nodes } = fleet;
	const { onNode } = fleet.pods.sums;
	const name = nodes.name.id(slot);
	const sum = (value: number) => (known.requests ? value : Number.NaN);
	return {
		uid: nodes.uid.get(slot),
		name: nodes.name.get(slot),
		kind: nodes.kind.get(slot),
		status: nodes.status.get(slot),
		roles: nodes.roles.get(slot),
		kubeletVersion: nodes.kubeletVersion.get(slot),
		internalIp: nodes.internalIp.get(slot),
		osImage: nodes.osImage.get(slot),
		kernelVersion: nodes.kernelVersion.get(slot),
		containerRuntime: nodes.containerRuntime.get(slot),
		architecture: nodes.architecture.get(slot),
		createdAt: nodes.createdAt.get(slot),
		pressure: nodes.pressure.get(slot),
		cpuAllocatable: nodes.cpuAllocatable.get(slot),
		memoryAllocatable: nodes.memoryAllocatable.get(slot),
		cpuCapacity: nodes.cpuCapacity.get(slot),
		memoryCapacity: nodes.memoryCapacity.get(slot),
		podAllocatable: nodes.podAllocatable.get(slot),
		pods: known.pods ? onNode.pods.get(name) : Number.NaN,
		cpuRequested: sum(onNode.cpuRequest.get(name)),
		memoryRequested: sum(onNode.memoryRequest.get(name)),
		cpuLimited: sum(onNode.cpuLimit.get(name)),
		memoryLimited: sum(onNode.memoryLimit.get(name)),
		usage: nodeUsage(fleet, slot, context),
		cpuTrend: fleet.nodeHistory.read(slot, 'cpu', trendLength),
		memoryTrend: fleet.nodeHistory.read(slot, 'memory', trendLength),
	};
}
