/** A folder that holds the files of one machine and follows it as time goes on. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cannotWriteFiles } from '../../messages/en/demo.ts';
import { DemoError } from '../error.ts';
import type { Cgroup } from '../model/cgroups.ts';
import type { NodeModel } from '../model/node.ts';
import { cgroupsOf } from '../server/cgroups.ts';
import type { Service } from '../server/context.ts';
import { countsTime, machineTree, timeTree } from './machine-tree.ts';

/** Files that count the time of processors are as old as this at most, ms. */
const interval = 100;
/** All others are written at each so manieth turn: once a second. */
const turns = 10;

/** How many are written before others get their turn. */
const atOnce = 16;

/**
 * Writes each file beside its place and moves it there, so that a reader finds the old one or the new one, whole. Files
 * that are as they were are left alone; folders of cgroups and processes that are gone go.
 */
export class MachineFolder {
	readonly root: string;
	readonly #service: Service;
	readonly #node: NodeModel;
	readonly #ended = new AbortController();
	#written = new Map<string, string>();
	#folders = new Set<string>();
	#drafts = 0;
	/** When the files that count time were written last. */
	#timesAt = 0;
	#times: Promise<void> = Promise.resolve();
	#following: Promise<void> | undefined;

	constructor(service: Service, node: NodeModel, root: string) {
		this.root = root;
		this.#service = service;
		this.#node = node;
	}

	/**
	 * Writes all files, and while the clock runs does so again and again until it is closed.
	 * @throws DemoError if they cannot be written
	 */
	async open(): Promise<void> {
		try {
			await this.#write();
		} catch (error) {
			throw new DemoError(cannotWriteFiles(this.root, error instanceof Error ? error.message : String(error)));
		}
		if (!this.#service.clock.frozen) this.#following = this.#follow();
	}

	/** Brings the files that count time up to this moment, for who is about to read them. */
	async refresh(): Promise<void> {
		if (!this.#service.clock.frozen && !this.#ended.signal.aborted) await this.#writeTimes(this.#written);
	}

	/** Ends the following. The files stay. */
	async close(): Promise<void> {
		this.#ended.abort();
		await this.#following;
	}

	async #follow(): Promise<void> {
		const { signal } = this.#ended;
		for (let turn = 1; !signal.aborted; turn++) {
			// It must not keep a process alive.
			await wait(interval, undefined, { signal, ref: false }).catch(() => {});
			// A folder that somebody has taken away is not made again.
			if (signal.aborted) return;
			await (turn % turns === 0 ? this.#write() : this.#writeTimes(this.#written)).catch(() => this.#ended.abort());
		}
	}

	async #write(): Promise<void> {
		const { cluster, clock } = this.#service;
		const now = clock.now();
		const written = new Map<string, string>();
		const folders = new Set<string>();
		let some: Promise<void>[] = [];
		for (const [path, text] of machineTree(cluster.world, this.#node, this.#cgroups(now), now)) {
			written.set(path, text);
			const folder = dirname(path);
			if (!this.#folders.has(folder) && !folders.has(folder)) await mkdir(join(this.root, folder), { recursive: true });
			folders.add(folder);
			const before = this.#written.get(path);
			if (before === text) continue;
			if (before !== undefined && countsTime(path)) {
				// By now it may be newer than what all this was begun with.
				written.set(path, before);
				continue;
			}
			some.push(this.#replace(path, text));
			if (some.length === atOnce) {
				await Promise.all(some);
				some = [];
				if (this.#following && clock.now() - this.#timesAt > interval) await this.#writeTimes(written);
			}
		}
		await Promise.all(some);
		for (const folder of this.#folders) {
			if (!folders.has(folder)) await rm(join(this.root, folder), { recursive: true, force: true });
		}
		this.#written = written;
		this.#folders = folders;
		await this.#writeTimes(written);
	}

	/** What came to be since the last time that all was written has no folder yet, and waits for the next. */
	#writeTimes(written: Map<string, string>): Promise<void> {
		// One after the other: what is older must not come last.
		this.#times = this.#times.then(() => this.#writeTimesNow(written));
		return this.#times;
	}

	async #writeTimesNow(written: Map<string, string>): Promise<void> {
		const now = this.#service.clock.now();
		this.#timesAt = now;
		let some: Promise<void>[] = [];
		for (const [path, text] of timeTree(this.#node, this.#cgroups(now), now)) {
			if (written.get(path) === text || !this.#folders.has(dirname(path))) continue;
			written.set(path, text);
			some.push(this.#replace(path, text));
			if (some.length === atOnce) {
				await Promise.all(some);
				some = [];
			}
		}
		await Promise.all(some);
	}

	#cgroups(now: number): Cgroup {
		this.#service.cluster.advance(now);
		return cgroupsOf(this.#service, this.#node);
	}

	async #replace(path: string, text: string): Promise<void> {
		const place = join(this.root, path);
		const draft = join(dirname(place), `.whytop-${this.#drafts++}`);
		await writeFile(draft, text);
		await rename(draft, place);
	}
}
