import type { ContainerColumn } from '../../model/columns.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { ContainerRow, Scope } from '../messages.ts';
import { containerUsage, type UsageContext } from '../usage.ts';
import type { ListTable, SortKey } from './list.ts';
import { type PodList, trendLength } from './pods.ts';

/** The list of containers: those of the pods in the scope, in the order of their spec. */
export class ContainerList implements ListTable<ContainerRow, ContainerColumn> {
	readonly hasLabels = true;
	readonly #fleet: Fleet;
	readonly #context: () => UsageContext;
	readonly #pods: PodList;

	constructor(fleet: Fleet, context: () => UsageContext, pods: PodList) {
		this.#fleet = fleet;
		this.#context = context;
		this.#pods = pods;
	}

	slots(scope: Scope): Uint32Array {
		const { containers, pods } = this.#fleet;
		const found = new Uint32Array(containers.slots.count);
		let length = 0;
		for (const pod of this.#podsIn(scope)) {
			for (const slot of containers.chain(pods.firstContainer.get(pod))) {
				found[length++] = slot;
			}
		}
		return found.subarray(0, length);
	}

	#podsIn(scope: Scope): Iterable<number> {
		if (scope.pod === undefined) {
			return this.#pods.slots(scope);
		}
		const pod = this.#fleet.pods.findUid(scope.pod);
		return pod < 0 ? [] : [pod];
	}

	text(slot: number): string {
		const { containers, pods } = this.#fleet;
		const pod = containers.pod.get(slot);
		return `${pods.namespace.get(pod)}/${pods.name.get(pod)} ${containers.name.get(slot)} ${containers.state.get(slot)} ${containers.image.get(slot)}`;
	}

	uid(slot: number): string {
		return containerUid(this.#fleet, slot);
	}

	keys(): Record<ContainerColumn, SortKey> {
		const { containers, pods } = this.#fleet;
		const context = this.#context();
		const numbers = (values: (slot: number) => number): SortKey => ({ numbers: values });
		const usage = (slot: number, quantity: 'cpu' | 'memory') => {
			const shown = containerUsage(this.#fleet, slot, context);
			return shown.kind === 'sampled' ? shown[quantity] : Number.NaN;
		};
		const percent = (quantity: 'cpu' | 'memory', bound: 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit') =>
			numbers((slot) => (100 * usage(slot, quantity)) / containers[bound].get(slot));
		return {
			namespace: { words: (slot) => pods.namespace.get(containers.pod.get(slot)) },
			pod: { words: (slot) => pods.name.get(containers.pod.get(slot)) },
			name: { words: (slot) => containers.name.get(slot) },
			kind: { words: (slot) => containers.kind.get(slot) },
			state: { words: (slot) => containers.state.get(slot) },
			ready: numbers((slot) => containers.ready.get(slot)),
			restarts: numbers((slot) => containers.restarts.get(slot)),
			node: { words: (slot) => pods.node.get(containers.pod.get(slot)) },
			age: numbers((slot) => context.serverTime - containers.startedAt.get(slot)),
			image: { words: (slot) => containers.image.get(slot) },
			lastTermination: { words: (slot) => containers.lastTermination.get(slot) },
			cpu: numbers((slot) => usage(slot, 'cpu')),
			'cpuRequest%': percent('cpu', 'cpuRequest'),
			'cpuLimit%': percent('cpu', 'cpuLimit'),
			cpuRequest: numbers((slot) => containers.cpuRequest.get(slot)),
			cpuLimit: numbers((slot) => containers.cpuLimit.get(slot)),
			memory: numbers((slot) => usage(slot, 'memory')),
			'memoryRequest%': percent('memory', 'memoryRequest'),
			'memoryLimit%': percent('memory', 'memoryLimit'),
			memoryRequest: numbers((slot) => containers.memoryRequest.get(slot)),
			memoryLimit: numbers((slot) => containers.memoryLimit.get(slot)),
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
	return `${pods.uid.get(containers.pod.get(slot))}/${containers.name.get(slot)}`;
}

export function makeContainerRow(fleet: Fleet, slot: number, context: UsageContext): ContainerRow {
	const { containers, pods } = fleet;
	const pod = containers.pod.get(slot);
	return {
		uid: containerUid(fleet, slot),
		podUid: pods.uid.get(pod),
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
