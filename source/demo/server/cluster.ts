import {
	type ApiServiceState,
	apiServiceObject,
	type Endpoint,
	endpointSliceObject,
	endpointsObject,
	leaseObject,
	namespaceObject,
	serviceObject,
} from '../formats/cluster.ts';
import { controllerObjects } from '../formats/controllers.ts';
import { eventLifetime, podEvents } from '../formats/events.ts';
import type { ApiObject } from '../formats/json.ts';
import { nodeObject } from '../formats/node.ts';
import { policyObjects, type StoredObject } from '../formats/policy.ts';
import { isSettled, lifeAt, type PodLife, podUid, settledName } from '../model/life.ts';
import { heartbeat, type NodeModel } from '../model/node.ts';
import type { Workload } from '../model/workload.ts';
import type { Slot, World } from '../model/world.ts';
import { Collection, type Entry, type Memory } from './collection.ts';
import { BulkPodEntry, KeptPodEntry, type PodEntry } from './pod-entry.ts';
import { type ResourceType, storedResources } from './resources.ts';
import { Schedule } from './schedule.ts';

/** An entry whose object is kept. */
function objectEntry(object: ApiObject, version: number): Entry {
	const { name, namespace = '' } = object.metadata;
	const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
	return {
		key: namespace ? `${namespace}/${name}` : name,
		namespace,
		name,
		version,
		object: () => stored,
		labels: () => stored.metadata.labels ?? {},
		encoded: new Map(),
	};
}

/** The first version there is; a real cluster of this age would be at about here. */
const firstVersion = 48_211_000;

/** What is registered with the API server's aggregator, by group and version. */
export interface AggregatedService {
	group: string;
	version: string;
	service: string;
	state: ApiServiceState;
}

/** What faults do to the stored objects. */
export interface ObjectChanges {
	/** What becomes of an object, by the plural of its kind; null: it is not there. */
	edit(resource: string, object: ApiObject): ApiObject | null;
	/** Objects that are there besides. */
	extra(world: World): readonly StoredObject[];
}

/**
 * The stored objects of the simulated cluster: what etcd would hold. It follows the world as time goes on and turns
 * every difference into a version.
 */
export class Cluster {
	readonly world: World;
	readonly collections: ReadonlyMap<string, Collection>;
	/** Slots of each node, for what a node's own numbers are summed from. */
	readonly slotsOf: ReadonlyMap<NodeModel, readonly Slot[]>;
	version = firstVersion;
	readonly #schedule = new Schedule<Slot | NodeModel>();
	readonly #current = new Map<Slot, PodEntry>();
	readonly #slotsOfWorkload = new Map<Workload, Slot[]>();
	/** Objects that were made from a workload's pods, as text, to find what changed. */
	readonly #derived = new Map<Workload, Map<string, string>>();
	#time: number;

	readonly #changes: ObjectChanges;

	constructor(
		world: World,
		time: number,
		aggregated: readonly AggregatedService[],
		memory: Memory,
		changes: ObjectChanges = { edit: (_resource, object) => object, extra: () => [] },
	) {
		this.world = world;
		this.#changes = changes;
		this.#time = time;
		this.collections = new Map(storedResources.map((type) => [keyOf(type), new Collection(firstVersion, memory)]));
		const slotsOf = new Map<NodeModel, Slot[]>();
		for (const slot of world.slots) {
			if (slot.node) append(slotsOf, slot.node, slot);
			append(this.#slotsOfWorkload, slot.workload, slot);
		}
		this.slotsOf = slotsOf;
		this.#begin(aggregated);
	}

	collection(type: ResourceType): Collection {
		const collection = this.collections.get(keyOf(type));
		if (!collection) throw new Error(`${type.name} is no stored resource`);
		return collection;
	}

	/** The pod in a slot now. */
	podOf(slot: Slot): PodLife | undefined {
		return this.#current.get(slot)?.life();
	}

	/** When something will happen next, ms since 1970. */
	get nextChange(): number {
		return this.#schedule.next;
	}

	#byName(name: string): Collection {
		for (const [key, collection] of this.collections) if (key.endsWith(`/${name}`)) return collection;
		throw new Error(`no collection ${name}`);
	}

	#begin(aggregated: readonly AggregatedService[]): void {
		const { world } = this;
		const time = this.#time;
		const objects = new Map<string, ApiObject[]>();
		append(objects, 'apiservices', apiServiceObject(world, '', 'v1', '', local, 0));
		const versions = new Map(storedResources.map(({ group, version }) => [group, version]));
		versions.delete('');
		for (const [group, version] of versions) {
			append(objects, 'apiservices', apiServiceObject(world, group, version, '', local, 0));
		}
		for (const { group, version, service, state } of aggregated) {
			append(objects, 'apiservices', apiServiceObject(world, group, version, service, state, 0));
		}
		for (const namespace of world.namespaces) append(objects, 'namespaces', namespaceObject(world, namespace, 0));
		for (const workload of world.workloads) {
			if (workload.service !== undefined) append(objects, 'services', serviceObject(world, workload, 0));
		}
		for (const node of world.nodes) {
			append(objects, 'nodes', nodeObject(node, world, time, 0));
			append(
				objects,
				'leases',
				leaseObject(world, node.name, world.origin - node.age * 3_600_000, time - (time % 10_000), 0),
			);
			this.#schedule.add(heartbeat(node, time).next, node);
		}
		for (const { resource, object } of [...policyObjects(world), ...this.#changes.extra(world)])
			append(objects, resource, object);
		for (const [name, list] of objects) {
			const there = list.map((object) => this.#changes.edit(name, object)).filter((object) => object !== null);
			this.#byName(name).fill(
				there.map((object) => objectEntry(object, ++this.version)),
				firstVersion,
			);
		}
		const pods: PodEntry[] = [];
		for (const slot of world.slots) {
			const settled = this.#isBulk(slot) ? settledName(world, slot, time) : undefined;
			if (settled !== undefined) {
				pods.push(this.#remember(new BulkPodEntry(world, slot, settled, ++this.version, time)));
				continue;
			}
			const { pod, until } = lifeAt(world, slot, time);
			if (until !== Number.POSITIVE_INFINITY) this.#schedule.add(until, slot);
			if (pod) pods.push(this.#remember(this.#entry(slot, pod, time)));
		}
		this.#byName('pods').fill(pods, firstVersion);
		for (const workload of world.workloads) if (!workload.bulk) this.#derive(workload, time);
	}

	/** Brings everything up to a time. @param now ms since 1970 */
	advance(now: number): void {
		const changed = new Set<Workload>();
		let stepped = false;
		while (this.#schedule.next <= now) {
			const time = this.#schedule.next;
			const subject = this.#schedule.take();
			if (!subject) break;
			if ('workload' in subject) {
				this.#step(subject, time);
				if (!subject.workload.bulk) changed.add(subject.workload);
				stepped = true;
			} else {
				const object = this.#changes.edit('nodes', nodeObject(subject, this.world, time, 0));
				if (object) this.#byName('nodes').put(objectEntry(object, ++this.version), time);
				this.#schedule.add(heartbeat(subject, time).next, subject);
			}
			this.#time = time;
		}
		for (const workload of changed) this.#derive(workload, now);
		if (stepped) {
			this.#forgetEvents(now);
			for (const collection of this.collections.values()) collection.forget(now);
		}
		this.#time = Math.max(this.#time, now);
	}

	/**
	 * Gives a pod a new version, as its kubelet or its controller would; or removes it and makes another in its place: of
	 * those that stay as they are otherwise. While the clock stands still, none would ever start: it is made again as it was.
	 * @returns whether there is such a pod in the slot
	 */
	touch(slot: Slot, time: number, how: 'change' | 'replace'): boolean {
		const before = this.#current.get(slot);
		if (!before) return false;
		const pods = this.#byName('pods');
		if (how === 'replace' && Number.isNaN(this.world.still)) {
			if (!isSettled(slot.workload) || before.time >= time) return false;
			slot.renewals ??= [];
			slot.renewals.push(time);
			this.#step(slot, time);
			if (!slot.workload.bulk) this.#derive(slot.workload, time);
			pods.forget(time);
			return true;
		}
		if (how === 'replace') pods.remove(this.#entry(slot, before.life(), before.time), time);
		pods.put(this.#remember(this.#entry(slot, before.life(), before.time)), time);
		pods.forget(time);
		return true;
	}

	#step(slot: Slot, time: number): void {
		const pods = this.#byName('pods');
		const before = this.#current.get(slot);
		const { pod, until } = lifeAt(this.world, slot, time);
		if (until !== Number.POSITIVE_INFINITY) this.#schedule.add(Math.max(until, time + 1), slot);
		if (before && (!pod || pod.name !== before.name || pod.key !== before.life().key)) {
			this.#current.delete(slot);
			pods.remove(this.#entry(slot, before.life(), before.time), time);
		}
		if (!pod) return;
		pods.put(this.#remember(this.#entry(slot, pod, time)), time);
	}

	/** One of too many to be kept; the few that faults change are. */
	#isBulk({ workload: { kind, namespace } }: Slot): boolean {
		return this.world.large && !(kind === 'Deployment' && namespace === 'kube-system');
	}

	#entry(slot: Slot, pod: PodLife, time: number): PodEntry {
		const version = ++this.version;
		return this.#isBulk(slot)
			? new BulkPodEntry(this.world, slot, pod.name, version, time)
			: new KeptPodEntry(slot, pod, version, time, (object) => this.#changes.edit('pods', object) ?? object);
	}

	#remember(entry: PodEntry): PodEntry {
		this.#current.set(entry.slot, entry);
		return entry;
	}

	/** Objects that follow from a workload's pods: its controllers, its endpoints, what was recorded about them. */
	#derive(workload: Workload, time: number): void {
		const pods = (this.#slotsOfWorkload.get(workload) ?? [])
			.map((slot) => this.#current.get(slot)?.life())
			.filter((pod) => pod !== undefined);
		const now = new Map<string, string>();
		const put = (resource: string, made: ApiObject, removable: boolean): void => {
			const object = this.#changes.edit(resource, made);
			if (!object) return;
			const { name, namespace } = object.metadata;
			const text = JSON.stringify(object);
			const key = `${resource} ${namespace}/${name}`;
			if (removable) now.set(key, text);
			const known = this.#derived.get(workload)?.get(key);
			if (known !== text) this.#byName(resource).put(objectEntry(object, ++this.version), time);
		};
		for (const { resource, object } of controllerObjects(this.world, workload, pods)) put(resource, object, true);
		if (workload.service !== undefined) {
			const endpoints = pods.flatMap((pod): Endpoint[] => {
				const { node, address } = pod.slot;
				if (!node || pod.phase !== 'Running') return [];
				return [
					{ ip: address, nodeName: node.name, pod: pod.name, uid: podUid(pod), ready: !Number.isNaN(pod.readySince) },
				];
			});
			put('endpoints', endpointsObject(this.world, workload, endpoints, 0), true);
			put('endpointslices', endpointSliceObject(this.world, workload, endpoints, 0), true);
		}
		for (const [key] of this.#derived.get(workload) ?? []) {
			if (now.has(key)) continue;
			const [resource = '', path = ''] = key.split(' ');
			const gone = this.#byName(resource).get(path);
			if (gone) this.#byName(resource).remove(objectEntry(gone.object(), ++this.version), time);
		}
		this.#derived.set(workload, now);
		for (const pod of pods) {
			for (const event of podEvents(pod, time)) {
				const known = this.#byName('events').get(`${event.metadata.namespace}/${event.metadata.name}`)?.object();
				if (known && known['count'] === event['count'] && known['lastTimestamp'] === event['lastTimestamp']) continue;
				this.#byName('events').put(objectEntry(event, ++this.version), time);
			}
		}
	}

	#forgetEvents(now: number): void {
		const events = this.#byName('events');
		const old = events.filter((entry) => Date.parse(String(entry.object()['lastTimestamp'])) < now - eventLifetime);
		for (const entry of old) events.remove(objectEntry(entry.object(), ++this.version), now);
	}
}

const local: ApiServiceState = {
	available: 'True',
	reason: 'Local',
	message: 'Local APIServices are always available',
};

function keyOf(type: ResourceType): string {
	return `${type.group}/${type.name}`;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
