import type { PodPhase, PodRecord, PodUsageRecord } from '../records.ts';
import { AddressColumn } from './address-column.ts';
import { ChoiceColumn, CountColumn, MomentColumn, NumberColumn, Slots, WordColumn } from './columns.ts';
import type { ContainerTable } from './containers.ts';
import type { Dictionary } from './dictionary.ts';
import { HashIndex, hashText } from './hash-index.ts';
import { NameColumn } from './name-column.ts';
import { PodSums } from './pod-sums.ts';
import { SharedNumberColumn } from './shared-number-column.ts';
import { UidColumn } from './uid-column.ts';

const phases: readonly PodPhase[] = ['Unknown', 'Pending', 'Running', 'Succeeded', 'Failed'];
const firstFinished = phases.indexOf('Succeeded');

/** All pods in columns. Its containers live in a table of their own, chained from `firstContainer`. */
export class PodTable {
	readonly slots = new Slots();
	/** None while all that is known of the pod is a sample: see {@link uidOf}. */
	readonly uid = new UidColumn();
	readonly namespace: WordColumn;
	readonly name = new NameColumn();
	readonly node: WordColumn;
	readonly phase = new ChoiceColumn<PodPhase>(phases);
	readonly status = new WordColumn();
	readonly owner = new WordColumn(undefined, true);
	readonly qosClass = new WordColumn();
	readonly ip = new AddressColumn();
	readonly createdAt = new MomentColumn();
	readonly readyContainers = new CountColumn();
	readonly totalContainers = new CountColumn();
	readonly restarts = new CountColumn();
	readonly lastRestartAt = new MomentColumn();
	readonly cpuRequest = new SharedNumberColumn();
	readonly cpuLimit = new SharedNumberColumn();
	readonly memoryRequest = new SharedNumberColumn();
	readonly memoryLimit = new SharedNumberColumn();
	/** Sums over the containers of the newest sample, NaN if there never was one. */
	readonly cpu = new NumberColumn();
	readonly memory = new NumberColumn();
	readonly sampledAt = new NumberColumn();
	readonly sampleWindow = new NumberColumn();
	/** Number of the poll that brought the newest sample. */
	readonly sampledIn = new CountColumn();
	/** Slot + 1 of the first container, 0 = none. */
	readonly firstContainer = new CountColumn();
	/**
	 * Number of the list that last confirmed the pod: what a new list does not confirm is gone. 0 = no list has: all that
	 * is known of it is a sample.
	 */
	readonly seenIn = new CountColumn();
	/** Grows when a list tells the rest of a pod that only a sample told of. */
	listed = 0;
	/** How often a pod has finished, or a slot of one that had was given to another. */
	finishes = 0;
	/** Grows with each piece of an answer that brought samples. */
	samples = 0;
	/** Sums over the pods of each node, and counts of those of each namespace. */
	readonly sums: PodSums;
	readonly #byName = new HashIndex();
	readonly #containers: ContainerTable;
	/** Where the next item of the metrics and of the list will most likely be: both come sorted by name. */
	readonly #sampled = { next: 0 };
	readonly #listed = { next: 0 };

	/** @param nodeNames The dictionary that pods and nodes share, so that joining them is comparing numbers. */
	constructor(nodeNames: Dictionary, namespaces: Dictionary, containers: ContainerTable) {
		this.node = new WordColumn(nodeNames);
		this.namespace = new WordColumn(namespaces);
		this.#containers = containers;
		const { slots: _, ...columns } = this;
		this.slots.grows(Object.values(columns).filter((column) => column instanceof Object && 'grow' in column));
		this.sums = new PodSums(this);
	}

	find(namespace: string, name: string): number {
		return this.#byName.find(
			nameHash(namespace, name),
			(slot) => this.name.is(slot, name) && this.namespace.get(slot) === namespace,
		);
	}

	/** The pod's uid; while that is not known, `namespace/name`. */
	uidOf(slot: number): string {
		return this.uid.get(slot) || `${this.namespace.get(slot)}/${this.name.get(slot)}`;
	}

	/** Finds a pod also by what stood for its uid while that was not known. */
	findUid(uid: string): number {
		const slot = this.uid.find(uid);
		const slash = slot < 0 ? uid.indexOf('/') : -1;
		return slash < 0 ? slot : this.find(uid.slice(0, slash), uid.slice(slash + 1));
	}

	/** It has ended for good: whatever was sampled of it is past. */
	isFinished(slot: number): boolean {
		return (this.phase.values[slot] as number) >= firstFinished;
	}

	/** Makes room for so many pods. */
	reserve(count: number): void {
		this.slots.reserve(count);
		this.#byName.reserve(count);
	}

	/** Adds the pod or brings it up to date; a pod that was made anew under its name starts without a past. */
	put(record: PodRecord, seenIn: number): number {
		let slot = this.#nextOrFind(this.#listed, record.namespace, record.name);
		if (slot >= 0 && !this.uid.is(slot, record.uid)) {
			if (this.seenIn.get(slot) === 0) {
				this.listed++;
				this.uid.set(slot, record.uid);
			} else {
				this.remove(slot);
				slot = -1;
			}
		}
		if (slot < 0) {
			slot = this.slots.take();
			this.uid.set(slot, record.uid);
			this.namespace.set(slot, record.namespace);
			this.name.set(slot, record.name);
			this.#byName.add(nameHash(record.namespace, record.name), slot);
		} else {
			this.sums.take(slot);
		}
		this.seenIn.set(slot, seenIn);
		this.node.set(slot, record.node);
		const wasFinished = this.isFinished(slot);
		this.phase.set(slot, record.phase);
		this.finishes += Number(wasFinished !== this.isFinished(slot));
		this.status.set(slot, record.status);
		this.owner.set(slot, record.owner);
		this.qosClass.set(slot, record.qosClass);
		this.ip.set(slot, record.ip);
		this.createdAt.set(slot, record.createdAt);
		this.readyContainers.set(slot, record.readyContainers);
		this.totalContainers.set(slot, record.totalContainers);
		this.restarts.set(slot, record.restarts);
		this.lastRestartAt.set(slot, record.lastRestartAt);
		this.cpuRequest.set(slot, record.cpuRequest);
		this.cpuLimit.set(slot, record.cpuLimit);
		this.memoryRequest.set(slot, record.memoryRequest);
		this.memoryLimit.set(slot, record.memoryLimit);
		this.firstContainer.set(slot, this.#containers.replace(slot, this.firstContainer.get(slot), record.containers));
		this.sums.add(slot);
		return slot;
	}

	/** What a sample alone tells of a pod, until the list of pods tells the rest. */
	#sketch({ containers, name, namespace }: PodUsageRecord): number {
		const slot = this.slots.take();
		this.namespace.set(slot, namespace);
		this.name.set(slot, name);
		this.#byName.add(nameHash(namespace, name), slot);
		this.firstContainer.set(slot, this.#containers.sketch(slot, containers));
		this.sums.add(slot);
		return slot;
	}

	remove(slot: number): void {
		this.sums.take(slot);
		this.#byName.remove(nameHash(this.namespace.get(slot), this.name.get(slot)), slot);
		this.#containers.removeAll(this.firstContainer.get(slot));
		this.slots.release(slot);
	}

	/** Removes every pod that the list of this number did not name. */
	sweep(seenIn: number): void {
		for (const slot of this.slots.all()) {
			if (this.seenIn.get(slot) !== seenIn) {
				this.remove(slot);
			}
		}
	}

	/**
	 * Joins one item of a metrics answer.
	 *
	 * @param add Makes a row for a pod that is not known.
	 * @returns The pod's slot, −1 if no such pod is known.
	 */
	sample(record: PodUsageRecord, poll: number, add: boolean): number {
		let slot = this.#nextOrFind(this.#sampled, record.namespace, record.name);
		if (slot < 0) {
			if (!add) {
				return -1;
			}
			slot = this.#sketch(record);
		}
		let cpu = 0;
		let memory = 0;
		for (const container of record.containers) {
			cpu += container.cpu;
			memory += container.memory;
		}
		this.samples++;
		this.cpu.set(slot, cpu);
		this.memory.set(slot, memory);
		this.sampledAt.set(slot, record.timestamp);
		this.sampleWindow.set(slot, record.window);
		this.sums.sample(slot, poll);
		this.sampledIn.set(slot, poll);
		this.#containers.sample(this.firstContainer.get(slot), record.containers, poll);
		return slot;
	}

	/** Forgets the pods that only a sample told of, and this poll no longer tells of. */
	forgetUnlisted(poll: number): void {
		for (const slot of this.slots.all()) {
			if (this.seenIn.get(slot) === 0 && this.sampledIn.get(slot) !== poll) {
				this.remove(slot);
			}
		}
	}

	#nextOrFind(cursor: { next: number }, namespace: string, name: string): number {
		const { next } = cursor;
		const slot =
			this.slots.isLive(next) && this.name.is(next, name) && this.namespace.get(next) === namespace
				? next
				: this.find(namespace, name);
		cursor.next = slot + 1;
		return slot;
	}
}

function nameHash(namespace: string, name: string): number {
	return hashText(name, hashText(namespace));
}
