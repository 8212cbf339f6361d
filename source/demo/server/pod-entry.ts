import type { ApiObject } from '../formats/json.ts';
import { podLabels, podObject } from '../formats/pod.ts';
import { lifeAt, type PodLife } from '../model/life.ts';
import type { Slot, World } from '../model/world.ts';
import type { Entry } from './collection.ts';

/** A pod's entry. In a large cluster it knows only where to look the pod up again. */
export interface PodEntry extends Entry {
	readonly slot: Slot;
	/** When it came to be as it is, ms since 1970. */
	readonly time: number;
	life(): PodLife;
}

/** A pod whose life and object are kept. */
export class KeptPodEntry implements PodEntry {
	readonly key: string;
	readonly encoded = new Map<string, Buffer | string>();
	readonly slot: Slot;
	readonly version: number;
	readonly time: number;
	readonly #life: PodLife;
	readonly #edit: (object: ApiObject) => ApiObject;
	#object: ApiObject | undefined;

	/** @param edit what becomes of the object */
	constructor(slot: Slot, life: PodLife, version: number, time: number, edit: (object: ApiObject) => ApiObject) {
		this.key = `${slot.workload.namespace}/${life.name}`;
		this.slot = slot;
		this.version = version;
		this.time = time;
		this.#life = life;
		this.#edit = edit;
	}

	get namespace(): string {
		return this.slot.workload.namespace;
	}

	get name(): string {
		return this.#life.name;
	}

	life(): PodLife {
		return this.#life;
	}

	labels(): Readonly<Record<string, string>> {
		return podLabels(this.#life);
	}

	object(): ApiObject {
		this.#object ??= this.#edit(podObject(this.#life, this.version));
		return this.#object;
	}
}

/** A pod that is looked up again in the world each time it is asked for: of these there may be 150,000. */
export class BulkPodEntry implements PodEntry {
	readonly #world: World;
	readonly key: string;
	readonly slot: Slot;
	readonly version: number;
	readonly time: number;

	constructor(world: World, slot: Slot, name: string, version: number, time: number) {
		this.#world = world;
		this.key = `${slot.workload.namespace}/${name}`;
		this.slot = slot;
		this.version = version;
		this.time = time;
	}

	get namespace(): string {
		return this.slot.workload.namespace;
	}

	get name(): string {
		return this.key.slice(this.namespace.length + 1);
	}

	life(): PodLife {
		const { pod } = lifeAt(this.#world, this.slot, this.time);
		if (!pod) throw new Error(`there was no pod ${this.key} at ${this.time}`);
		return pod;
	}

	labels(): Readonly<Record<string, string>> {
		return podLabels(this.life());
	}

	object(): ApiObject {
		return podObject(this.life(), this.version);
	}

	quickField(field: string): string | undefined {
		return field === 'spec.nodeName' ? (this.slot.node?.name ?? '') : undefined;
	}
}
