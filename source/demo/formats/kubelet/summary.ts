/** `GET /stats/summary` of a kubelet (k8s.io/kubelet/pkg/apis/stats/v1alpha1): node, its groups, pods, containers. */
import type { CadvisorSample } from '../../model/cadvisor.ts';
import { kubeletPodUid } from '../../model/cgroups.ts';
import type { Pressure } from '../../model/counters.ts';
import { memoryTotal, type NodeModel } from '../../model/node.ts';
import { apiTime, type JsonObject } from '../json.ts';

/** How much of it is asked for. */
export type SummaryExtent = 'all' | 'cpu-and-memory';

/** Only where the kernel tells it; else the kubelet fills in zeros. */
function pressure(measured: boolean, { full, some }: Pressure): JsonObject {
	const zero = { total: 0, avg10: 0, avg60: 0, avg300: 0 };
	return { psi: { full: measured ? { ...full } : zero, some: measured ? { ...some } : zero } };
}

class SummaryWriter {
	readonly #node: NodeModel;
	readonly #extent: SummaryExtent;

	constructor(node: NodeModel, extent: SummaryExtent) {
		this.#node = node;
		this.#extent = extent;
	}

	/** @param limit bytes that it may have, undefined where nothing says so */
	stats(sample: CadvisorSample, limit: number): JsonObject {
		const { memory, processor, rate, workingSet } = sample;
		const time = apiTime(sample.at);
		const measured = this.#node.cgroupVersion === 2;
		return {
			cpu: {
				time,
				...(Number.isNaN(rate) ? {} : { usageNanoCores: rate }),
				usageCoreNanoSeconds: processor.total * 1000,
				...pressure(measured, sample.pressure.cpu),
			},
			memory: {
				time,
				...(Number.isNaN(limit) ? {} : { availableBytes: limit - workingSet }),
				usageBytes: memory.usage,
				workingSetBytes: workingSet,
				rssBytes: memory.anonymous,
				pageFaults: memory.faults,
				majorPageFaults: 0,
				...pressure(measured, sample.pressure.memory),
			},
			...(this.#extent === 'all' ? { io: { time, ...pressure(measured, sample.pressure.io) } } : {}),
		};
	}

	/** @param available undefined where the kubelet does not know it */
	swap(sample: CadvisorSample, available?: number): JsonObject {
		const known = available === undefined ? {} : { swapAvailableBytes: available };
		return { swap: { time: apiTime(sample.at), ...known, swapUsageBytes: 0 } };
	}

	container(sample: CadvisorSample): JsonObject {
		const { group, memory } = sample;
		// On v1 what memory and swap may be together is taken for a limit of swap; on v2 there is none to be had.
		const swap = this.#node.cgroupVersion === 2 ? 0 : Number.isNaN(memory.limit) ? undefined : memory.limit;
		return {
			name: group.template?.name ?? '',
			startTime: apiTime(group.startedAt),
			...this.stats(sample, memory.limit),
			...this.swap(sample, swap),
		};
	}

	system(name: string, sample: CadvisorSample): JsonObject {
		const { group, memory } = sample;
		return {
			name,
			startTime: apiTime(group.startedAt),
			...this.stats(sample, memory.limit),
			...this.swap(sample),
		};
	}
}

/** @param samples of all cgroups that are watched, a pod's before those of its containers */
export function summary(node: NodeModel, samples: readonly CadvisorSample[], extent: SummaryExtent): JsonObject {
	const writer = new SummaryWriter(node, extent);
	const pods = new Map<string, { head: JsonObject; containers: JsonObject[]; tail: JsonObject }>();
	const systems: JsonObject[] = [];
	let machine: JsonObject = {};
	for (const sample of samples) {
		const { group } = sample;
		const { kind, pod, role } = group;
		if (kind === 'root') {
			machine = {
				nodeName: node.name,
				startTime: apiTime(group.startedAt),
				...writer.stats(sample, memoryTotal(node) * 1024),
				...writer.swap(sample, 0),
			};
		} else if (kind === 'kubepods') {
			systems.push(writer.system('pods', sample));
		} else if (role === 'kubelet' || role === 'runtime') {
			systems.push(writer.system(role, sample));
		} else if (group.path === '/system.slice') {
			systems.push(writer.system('misc', sample));
		} else if (kind === 'pod' && pod) {
			const uid = kubeletPodUid(pod);
			const processes = group.children.flatMap((child) => child.pages(sample.at).processes).length;
			pods.set(uid, {
				head: {
					podRef: { name: pod.name, namespace: pod.slot.workload.namespace, uid },
					startTime: apiTime(pod.startedAt),
				},
				containers: [],
				tail: {
					...writer.stats(sample, sample.memory.limit),
					...(extent === 'all' ? { process_stats: { process_count: processes } } : {}),
					...writer.swap(sample),
				},
			});
		} else if (kind === 'container' && pod) {
			pods.get(kubeletPodUid(pod))?.containers.push(writer.container(sample));
		}
	}
	return {
		node: { ...machine, systemContainers: systems },
		pods: [...pods.values()].map(({ head, containers, tail }) => ({ ...head, containers, ...tail })),
	};
}
