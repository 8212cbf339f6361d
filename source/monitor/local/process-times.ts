/** CPU time of a group from its processes, where the kernel has no counter for its cgroup (v1 without cpuacct there). */
import { under } from '../../host/cgroup/mounts.ts';
import { readTextNow } from '../../host/files.ts';
import { statOf } from '../../sources/process-stat.ts';

export class ProcessTimes {
	readonly #root: string;
	#now = new Map<number, number>();
	#before = new Map<number, number>();
	/** Grown time by group: a counter that only rises, whoever ends. */
	readonly #sums = new Map<string, number>();

	constructor(root: string) {
		this.#root = root;
	}

	/** A new poll begins: what was read in the last one is what the next is compared with. */
	next(groups: ReadonlySet<string>): void {
		this.#before = this.#now;
		this.#now = new Map();
		for (const path of this.#sums.keys()) {
			if (!groups.has(path)) {
				this.#sums.delete(path);
			}
		}
	}

	/** Nanoseconds since it was first asked for; who ended since the last poll counts until then. */
	read(path: string, pids: readonly number[]): number {
		let sum = this.#sums.get(path) ?? 0;
		for (const pid of pids) {
			const { cpuTime } = statOf(readTextNow(under(this.#root, `/proc/${pid}/stat`)).text);
			if (!Number.isNaN(cpuTime)) {
				this.#now.set(pid, cpuTime);
				sum += Math.max(0, cpuTime - (this.#before.get(pid) ?? cpuTime));
			}
		}
		this.#sums.set(path, sum);
		return sum;
	}
}
