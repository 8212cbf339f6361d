import type { ApiObject } from '../formats/json.ts';

/** One stored object, in one version of it. It may be made anew each time it is asked for. */
export interface Entry {
	/** `namespace/name`, or the name of what has no namespace. */
	readonly key: string;
	readonly namespace: string;
	readonly name: string;
	readonly version: number;
	object(): ApiObject;
	labels(): Readonly<Record<string, string>>;
	/** The object in protobuf if it can be had without making the object. */
	message?(): Buffer;
	/** The value of a field if it can be had without making the object. */
	quickField?(field: string): string | undefined;
	/** Encoded forms that are worth keeping; absent if none are kept. */
	encoded?: Map<string, Buffer | string>;
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change {
	type: ChangeType;
	version: number;
	/** As it is now; as it was last, with the version of its removal, if it was removed. */
	entry: Entry;
	before: Entry | undefined;
	/** ms since 1970. */
	at: number;
}

/** All objects of one kind at one moment. */
export interface Snapshot {
	version: number;
	/** In the order of their keys. */
	entries: readonly Entry[];
	takenAt: number;
}

/** How long the past is kept, ms. */
export interface Memory {
	history: number;
	snapshots: number;
	/** A list may be answered with a snapshot that is so old. */
	reuse: number;
}

function position(entries: readonly Entry[], key: string): { index: number; found: boolean } {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((entries[middle]?.key ?? '') < key) low = middle + 1;
		else high = middle;
	}
	return { index: low, found: entries[low]?.key === key };
}

/** The objects of one kind, what happened to them, and who wants to know. */
export class Collection {
	#entries: Entry[] = [];
	/** Someone holds the array: it must be copied before it changes. */
	#shared = false;
	#history: Change[] = [];
	#snapshots: Snapshot[] = [];
	/** Changes up to this version are forgotten. */
	#forgotten: number;
	readonly #listeners = new Set<(change: Change) => void>();
	readonly #memory: Memory;

	/** @param version that the first objects come after */
	constructor(version: number, memory: Memory) {
		this.#forgotten = version;
		this.#memory = memory;
	}

	/** The entries of this moment, not to be kept. */
	filter(predicate: (entry: Entry) => boolean): Entry[] {
		return this.#entries.filter(predicate);
	}

	/** Fills it at the beginning, when there is no past yet. */
	fill(entries: Entry[], version: number): void {
		this.#entries = entries.sort((first, second) => (first.key < second.key ? -1 : 1));
		this.#forgotten = version;
	}

	get(key: string): Entry | undefined {
		const { index, found } = position(this.#entries, key);
		return found ? this.#entries[index] : undefined;
	}

	put(entry: Entry, at: number): void {
		this.#own();
		const { index, found } = position(this.#entries, entry.key);
		const before = found ? this.#entries[index] : undefined;
		this.#entries.splice(index, found ? 1 : 0, entry);
		this.#tell({ type: found ? 'MODIFIED' : 'ADDED', version: entry.version, entry, before, at });
	}

	/** @param last the object as it went, with the version of its removal */
	remove(last: Entry, at: number): void {
		const { index, found } = position(this.#entries, last.key);
		if (!found) return;
		this.#own();
		const [before] = this.#entries.splice(index, 1);
		this.#tell({ type: 'DELETED', version: last.version, entry: last, before, at });
	}

	#own(): void {
		if (!this.#shared) return;
		this.#entries = [...this.#entries];
		this.#shared = false;
	}

	#tell(change: Change): void {
		this.#history.push(change);
		for (const listener of this.#listeners) listener(change);
	}

	/** Forgets what is older than it has to remember. */
	forget(now: number): void {
		let old = 0;
		while (old < this.#history.length && (this.#history[old]?.at ?? now) < now - this.#memory.history) old++;
		if (old > 0) {
			this.#forgotten = this.#history[old - 1]?.version ?? this.#forgotten;
			this.#history = this.#history.slice(old);
		}
		this.#snapshots = this.#snapshots.filter((snapshot) => snapshot.takenAt > now - this.#memory.snapshots);
	}

	/** The objects now, or a short while ago if that is good enough. @param version of the whole cluster */
	snapshot(version: number, now: number): Snapshot {
		const newest = this.#snapshots.at(-1);
		if (newest && newest.takenAt > now - this.#memory.reuse) return newest;
		if (newest?.version === version) return newest;
		this.#shared = true;
		const snapshot = { version, entries: this.#entries, takenAt: now };
		this.#snapshots.push(snapshot);
		return snapshot;
	}

	/** The objects as an earlier list saw them, if that is still known. */
	snapshotAt(version: number): Snapshot | undefined {
		return this.#snapshots.find((snapshot) => snapshot.version === version);
	}

	/** Changes after a version; undefined if some of them are forgotten. */
	changesSince(version: number): readonly Change[] | undefined {
		if (version < this.#forgotten) return undefined;
		return this.#history.filter((change) => change.version > version);
	}

	/** The oldest version that changes are known after. */
	get oldest(): number {
		return this.#forgotten;
	}

	listen(listener: (change: Change) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
