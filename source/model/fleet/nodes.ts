import type { NodeKind, NodeRecord, NodeUsageRecord } from '../records.ts';
import { ChoiceColumn, CountColumn, NumberColumn, Slots, TextColumn, WordColumn } from './columns.ts';
import type { Dictionary } from './dictionary.ts';
import type { History } from './history.ts';

const kinds: readonly NodeKind[] = ['ordinary', 'virtual', 'fargate', 'windows'];

/** All nodes in columns. */
export class NodeTable {
	readonly slots = new Slots();
	readonly uid = new TextColumn();
	readonly name: WordColumn;
	readonly kind = new ChoiceColumn<NodeKind>(kinds);
	readonly status = new WordColumn();
	readonly roles = new WordColumn();
	readonly kubeletVersion = new WordColumn();
	readonly internalIp = new TextColumn();
	readonly osImage = new WordColumn();
	readonly kernelVersion = new WordColumn();
	readonly containerRuntime = new WordColumn();
	readonly architecture = new WordColumn();
	readonly pressure = new WordColumn();
	readonly createdAt = new NumberColumn();
	readonly cpuAllocatable = new NumberColumn();
	readonly memoryAllocatable = new NumberColumn();
	readonly cpuCapacity = new NumberColumn();
	readonly memoryCapacity = new NumberColumn();
	readonly podAllocatable = new NumberColumn();
	readonly cpu = new NumberColumn();
	readonly memory = new NumberColumn();
	readonly sampledAt = new NumberColumn();
	readonly sampleWindow = new NumberColumn();
	readonly sampledIn = new CountColumn();
	readonly seenIn = new CountColumn();
	/** Slot + 1 by the id of the node's name in the shared dictionary. */
	readonly #byName = new Map<number, number>();
	readonly #history: History;

	constructor(nodeNames: Dictionary, history: History) {
		this.name = new WordColumn(nodeNames);
		this.#history = history;
		const { slots: _, ...columns } = this;
		this.slots.grows(Object.values(columns).filter((column) => column instanceof Object && 'grow' in column));
	}

	find(name: string): number {
		return this.findId(this.name.dictionary.find(name));
	}

	/** @param nameId Id of the name in the dictionary that pods and nodes share. */
	findId(nameId: number): number {
		return this.#byName.get(nameId) ?? -1;
	}

	put(record: NodeRecord, seenIn: number): number {
		let slot = this.find(record.name);
		if (slot >= 0 && this.uid.get(slot) !== record.uid) {
			this.remove(slot);
			slot = -1;
		}
		if (slot < 0) {
			slot = this.slots.take();
			this.uid.set(slot, record.uid);
			this.name.set(slot, record.name);
			this.#byName.set(this.name.id(slot), slot);
			this.#history.born(slot);
		}
		this.seenIn.set(slot, seenIn);
		this.kind.set(slot, record.kind);
		this.status.set(slot, record.status);
		this.roles.set(slot, record.roles);
		this.kubeletVersion.set(slot, record.kubeletVersion);
		this.internalIp.set(slot, record.internalIp);
		this.osImage.set(slot, record.osImage);
		this.kernelVersion.set(slot, record.kernelVersion);
		this.containerRuntime.set(slot, record.containerRuntime);
		this.architecture.set(slot, record.architecture);
		this.pressure.set(slot, record.pressure);
		this.createdAt.set(slot, record.createdAt);
		this.cpuAllocatable.set(slot, record.cpuAllocatable);
		this.memoryAllocatable.set(slot, record.memoryAllocatable);
		this.cpuCapacity.set(slot, record.cpuCapacity);
		this.memoryCapacity.set(slot, record.memoryCapacity);
		this.podAllocatable.set(slot, record.podAllocatable);
		return slot;
	}

	remove(slot: number): void {
		this.#byName.delete(this.name.id(slot));
		this.slots.release(slot);
	}

	sweep(seenIn: number): void {
		for (const slot of this.slots.all()) {
			if (this.seenIn.get(slot) !== seenIn) {
				this.remove(slot);
			}
		}
	}

	/** Joins one item of a metrics answer. @returns The node's slot, −1 if no such node is known. */
	sample(record: NodeUsageRecord, poll: number): number {
		const slot = this.find(record.name);
		if (slot < 0) {
			return -1;
		}
		this.cpu.set(slot, record.cpu);
		this.memory.set(slot, record.memory);
		this.sampledAt.set(slot, record.timestamp);
		this.sampleWindow.set(slot, record.window);
		this.sampledIn.set(slot, poll);
		this.#history.record(poll, slot, record.cpu, record.memory);
		return slot;
	}
}
