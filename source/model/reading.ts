/**
 * One number with its birth certificate. Everything that a ledger shows is made of these: no number without the field
 * that it was read from, and the moment.
 */

/** Where numbers come from; one file of `sources/` each. */
export type SourceId =
	| 'metrics-api'
	| 'kubelet-summary'
	| 'kubelet-resource'
	| 'kubelet-cadvisor'
	| 'cadvisor'
	| 'docker'
	| 'cgroup-v1'
	| 'cgroup-v2'
	| 'proc'
	| 'pod-spec'
	| 'node-status';

/** Memory of a cgroup, in bytes. Names are those of cgroup v2; what v1 calls `total_rss` is `anon`, `total_cache` is `file`. */
export type MemoryQuantity =
	/** Everything that is charged: memory.usage_in_bytes, memory.current. */
	| 'usage'
	/** Usage less inactive file pages, as its source computed it. */
	| 'workingSet'
	| 'anon'
	| 'file'
	| 'shmem'
	| 'inactiveAnon'
	| 'activeAnon'
	| 'inactiveFile'
	| 'activeFile'
	| 'unevictable'
	| 'kernel'
	/** TCP buffers: v2 memory.stat sock (inside usage); v1 memory.kmem.tcp.usage_in_bytes (outside usage). */
	| 'socket'
	| 'mappedFile'
	| 'swap'
	| 'zswap'
	| 'peak'
	/** The cgroup's own `cache` without its children, v1: what docker's CLI subtracted from 17.06 to 19.03. */
	| 'localCache'
	| 'memoryLimit'
	| 'memoryRequest'
	| 'memoryAllocatable'
	| 'memoryCapacity';

/** Sums over the processes of a cgroup (or one process), in bytes: /proc/PID/status, statm, smaps_rollup. */
export type ProcessQuantity =
	| 'resident'
	| 'residentAnon'
	| 'residentFile'
	| 'residentShmem'
	| 'proportional'
	| 'lazyFree'
	| 'virtual'
	/** How many processes were summed, and how many of them could not be read. */
	| 'processes'
	| 'unreadableProcesses';

/** Lines of /proc/meminfo, in bytes. */
export type HostQuantity =
	| 'memTotal'
	| 'memFree'
	| 'memAvailable'
	| 'buffers'
	| 'cached'
	| 'swapCached'
	| 'activeFilePages'
	| 'inactiveFilePages'
	| 'anonPages'
	| 'hostShmem'
	| 'slabReclaimable'
	| 'kernelReclaimable'
	| 'slab'
	| 'swapTotal'
	| 'swapFree';

/** `cpuTime` counts nanoseconds; `cpuRate` is in nanocores; throttling counts periods and nanoseconds. */
export type CpuQuantity =
	| 'cpuTime'
	| 'cpuRate'
	| 'cpuRequest'
	| 'cpuLimit'
	| 'cpuAllocatable'
	| 'cpuCapacity'
	/** Sum of the first seven fields of /proc/stat in ns, as docker reports it; and the number of CPUs online. */
	| 'systemCpuTime'
	| 'onlineCpus'
	| 'throttledPeriods'
	| 'cpuPeriods'
	| 'throttledTime';

/** Events and pressure: counts, and averages of PSI in percent. */
export type EventQuantity =
	| 'oomEvents'
	| 'oomKills'
	| 'limitHits'
	| 'pressureMemorySome10'
	| 'pressureMemoryFull10'
	| 'pressureCpuSome10';

export type ReadingQuantity = MemoryQuantity | ProcessQuantity | HostQuantity | CpuQuantity | EventQuantity;

export interface Reading {
	quantity: ReadingQuantity;
	value: number;
	source: SourceId;
	/** The file and key, or the JSON path, or the series: `memory.stat total_inactive_file`. */
	field: string;
	/** When it was true, ms since 1970 by the clock of its source. */
	at: number;
	/** Length of the interval that a rate was taken over, ms; NaN for what is true at a moment. */
	window: number;
	/**
	 * What it is about, if only a part of the subject: `container/NAME` and `pause` of a pod, `pod/NAMESPACE/NAME` and
	 * `system/pods|kubelet|runtime|misc` (systemContainers of a Summary) of a node.
	 */
	part?: string;
}

/** The readings of one subject, from any number of sources. */
export class Readings {
	readonly all: readonly Reading[];

	constructor(all: readonly Reading[]) {
		this.all = all;
	}

	/** The reading of the whole subject by the first of these sources that has one; by any source if none is named. */
	find(quantity: ReadingQuantity, ...sources: readonly SourceId[]): Reading | undefined {
		return this.first((reading) => reading.quantity === quantity && reading.part === undefined, sources);
	}

	/** The same of one part. */
	findPart(part: string, quantity: ReadingQuantity, ...sources: readonly SourceId[]): Reading | undefined {
		return this.first((reading) => reading.quantity === quantity && reading.part === part, sources);
	}

	/** A quantity of all parts whose names begin so (`container/`), of the first of these sources that has any. */
	parts(prefix: string, quantity: ReadingQuantity, ...sources: readonly SourceId[]): readonly Reading[] {
		for (const source of sources) {
			const found = this.all.filter(
				(reading) =>
					reading.quantity === quantity && reading.source === source && reading.part?.startsWith(prefix) === true,
			);
			if (found.length > 0) {
				return found;
			}
		}
		return [];
	}

	/** Its value, NaN if there is none. */
	value(quantity: ReadingQuantity, ...sources: readonly SourceId[]): number {
		return this.find(quantity, ...sources)?.value ?? Number.NaN;
	}

	with(more: readonly Reading[]): Readings {
		return new Readings([...this.all, ...more]);
	}

	private first(is: (reading: Reading) => boolean, sources: readonly SourceId[]): Reading | undefined {
		if (sources.length === 0) {
			return this.all.find(is);
		}
		for (const source of sources) {
			const found = this.all.find((reading) => reading.source === source && is(reading));
			if (found !== undefined) {
				return found;
			}
		}
		return undefined;
	}
}

/** What decides which formula is live. '' and NaN where it is not known. */
export interface Versions {
	/** `v1`, `v2`, or '' if the sources do not tell. */
	cgroup: 'v1' | 'v2' | '';
	/** `v1.36.3` */
	kubelet: string;
	/** `containerd://2.1.0`, `docker://20.10.24` */
	runtime: string;
	/** Version of the docker engine's API server, '' without one. */
	docker: string;
	kernel: string;
	/** The multi-generational LRU is on: a file that is only read(2) stays inactive. */
	multiGenerationalLru: boolean | null;
}
