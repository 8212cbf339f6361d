/**
 * Follows this machine into one fleet: it as the node, its cgroups as pods and containers. Everything is read from
 * cgroups and procfs, and named by the Docker Engine and the kubelet's log files where these can be asked. A cgroup that
 * goes while it is read, a file that is closed to us, an engine that hangs: each costs its own number and no other.
 */
import { judgeLocal, type LocalEvidence } from '../../diagnose/causes/local.ts';
import { type CgroupMounts, findCgroupMounts } from '../../host/cgroup/mounts.ts';
import type { DockerClient } from '../../host/docker/client.ts';
import { type KubeletNames, kubeletNames } from '../../host/kubelet-logs.ts';
import { type Machine, readMachine } from '../../host/machine.ts';
import type { Finding } from '../../model/finding.ts';
import { compareWords } from '../../model/fleet/dictionary.ts';
import { Fleet } from '../../model/fleet/fleet.ts';
import type { ContainerUsageRecord } from '../../model/records.ts';
import type { Subject } from '../../model/subject.ts';
import type { PodScope } from '../follow/fleet-feeds.ts';
import type { FleetFollower, Follow, ListProgress, StatusInput } from '../follow/fleet-follower.ts';
import { Waker } from '../follow/waker.ts';
import type { ClusterStatus, LocalMachine, Scope } from '../messages.ts';
import { asOfNothing, type UsageContext } from '../usage.ts';
import type { Counters } from './counters.ts';
import { Engine } from './engine.ts';
import { GroupReader } from './group-reader.ts';
import type { Group } from './groups.ts';
import { type HostCounters, readHostCounters } from './host-counters.ts';
import { LocalReader } from './local-reader.ts';
import { localStatus } from './local-status.ts';
import { type NamedGroup, type NamedMember, nameGroups } from './names.ts';
import { Pace } from './pace.ts';
import { ProcessWatch } from './process-watch.ts';
import { groupUid, nodeRecord, podRecord } from './records.ts';

export interface LocalOptions {
	/** Where the machine's files begin. */
	root: string;
	/** ms between two polls. */
	refresh: number;
	/** Why this machine is shown, for the header. */
	machine: LocalMachine;
	/** null where none can be asked. */
	docker: DockerClient | null;
	/** Where the engine is told. */
	environment: NodeJS.ProcessEnv;
	/** The engine was named (DOCKER_HOST): that it cannot be reached is worth saying even if no container is seen. */
	dockerNamed: boolean;
	changed: () => void;
}

/** A first rate is worth having soon, ms. */
const firstWindow = 500;
/** The engine's names are worth waiting for before the first rows, so long, ms. */
const namesWithin = 300;
/** A new container's name is looked for in so many polls. */
const askForNames = 5;
const everything: PodScope = { namespace: null, labelSelector: '', fieldSelector: '' };

/** Follows this machine. */
export function followMachine(options: Omit<LocalOptions, 'changed'>): Follow {
	return (changed) => new LocalFollower({ ...options, changed });
}

export class LocalFollower implements FleetFollower {
	readonly fleet = new Fleet();
	readonly scope = everything;
	readonly namespaceOnly = false;
	readonly knowsRequests = false;
	readonly processes: ProcessWatch;
	readonly depth: LocalReader;
	polls = 0;
	readonly #options: LocalOptions;
	readonly #engine: Engine | null;
	readonly #abort = new AbortController();
	readonly #waker = new Waker();
	#mounts: CgroupMounts;
	#reader: GroupReader;
	#machine: Machine = { name: '', system: '', kernel: '', architecture: '' };
	#host: HostCounters | null = null;
	#groups: readonly NamedGroup[] = [];
	#kubelet: KubeletNames = { pods: new Map(), containers: new Map() };
	#counters = new Map<string, Counters>();
	/** Containers, and the poll that met them first. */
	#seen = new Map<string, number>();
	#sampledAt = Number.NaN;
	#window = Number.NaN;
	/** ms that the last polls took. */
	#took: number[] = [];
	#interval: number;

	constructor(options: LocalOptions) {
		this.#options = options;
		this.#interval = options.refresh;
		this.#mounts = { root: options.root, hierarchies: [] };
		this.#reader = new GroupReader(this.#mounts);
		this.#engine = options.docker === null ? null : new Engine(options.docker, () => options.changed());
		this.depth = new LocalReader({
			root: options.root,
			environment: options.environment,
			subjectOf: (uid) => this.subjectOf(uid),
			containerId: (name) => this.#containerId(name),
		});
		this.processes = new ProcessWatch({
			root: options.root,
			refresh: options.refresh,
			mounts: () => this.#mounts,
			cgroupsOf: (scope) => this.#cgroupsOf(scope),
			bootedAt: () => this.#host?.bootedAt ?? Number.NaN,
			changed: options.changed,
		});
	}

	start(): void {
		void this.#run();
	}

	progress(): ListProgress {
		return { loaded: this.polls > 0, error: null };
	}

	refresh(): void {
		this.#waker.wake();
		this.processes.refresh();
	}

	/** This machine is always followed whole. */
	follow(): void {}

	stop(): void {
		this.#abort.abort();
		this.#engine?.stop();
		this.processes.stop();
	}

	context(): UsageContext {
		return {
			serverTime: Date.now(),
			refresh: this.#interval,
			podMetrics: 'read-once',
			nodeMetrics: 'read-once',
			podsAsOf: asOfNothing,
			nodesAsOf: asOfNothing,
			window: this.#window || 0,
		};
	}

	judge(): Omit<Finding, 'since'>[] {
		return judgeLocal(this.#evidence());
	}

	status(input: StatusInput): ClusterStatus {
		return localStatus(input, {
			fleet: this.fleet,
			local: this.#options.machine,
			machine: this.#machine,
			mounts: this.#mounts,
			engine: this.#asksEngine() ? this.#engine : null,
			sampledAt: this.#sampledAt,
			window: this.#window,
			interval: this.#interval,
		});
	}

	async namespaces(): Promise<string[]> {
		return [...new Set(this.#groups.map(({ family }) => family))].sort(compareWords);
	}

	/** What the ledger of a row is about; undefined if there is no such row. */
	subjectOf(uid: string): Subject | undefined {
		if (uid === 'host') {
			return { kind: 'host' };
		}
		const pid = /^pid\/(\d+)$/.exec(uid)?.[1];
		if (pid !== undefined) {
			return { kind: 'process', pid: Number(pid) };
		}
		for (const group of this.#groups) {
			const own = groupUid(group.path);
			if (uid === own) {
				const [only] = group.members;
				return only?.path === group.path ? subjectOfMember(only) : { kind: 'cgroup', path: group.path };
			}
			const member = group.members.find(({ name }) => uid === `${own}/${name}`);
			if (member !== undefined) {
				return subjectOfMember(member);
			}
		}
		return undefined;
	}

	async #run(): Promise<void> {
		const { signal } = this.#abort;
		const { refresh, root } = this.#options;
		const named = this.#engine?.ask();
		[this.#machine, this.#mounts, this.#kubelet] = await Promise.all([
			readMachine(root),
			findCgroupMounts(root),
			kubeletNames(root),
		]);
		this.#reader = new GroupReader(this.#mounts);
		await Promise.race([named, this.#waker.sleep(namesWithin, signal)]);
		while (!signal.aborted) {
			const pace = new Pace();
			const started = performance.now();
			await this.#poll(pace);
			this.polls++;
			this.#options.changed();
			this.#settleInterval(pace.worked);
			const next = this.polls === 1 ? Math.min(firstWindow, refresh) : this.#interval;
			await this.#waker.sleep(Math.max(pace.worked, next - (performance.now() - started)), signal);
		}
	}

	/** Reading may take half of the time at most. One slow poll is an accident, two are a habit. */
	#settleInterval(took: number): void {
		this.#took = [...this.#took.slice(-1), took];
		this.#interval = Math.max(this.#options.refresh, 2 * Math.min(...this.#took));
	}

	async #poll(pace: Pace): Promise<void> {
		const host = readHostCounters(this.#options.root);
		const hostBefore = this.#host;
		this.#host = host;
		const groups = await this.#findGroups(pace);
		void this.#engine?.ask();
		const number = this.polls + 1;
		const counters = await this.#reader.read(groups, host, number, pace);
		const usages = this.#usages(groups, counters);
		this.#write(groups, number);
		this.#sample(usages, hostBefore, number);
		this.#counters = counters;
		this.#groups = groups;
	}

	async #findGroups(pace: Pace): Promise<NamedGroup[]> {
		const groups = await this.#reader.find(pace);
		await this.#learnNames(groups);
		const names = { engine: this.#engine?.containers ?? new Map(), kubelet: this.#kubelet };
		return nameGroups(groups, names);
	}

	/** A new container has to be asked for its name, a few times: its log file may come a moment after its cgroup. */
	async #learnNames(groups: readonly Group[]): Promise<void> {
		const seen = new Map<string, number>();
		let ofPod = false;
		let ofEngine = false;
		for (const { members, podUid } of groups) {
			for (const { containerId } of members) {
				const since = this.#seen.get(containerId) ?? this.polls;
				seen.set(containerId, since);
				const isNew = containerId !== '' && this.polls - since < askForNames;
				ofPod ||= isNew && podUid !== '' && !this.#kubelet.containers.has(containerId);
				ofEngine ||= isNew && this.#engine?.containers.has(containerId) === false;
			}
		}
		this.#seen = seen;
		if (ofPod) {
			this.#kubelet = await kubeletNames(this.#options.root);
		}
		if (ofEngine) {
			this.#engine?.hurry();
		}
	}

	/** The rates since the last poll, by member. */
	#usages(groups: readonly NamedGroup[], counters: ReadonlyMap<string, Counters>): GroupUsage[] {
		return groups.map((group) => {
			const usage: GroupUsage = { group, window: Number.NaN, containers: [] };
			for (const { name, path } of group.members) {
				const now = counters.get(path);
				const before = this.#counters.get(path);
				const rate = now === undefined || before === undefined ? undefined : rateBetween(before, now);
				if (now !== undefined && rate !== undefined) {
					usage.containers.push({ name, cpu: rate.cpu, memory: now.workingSet, swap: Number.NaN });
					usage.window = Math.max(usage.window || 0, rate.window);
				}
			}
			return usage;
		});
	}

	#write(groups: readonly NamedGroup[], poll: number): void {
		const { fleet } = this;
		if (this.#host !== null) {
			fleet.putNode(nodeRecord(this.#machine, this.#host, this.#runtime(groups)), poll);
		}
		for (const group of groups) {
			fleet.putPod(
				podRecord(group, this.#machine.name, (path) => this.#reader.factsOf(path)),
				poll,
			);
		}
		fleet.pods.sweep(poll);
		fleet.epoch++;
	}

	#sample(usages: readonly GroupUsage[], hostBefore: HostCounters | null, poll: number): void {
		const now = Date.now();
		const host = this.#host;
		const rate = host === null || hostBefore === null ? undefined : rateBetween(hostBefore, host);
		if (host === null || rate === undefined) {
			return;
		}
		this.#sampledAt = now;
		this.#window = rate.window;
		const { name } = this.#machine;
		this.fleet.sampleNode(
			{ name, timestamp: now, window: rate.window, cpu: rate.cpu, memory: host.workingSet, swap: Number.NaN },
			poll,
		);
		this.fleet.endNodePoll(poll, now);
		for (const { containers, group, window } of usages) {
			if (containers.length > 0) {
				this.fleet.samplePod({ namespace: group.family, name: group.name, timestamp: now, window, containers }, poll);
			}
		}
		this.fleet.endPodPoll(poll, now);
	}

	/** `docker://20.10.24`, or the runtimes that the paths tell of. */
	#runtime(groups: readonly NamedGroup[]): string {
		const version = this.#engine?.version ?? '';
		const seen = new Set(groups.flatMap(({ members }) => members.map(({ runtime }) => runtime)));
		seen.delete('');
		if (version !== '') {
			seen.delete('docker');
		}
		return [...(version === '' ? [] : [`docker://${version}`]), ...[...seen].sort(compareWords)].join(', ');
	}

	#cgroupsOf(scope: Scope): readonly string[] | null {
		if (scope.pod === undefined) {
			return null;
		}
		const group = this.#groups.find(({ path }) => groupUid(path) === scope.pod);
		if (group === undefined) {
			return [];
		}
		const member = group.members.find(({ name }) => scope.container === `${scope.pod}/${name}`);
		if (scope.container === undefined) {
			return group.path === '/' ? null : [group.path];
		}
		return member === undefined ? [] : member.path === '/' ? null : [member.path];
	}

	#containerId(name: string): string | undefined {
		const members = this.#groups.flatMap((group) => group.members);
		return members.find(({ known }) => known?.name === name)?.containerId;
	}

	/** An engine that nobody spoke of and that runs nothing here is none of our business. */
	#asksEngine(): boolean {
		const { dockerNamed } = this.#options;
		const runsHere = this.#groups.some(({ members }) => members.some(({ runtime }) => runtime === 'docker'));
		return this.#engine !== null && (dockerNamed || runsHere || !Number.isNaN(this.#engine.answeredAt));
	}

	#evidence(): LocalEvidence {
		const engine = this.#asksEngine() ? this.#engine : null;
		return {
			root: this.#options.root,
			hasCgroups: this.polls === 0 || this.#mounts.hierarchies.length > 0,
			unreadable: this.#reader.unreadable,
			engineFailure: engine?.failure ?? '',
			engineError: engine?.error?.message ?? '',
			refresh: this.#options.refresh,
			interval: this.#interval,
			took: Math.min(...this.#took),
			cgroups: this.#counters.size,
		};
	}
}

interface GroupUsage {
	group: NamedGroup;
	window: number;
	containers: ContainerUsageRecord[];
}

/** @returns undefined if no time passed, or the counter went backwards: another cgroup has that name now */
function rateBetween(before: Counters, now: Counters): { cpu: number; window: number } | undefined {
	const window = now.at - before.at;
	const worked = now.cpuTime - before.cpuTime;
	return window > 0 && !(worked < 0) ? { cpu: (worked / window) * 1000, window } : undefined;
}

function subjectOfMember({ known, path }: NamedMember): Subject {
	return known === null || known.name === '' ? { kind: 'cgroup', path } : { kind: 'docker', name: known.name };
}
