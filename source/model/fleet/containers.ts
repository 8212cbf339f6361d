import type { ContainerKind, ContainerRecord, ContainerUsageRecord } from '../records.ts';
import { ChoiceColumn, CountColumn, MomentColumn, NumberColumn, Slots, WordColumn } from './columns.ts';
import type { History } from './history.ts';
import { SharedNumberColumn } from './shared-number-column.ts';

const kinds: readonly ContainerKind[] = ['app', 'sidecar', 'init', 'ephemeral'];

/** All containers in columns, those of a pod chained by `next` in the order of its spec. */
export class ContainerTable {
	readonly slots = new Slots();
	readonly pod = new CountColumn();
	/** Slot + 1 of the pod's next container, 0 = last. */
	readonly next = new CountColumn();
	readonly name = new WordColumn();
	readonly kind = new ChoiceColumn<ContainerKind>(kinds);
	readonly image = new WordColumn(undefined, true);
	readonly state = new WordColumn();
	readonly ready = new CountColumn();
	readonly restarts = new CountColumn();
	readonly startedAt = new MomentColumn();
	readonly lastTermination = new WordColumn();
	readonly lastTerminatedAt = new MomentColumn();
	readonly cpuRequest = new SharedNumberColumn();
	readonly cpuLimit = new SharedNumberColumn();
	readonly memoryRequest = new SharedNumberColumn();
	readonly memoryLimit = new SharedNumberColumn();
	readonly cpu = new NumberColumn();
	readonly memory = new NumberColumn();
	readonly sampledIn = new CountColumn();
	/** How often containers came, went, began to run or ended. */
	changes = 0;
	/** How often a pod got other containers, or them in another order: which there are, pod by pod, stays while this does. */
	chains = 0;
	readonly #history: History;
	/** Id of that state. */
	readonly #running: number;

	constructor(history: History) {
		this.#history = history;
		this.#running = this.state.dictionary.id('Running');
		const { slots: _, ...columns } = this;
		this.slots.grows(Object.values(columns).filter((column) => column instanceof Object && 'grow' in column));
	}

	isRunning(slot: number): boolean {
		return this.state.id(slot) === this.#running;
	}

	/** Slots of the chain that starts at `first` (slot + 1). */
	*chain(first: number): Generator<number> {
		for (let link = first; link !== 0; link = this.next.get(link - 1)) {
			yield link - 1;
		}
	}

	/** Makes the chain hold exactly these containers; one that keeps its name keeps its samples. @returns The new first link. */
	replace(pod: number, first: number, records: readonly ContainerRecord[]): number {
		if (this.#rewrite(first, records)) {
			return first;
		}
		this.chains++;
		const before = first === 0 ? null : this.#slotsByName(first);
		let link = 0;
		for (let index = records.length - 1; index >= 0; index--) {
			const record = records[index];
			if (record === undefined) {
				continue;
			}
			const known = before?.get(record.name);
			before?.delete(record.name);
			const slot = known ?? this.#take(pod);
			this.#write(slot, record);
			this.next.set(slot, link);
			link = slot + 1;
		}
		for (const slot of before?.values() ?? []) {
			this.slots.release(slot);
		}
		return link;
	}

	#slotsByName(first: number): Map<string, number> {
		const slots = new Map<string, number>();
		for (let link = first; link !== 0; link = this.next.get(link - 1)) {
			slots.set(this.name.get(link - 1), link - 1);
		}
		return slots;
	}

	/** Brings them up to date where they are the same ones in the same order, as nearly always. @returns whether they are */
	#rewrite(first: number, records: readonly ContainerRecord[]): boolean {
		let link = first;
		for (const { name } of records) {
			if (link === 0 || this.name.get(link - 1) !== name) {
				return false;
			}
			link = this.next.get(link - 1);
		}
		if (link !== 0) {
			return false;
		}
		link = first;
		for (const record of records) {
			this.#write(link - 1, record);
			link = this.next.get(link - 1);
		}
		return true;
	}

	/** The containers of a pod of which only a sample tells: only what runs is sampled. @returns The first link. */
	sketch(pod: number, records: readonly ContainerUsageRecord[]): number {
		this.chains++;
		let link = 0;
		for (let index = records.length - 1; index >= 0; index--) {
			const slot = this.#take(pod);
			this.name.set(slot, records[index]?.name ?? '');
			this.state.setId(slot, this.#running);
			this.next.set(slot, link);
			link = slot + 1;
		}
		return link;
	}

	removeAll(first: number): void {
		this.chains++;
		for (const slot of [...this.chain(first)]) {
			this.slots.release(slot);
		}
	}

	/** Joins the containers of one metrics item to the chain by name. */
	sample(first: number, records: readonly ContainerUsageRecord[], poll: number): void {
		let index = 0;
		for (let link = first; link !== 0; link = this.next.get(link - 1), index++) {
			const slot = link - 1;
			const name = this.name.get(slot);
			// Both name them in the same order, nearly always.
			let record = records[index];
			if (record?.name !== name) {
				record = records.find((candidate) => candidate.name === name);
			}
			if (record !== undefined) {
				this.cpu.set(slot, record.cpu);
				this.memory.set(slot, record.memory);
				this.sampledIn.set(slot, poll);
				this.#history.record(poll, slot, record.cpu, record.memory);
			}
		}
	}

	#take(pod: number): number {
		this.changes++;
		const slot = this.slots.take();
		this.pod.set(slot, pod);
		this.#history.born(slot);
		return slot;
	}

	#write(slot: number, record: ContainerRecord): void {
		this.name.set(slot, record.name);
		this.kind.set(slot, record.kind);
		this.image.set(slot, record.image);
		const wasRunning = this.isRunning(slot);
		this.state.set(slot, record.state);
		this.changes += Number(wasRunning !== this.isRunning(slot));
		this.ready.set(slot, record.ready ? 1 : 0);
		this.restarts.set(slot, record.restarts);
		this.startedAt.set(slot, record.startedAt);
		this.lastTermination.set(slot, record.lastTermination);
		this.lastTerminatedAt.set(slot, record.lastTerminatedAt);
		this.cpuRequest.set(slot, record.cpuRequest);
		this.cpuLimit.set(slot, record.cpuLimit);
		this.memoryRequest.set(slot, record.memoryRequest);
		this.memoryLimit.set(slot, record.memoryLimit);
	}
}
