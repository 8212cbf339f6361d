import type { ContainerRecord, PodRecord, PodUsageRecord } from '../records.ts';
import { ReusedList } from '../reused-list.ts';

const unknown = Number.NaN;
const noResources = { cpuRequest: unknown, cpuLimit: unknown, memoryRequest: unknown, memoryLimit: unknown };

/** What a sample alone tells of a pod, until the list of pods tells the rest. Made once, and filled again for each pod. */
export class PodSketch {
	readonly #containers = new ReusedList<ContainerRecord>(
		() => ({
			...noResources,
			name: '',
			kind: 'app',
			image: '',
			// Only what runs is sampled.
			state: 'Running',
			ready: false,
			restarts: 0,
			startedAt: unknown,
			lastTermination: '',
			lastTerminatedAt: unknown,
		}),
		() => {},
	);
	readonly #record: PodRecord = {
		...noResources,
		uid: '',
		namespace: '',
		name: '',
		resourceVersion: '',
		createdAt: unknown,
		node: '',
		phase: 'Unknown',
		status: '',
		readyContainers: 0,
		totalContainers: 0,
		restarts: 0,
		lastRestartAt: unknown,
		owner: '',
		qosClass: '',
		ip: '',
		containers: [],
	};

	/** Good until the next call. */
	of({ containers, name, namespace }: PodUsageRecord): PodRecord {
		const record = this.#record;
		record.namespace = namespace;
		record.name = name;
		record.containers.length = 0;
		this.#containers.clear();
		for (const container of containers) {
			const sketched = this.#containers.add();
			sketched.name = container.name;
			record.containers.push(sketched);
		}
		return record;
	}
}
