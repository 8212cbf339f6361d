/** The records of metrics, made once and filled again for each item. */
import type { ContainerUsageRecord, NodeUsageRecord, PodUsageRecord } from '../model/records.ts';
import { ReusedList } from '../model/reused-list.ts';

/** What `usage` lists. */
export interface UsageParts {
	cpu: number;
	memory: number;
	swap: number;
}

function clearUsage(usage: UsageParts): void {
	usage.cpu = Number.NaN;
	usage.memory = Number.NaN;
	usage.swap = Number.NaN;
}

export class PodUsageParts implements PodUsageRecord {
	namespace = '';
	name = '';
	timestamp = Number.NaN;
	window = Number.NaN;
	readonly containers: ContainerUsageRecord[] = [];
	readonly #records = new ReusedList<ContainerUsageRecord>(
		() => ({ name: '', cpu: Number.NaN, memory: Number.NaN, swap: Number.NaN }),
		(record) => {
			record.name = '';
			clearUsage(record);
		},
	);

	clear(): void {
		this.namespace = '';
		this.name = '';
		this.timestamp = Number.NaN;
		this.window = Number.NaN;
		this.#records.clear();
	}

	/** All containers were added. The list is shortened to them, never to nothing: then it would get new room for each pod. */
	end(): void {
		this.containers.length = this.#records.length;
	}

	addContainer(): ContainerUsageRecord {
		const place = this.#records.length;
		const record = this.#records.add();
		this.containers[place] = record;
		return record;
	}
}

export function newNodeUsage(): NodeUsageRecord {
	return {
		name: '',
		timestamp: Number.NaN,
		window: Number.NaN,
		cpu: Number.NaN,
		memory: Number.NaN,
		swap: Number.NaN,
	};
}

export function clearNodeUsage(node: NodeUsageRecord): void {
	node.name = '';
	node.timestamp = Number.NaN;
	node.window = Number.NaN;
	clearUsage(node);
}
