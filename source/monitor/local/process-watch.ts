/**
 * The processes of whatever is looked at: one container, one group, or the whole machine. Read only while a list of
 * them is on screen; what is costly to read (the proportional size), only of those whose row is.
 */
import { lstatSync } from 'node:fs';
import { cgroupMembers } from '../../host/cgroup/members.ts';
import { type CgroupMounts, under } from '../../host/cgroup/mounts.ts';
import { folderNames, readText, readTextNow } from '../../host/files.ts';
import { pageSize } from '../../host/kernel.ts';
import { userNames } from '../../host/users.ts';
import { clean } from '../../model/clean.ts';
import { kibibytes } from '../../sources/kernel-text.ts';
import { type ProcessStat, statOf } from '../../sources/process-stat.ts';
import type { ProcessSource } from '../follow/fleet-follower.ts';
import { Waker } from '../follow/waker.ts';
import type { ProcessRow, Scope } from '../messages.ts';
import { Pace } from './pace.ts';

export interface ProcessWatchOptions {
	root: string;
	/** ms between two readings. */
	refresh: number;
	/** As soon as they are known. */
	mounts: () => CgroupMounts;
	/** The cgroups of a scope, null for all processes of the machine. */
	cgroupsOf: (scope: Scope) => readonly string[] | null;
	/** ms since 1970; NaN if unknown. */
	bootedAt: () => number;
	changed: () => void;
}

/** A first rate is worth having soon, ms. */
const firstWindow = 500;
/** A program may replace itself or its title: its command is read again each so many readings. */
const readCommandEvery = 5;
/** The kernel walks all pages of a process for it, some milliseconds for each GiB: ms. */
const readProportionalEvery = 5_000;
const longestCommand = 1_000;

interface Known {
	startedAfterBoot: number;
	cpuTime: number;
	at: number;
	name: string;
	command: string;
	commandReadIn: number;
	proportional: number;
	proportionalReadAt: number;
}

export class ProcessWatch implements ProcessSource {
	rows: readonly ProcessRow[] = [];
	loaded = false;
	/** Grows with each reading. */
	epoch = 0;
	readonly #options: ProcessWatchOptions;
	readonly #waker = new Waker();
	readonly #abort = new AbortController();
	#scope: Scope | null = null;
	#known = new Map<number, Known>();
	#users: ReadonlyMap<number, string> = new Map();
	#pageSize = 4096;
	#readings = 0;
	#isRunning = false;
	#onScreen: readonly number[] = [];
	#isLooking = false;

	constructor(options: ProcessWatchOptions) {
		this.#options = options;
	}

	watch(scope: Scope | null): void {
		if (JSON.stringify(scope) === JSON.stringify(this.#scope)) {
			return;
		}
		this.#scope = scope;
		this.rows = [];
		this.loaded = false;
		this.epoch++;
		if (this.#isRunning) {
			this.#waker.wake();
		} else if (scope !== null) {
			this.#isRunning = true;
			void this.#run();
		}
	}

	look(rows: readonly ProcessRow[]): void {
		this.#onScreen = rows.map(({ pid }) => pid);
		if (!this.#isLooking && this.#onScreen.length > 0) {
			this.#isLooking = true;
			void this.#readProportional().finally(() => {
				this.#isLooking = false;
			});
		}
	}

	refresh(): void {
		if (this.#isRunning) {
			this.#waker.wake();
		}
	}

	stop(): void {
		this.#scope = null;
		this.#abort.abort();
	}

	async #run(): Promise<void> {
		[this.#users, this.#pageSize] = await Promise.all([userNames(this.#options.root), pageSize()]);
		let first = true;
		let read = this.#scope;
		while (this.#scope !== null && !this.#abort.signal.aborted) {
			first = read !== this.#scope || this.#readings === 0;
			read = this.#scope;
			const started = performance.now();
			await this.#read(read);
			const took = performance.now() - started;
			const wait = Math.max(
				took,
				(first ? Math.min(firstWindow, this.#options.refresh) : this.#options.refresh) - took,
			);
			if (read === this.#scope) {
				await this.#waker.sleep(wait, this.#abort.signal);
			}
		}
		this.#isRunning = false;
		this.#known.clear();
		this.#readings = 0;
	}

	async #read(scope: Scope): Promise<void> {
		const pids = await this.#pidsOf(scope);
		this.#readings++;
		const pace = new Pace();
		const rows: ProcessRow[] = [];
		const known = new Map<number, Known>();
		for (const pid of pids) {
			const row = this.#readOne(pid, known);
			if (row !== null) {
				rows.push(row);
			}
			if (pace.isDue) {
				await pace.rest();
			}
		}
		if (scope === this.#scope) {
			this.#known = known;
			this.rows = rows;
			this.loaded = true;
			this.epoch++;
			this.#options.changed();
		}
	}

	async #pidsOf(scope: Scope): Promise<readonly number[]> {
		const paths = this.#options.cgroupsOf(scope);
		if (paths === null) {
			const names = await folderNames(under(this.#options.root, '/proc'));
			return names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
		}
		const members = await Promise.all(paths.map((path) => cgroupMembers(this.#options.mounts(), path)));
		return [...new Set(members.flatMap(({ pids }) => pids))];
	}

	/** @returns null for one that has ended meanwhile */
	#readOne(pid: number, known: Map<number, Known>): ProcessRow | null {
		const folder = under(this.#options.root, `/proc/${pid}`);
		const { text } = readTextNow(`${folder}/stat`);
		const at = performance.now();
		if (text === '') {
			return null;
		}
		const stat = statOf(text);
		const before = this.#known.get(pid);
		const same = before?.startedAfterBoot === stat.startedAfterBoot ? before : undefined;
		// A thread of the kernel has no memory of its own.
		const none = stat.isKernel ? 0 : Number.NaN;
		const isRecent = same !== undefined && same.name === stat.name;
		const command =
			isRecent && this.#readings - same.commandReadIn < readCommandEvery
				? same
				: { command: commandOf(folder, stat), commandReadIn: this.#readings };
		known.set(pid, {
			startedAfterBoot: stat.startedAfterBoot,
			cpuTime: stat.cpuTime,
			at,
			name: stat.name,
			command: command.command,
			commandReadIn: command.commandReadIn,
			proportional: same?.proportional ?? none,
			proportionalReadAt:
				same?.proportionalReadAt ?? (stat.isKernel ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
		});
		return {
			uid: `pid/${pid}`,
			pid,
			parent: stat.parent,
			user: this.#userOf(folder),
			state: stat.state,
			cpu: same === undefined ? Number.NaN : (Math.max(0, stat.cpuTime - same.cpuTime) / (at - same.at)) * 1000,
			resident: stat.isKernel ? 0 : stat.pages * this.#pageSize,
			proportional: same?.proportional ?? none,
			threads: stat.threads,
			cpuTime: stat.cpuTime,
			startedAt: this.#options.bootedAt() + stat.startedAfterBoot / 1e6,
			command: command.command,
		};
	}

	/** Who a process acts as owns its folder. */
	#userOf(folder: string): string {
		try {
			const { uid } = lstatSync(folder);
			return this.#users.get(uid) ?? String(uid);
		} catch {
			return '';
		}
	}

	async #readProportional(): Promise<void> {
		let news = false;
		for (const pid of this.#onScreen) {
			const known = this.#known.get(pid);
			if (known === undefined || performance.now() - known.proportionalReadAt < readProportionalEvery) {
				continue;
			}
			const { text } = await readText(under(this.#options.root, `/proc/${pid}/smaps_rollup`));
			const proportional = kibibytes(text).get('Pss') ?? Number.NaN;
			news ||= !Object.is(proportional, known.proportional);
			// A reading may have come between; it carries these on.
			const now = this.#known.get(pid) ?? known;
			now.proportional = proportional;
			now.proportionalReadAt = performance.now();
			if (this.#abort.signal.aborted) {
				return;
			}
		}
		if (news) {
			this.rows = this.rows.map((row) => ({
				...row,
				proportional: this.#known.get(row.pid)?.proportional ?? row.proportional,
			}));
			this.epoch++;
			this.#options.changed();
		}
	}
}

/** As it was called; what the kernel calls it where there is no command line. */
function commandOf(folder: string, stat: ProcessStat): string {
	const line = stat.isKernel ? '' : readTextNow(`${folder}/cmdline`).text.replace(/\0+$/, '').slice(0, longestCommand);
	if (line !== '') {
		return clean(line.replaceAll('\0', ' '));
	}
	return stat.isKernel ? `[${stat.name}]` : `(${stat.name})`;
}
