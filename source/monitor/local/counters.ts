/** Reads what a list shows of each cgroup: its working set, its CPU counter, its limits. */
import { type CgroupMounts, type Hierarchy, hierarchyOf, mainHierarchy } from '../../host/cgroup/mounts.ts';
import { readTextNow } from '../../host/files.ts';
import {
	cpuLimitV1,
	cpuLimitV2,
	cpuTimeV1,
	cpuTimeV2,
	memoryLimit,
	workingSetV1,
	workingSetV2,
} from '../../sources/cgroup-usage.ts';

export interface Counters {
	/** Of a clock that never steps, ms: between two of these lies the window of a rate. */
	at: number;
	/** Nanoseconds; NaN if there is no such counter. */
	cpuTime: number;
	/** Bytes; NaN if it cannot be read. */
	workingSet: number;
	/** No file of it could be read: it is gone, or closed to us. */
	unreadable: boolean;
}

export interface Limits {
	/** Nanocores, NaN without one. */
	cpu: number;
	/** Bytes, NaN without one. */
	memory: number;
}

export class CounterReader {
	readonly #main: Hierarchy | undefined;
	readonly #memory: Hierarchy | undefined;
	readonly #cpuTime: Hierarchy | undefined;
	readonly #cpu: Hierarchy | undefined;

	constructor(mounts: CgroupMounts) {
		this.#main = mainHierarchy(mounts);
		const isV2 = this.#main?.version === 'v2';
		this.#memory = isV2 ? this.#main : hierarchyOf(mounts, 'memory');
		this.#cpuTime = isV2 ? this.#main : hierarchyOf(mounts, 'cpuacct');
		this.#cpu = isV2 ? this.#main : hierarchyOf(mounts, 'cpu');
	}

	read(path: string): Counters {
		const isV2 = this.#main?.version === 'v2';
		const usage = text(this.#memory, path, isV2 ? 'memory.current' : 'memory.usage_in_bytes');
		const stat = usage === '' ? '' : text(this.#memory, path, 'memory.stat');
		const cpu = text(this.#cpuTime, path, isV2 ? 'cpu.stat' : 'cpuacct.usage');
		return {
			at: performance.now(),
			cpuTime: isV2 ? cpuTimeV2(cpu) : cpuTimeV1(cpu),
			workingSet: isV2 ? workingSetV2({ current: usage, stat }) : workingSetV1({ usage, stat }),
			unreadable: usage === '' && cpu === '',
		};
	}

	limits(path: string): Limits {
		if (this.#main?.version === 'v2') {
			return {
				cpu: cpuLimitV2(text(this.#cpu, path, 'cpu.max')),
				memory: memoryLimit(text(this.#memory, path, 'memory.max')),
			};
		}
		return {
			cpu: cpuLimitV1(text(this.#cpu, path, 'cpu.cfs_quota_us'), text(this.#cpu, path, 'cpu.cfs_period_us')),
			memory: memoryLimit(text(this.#memory, path, 'memory.limit_in_bytes')),
		};
	}

	/** The processes in that very cgroup; 0 stands for one that is out of sight. */
	processes(path: string): number[] {
		return text(this.#main, path, 'cgroup.procs')
			.split('\n')
			.slice(0, -1)
			.map(Number)
			.filter((pid) => Number.isSafeInteger(pid));
	}
}

/** Paths come from the tree itself: there is nothing in them to be made normal. */
function text(hierarchy: Hierarchy | undefined, path: string, file: string): string {
	return hierarchy === undefined ? '' : readTextNow(`${hierarchy.folder}${path === '/' ? '' : path}/${file}`).text;
}
