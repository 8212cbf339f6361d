/** Reads the groups of a machine: which there are, and of each member its counters, its limits and its age. */
import { type CgroupMounts, mainHierarchy, under } from '../../host/cgroup/mounts.ts';
import { cgroupFolder } from '../../host/cgroup/path.ts';
import { listCgroupsNow } from '../../host/cgroup/tree.ts';
import { folderExists, readTextNow } from '../../host/files.ts';
import { statOf } from '../../sources/process-stat.ts';
import { CounterReader, type Counters } from './counters.ts';
import { type Group, groupsOf } from './groups.ts';
import type { HostCounters } from './host-counters.ts';
import { type NamedGroup, type NamedMember, pause } from './names.ts';
import type { Pace } from './pace.ts';
import { ProcessTimes } from './process-times.ts';
import type { CgroupFacts } from './records.ts';

/** Limits change seldom: read each so many polls. */
const readFactsEvery = 5;
/** So many of a group's processes are asked for their age. */
const processesForAge = 16;
/** The kernel's threads come and go all the time: whether the root has other processes is found out so often, ms. */
const lookAtRootEvery = 30_000;

interface KnownCgroup extends CgroupFacts {
	/** The container that only holds a pod's namespaces. */
	isPause: boolean;
	readIn: number;
}

export class GroupReader {
	/** Groups of which nothing could be read the last time. */
	unreadable: string[] = [];
	readonly #mounts: CgroupMounts;
	readonly #reader: CounterReader;
	readonly #times: ProcessTimes;
	#facts = new Map<string, KnownCgroup>();
	#rootInUse = { at: Number.NEGATIVE_INFINITY, inUse: false };

	constructor(mounts: CgroupMounts) {
		this.#mounts = mounts;
		this.#reader = new CounterReader(mounts);
		this.#times = new ProcessTimes(mounts.root);
	}

	/** What is known of a cgroup besides its counters. */
	factsOf(path: string): CgroupFacts | undefined {
		return this.#facts.get(path);
	}

	/** The groups that there are now. A machine without cgroups is one group. */
	async find(pace: Pace): Promise<Group[]> {
		const main = mainHierarchy(this.#mounts);
		const paths: string[] = [];
		for (const path of main === undefined ? [] : listCgroupsNow(main)) {
			paths.push(path);
			if (pace.isDue) {
				await pace.rest();
			}
		}
		const groups = groupsOf(paths, (path) =>
			path === '/' ? this.#isRootInUse() : this.#reader.processes(path).length > 0,
		);
		return groups.length > 0 ? groups : groupsOf(['/'], () => true);
	}

	/** Reads each member; one whose cgroup is gone leaves its group. */
	async read(groups: NamedGroup[], host: HostCounters, poll: number, pace: Pace): Promise<Map<string, Counters>> {
		const counters = new Map<string, Counters>();
		const facts = new Map<string, KnownCgroup>();
		this.#times.next(new Set(groups.flatMap(({ members }) => members.map(({ path }) => path))));
		this.unreadable = [];
		for (const group of groups) {
			const alive: NamedMember[] = [];
			for (const member of group.members) {
				const read = this.#readOne(member.path, host);
				if (read === null) {
					continue;
				}
				const known = this.#learn(member, host, poll);
				facts.set(member.path, known);
				if (known.isPause) {
					continue;
				}
				counters.set(member.path, read);
				alive.push(member);
				if (read.unreadable) {
					this.unreadable.push(`${group.family}/${group.name}`);
				}
				if (pace.isDue) {
					await pace.rest();
				}
			}
			group.members = alive;
			if (alive.length > 0 && !facts.has(group.path)) {
				facts.set(group.path, this.#learn({ path: group.path, name: '' }, host, poll));
			}
		}
		groups.splice(0, groups.length, ...groups.filter(({ members }) => members.length > 0));
		this.#facts = facts;
		return counters;
	}

	/** null if the cgroup is gone. */
	#readOne(path: string, host: HostCounters): Counters | null {
		const read = this.#reader.read(path);
		if (path === '/') {
			// The root of cgroup v2 has no memory files, and a machine without cgroups none at all: it is the machine.
			const cpuTime = Number.isNaN(read.cpuTime) ? host.cpuTime : read.cpuTime;
			const workingSet = Number.isNaN(read.workingSet) ? host.workingSet : read.workingSet;
			return { at: read.at, cpuTime, workingSet, unreadable: read.unreadable && host.unreadable };
		}
		if (read.unreadable) {
			const main = mainHierarchy(this.#mounts);
			if (main === undefined || !folderExists(cgroupFolder(main, path) ?? '')) {
				return null;
			}
		}
		if (Number.isNaN(read.cpuTime)) {
			const pids = this.#reader.processes(path);
			return { ...read, at: performance.now(), cpuTime: this.#times.read(path, pids) };
		}
		return read;
	}

	#learn(member: Pick<NamedMember, 'name' | 'path'>, host: HostCounters, poll: number): KnownCgroup {
		const { path } = member;
		const known = this.#facts.get(path);
		if (known === undefined) {
			const started = this.#oldestProcess(path, host);
			const isPause = member.name === pause || (/kubepods/.test(path) && started.name === 'pause');
			return { limits: this.#reader.limits(path), startedAt: started.at, isPause, readIn: poll };
		}
		if (poll - known.readIn >= readFactsEvery) {
			return {
				...known,
				isPause: known.isPause || member.name === pause,
				limits: this.#reader.limits(path),
				readIn: poll,
			};
		}
		return known;
	}

	#oldestProcess(path: string, host: HostCounters): { at: number; name: string } {
		let oldest = { at: Number.NaN, name: '' };
		for (const pid of path === '/' ? [1] : this.#reader.processes(path).slice(0, processesForAge)) {
			const stat = statOf(readTextNow(under(this.#mounts.root, `/proc/${pid}/stat`)).text);
			const at = host.bootedAt + stat.startedAfterBoot / 1e6;
			if (!(at >= oldest.at) && !Number.isNaN(at)) {
				oldest = { at, name: stat.name };
			}
		}
		return oldest;
	}

	/** Whether there are processes in the root cgroup itself that are none of the kernel's threads. */
	#isRootInUse(): boolean {
		const now = performance.now();
		if (now - this.#rootInUse.at > lookAtRootEvery) {
			const inUse = this.#reader.processes('/').some((pid) => {
				const { text } = readTextNow(under(this.#mounts.root, `/proc/${pid}/stat`));
				return text !== '' && !statOf(text).isKernel;
			});
			this.#rootInUse = { at: now, inUse };
		}
		return this.#rootInUse.inUse;
	}
}
