/**
 * What the doctor would list once more, told from what the monitor follows anyway. Of very many pods those that can tell
 * something: all that lack a sample or a part of it, and of those that have theirs one a node, which shows that the node is
 * heard. Pure.
 */
import { type Answer, emptyReply } from '../../diagnose/evidence/answer.ts';
import type { Sample, SamplesFacts } from '../../diagnose/evidence/api.ts';
import type { ListedPod } from '../../diagnose/evidence/objects.ts';
import { looksLikeServer } from '../../diagnose/evidence/server-pods.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import { podsPath } from '../follow/fleet-feeds.ts';
import type { AsOf } from '../usage.ts';

/** All pods of a namespace or of the cluster, and their samples. */
export interface FollowedPods {
	fleet: Fleet;
	/** Null for all. */
	namespace: string | null;
	/** Of the metrics API: `v1beta1`. */
	version: string;
	/** Of the newest answer about pods. */
	asOf: AsOf;
	/** The samples of nodes are known: then those of single pods are not needed to tell how old samples are. */
	nodesSampled: boolean;
}

export interface KnownPods {
	pods: Answer<readonly ListedPod[]>;
	samples: Answer<SamplesFacts>;
}

export function knownPods({ asOf, fleet, namespace, nodesSampled, version }: FollowedPods): KnownPods {
	const found = new Finds(fleet, asOf, namespace === null && nodesSampled);
	const path = podsPath(namespace);
	const reply = { ...emptyReply, outcome: 'answered', status: 200 } as const;
	return {
		pods: { ...reply, request: `GET ${path}`, value: found.pods },
		samples: {
			...reply,
			request: `GET ${path.replace('/api/v1/', `/apis/metrics.k8s.io/${version}/`)}`,
			value: { namespace, samples: found.samples, asOf: asOf.time },
		},
	};
}

/** One walk over the pods. */
class Finds {
	readonly pods: ListedPod[] = [];
	readonly samples = new Map<string, Sample>();
	readonly #fleet: Fleet;
	/** The one by which it is known how long a first sample takes; −1 where there is no sample at all. */
	readonly #widest: number;
	/** Ids of the names of nodes of which one pod was taken for that. */
	readonly #shown = new Set<number>();
	/** Ids of names of containers that may be metrics-server. */
	readonly #servers: ReadonlySet<number>;

	/** @param many only those that can tell something */
	constructor(fleet: Fleet, asOf: AsOf, many: boolean) {
		this.#fleet = fleet;
		const { containers, pods } = fleet;
		this.#widest = this.#findWidest();
		const { words } = containers.name.dictionary;
		this.#servers = new Set([...words.keys()].filter((id) => looksLikeServer(words[id] ?? '')));
		for (let slot = 0; slot < pods.slots.end; slot++) {
			if (pods.slots.isLive(slot) && !this.#isTooLate(slot, asOf) && (!many || this.#tells(slot))) {
				this.#take(slot);
			}
		}
	}

	#findWidest(): number {
		const { pods } = this.#fleet;
		let widest = -1;
		for (let slot = 0; slot < pods.slots.end; slot++) {
			if (this.#isSampled(slot) && !(pods.sampleWindow.get(slot) <= pods.sampleWindow.get(widest))) {
				widest = slot;
			}
		}
		return widest;
	}

	#isSampled(slot: number): boolean {
		const { podPoll, pods } = this.#fleet;
		return podPoll > 0 && pods.slots.isLive(slot) && pods.sampledIn.get(slot) >= podPoll;
	}

	/** It came after an answer that has samples of others, and is not missing from it. */
	#isTooLate(slot: number, { rows }: AsOf): boolean {
		const { pods } = this.#fleet;
		const lacks = this.#widest >= 0 && !this.#isSampled(slot) && pods.phase.get(slot) === 'Running';
		return lacks && pods.slots.isNewer(slot, rows);
	}

	#tells(slot: number): boolean {
		const { pods } = this.#fleet;
		if (this.#isSampled(slot)) {
			return slot === this.#widest || this.#lacksPart(slot) || this.#mayBeServer(slot) || this.#isFirstOfNode(slot);
		}
		if (pods.phase.get(slot) === 'Running') {
			// Where there are no samples at all, none of the pods lacks one more than the others.
			return this.#widest >= 0 || this.#mayBeServer(slot) || this.#isFirstOfNode(slot);
		}
		return looksLikeServer(pods.owner.get(slot));
	}

	#isFirstOfNode(slot: number): boolean {
		const node = this.#fleet.pods.node.id(slot);
		const isFirst = !this.#shown.has(node);
		this.#shown.add(node);
		return isFirst;
	}

	#lacksPart(slot: number): boolean {
		const { containers, podPoll, pods } = this.#fleet;
		for (const container of containers.chain(pods.firstContainer.get(slot))) {
			if (
				containers.isRunning(container) &&
				containers.sampledIn.get(container) < podPoll &&
				this.#isListed(container)
			) {
				return true;
			}
		}
		return false;
	}

	#mayBeServer(slot: number): boolean {
		const { containers, pods } = this.#fleet;
		for (const container of containers.chain(pods.firstContainer.get(slot))) {
			if (this.#servers.has(containers.name.id(container))) {
				return true;
			}
		}
		return false;
	}

	/** Ordinary containers and sidecars, which are sampled. */
	#isListed(container: number): boolean {
		const kind = this.#fleet.containers.kind.get(container);
		return kind === 'app' || kind === 'sidecar';
	}

	#take(slot: number): void {
		const { containers, podPoll, pods } = this.#fleet;
		const namespace = pods.namespace.get(slot);
		const name = pods.name.get(slot);
		const its = [...containers.chain(pods.firstContainer.get(slot))].filter((container) => this.#isListed(container));
		this.pods.push({
			namespace,
			name,
			node: pods.node.get(slot),
			phase: pods.phase.get(slot),
			status: pods.status.get(slot),
			createdAt: pods.createdAt.get(slot),
			owner: pods.owner.get(slot),
			containers: its.map((container) => ({
				name: containers.name.get(container),
				state: containers.state.get(container),
				restarts: containers.restarts.get(container),
				startedAt: containers.startedAt.get(container),
				lastTerminatedAt: containers.lastTerminatedAt.get(container),
			})),
		});
		if (this.#isSampled(slot)) {
			const sampled = its.filter((container) => containers.sampledIn.get(container) >= podPoll);
			this.samples.set(`${namespace}/${name}`, {
				name: `${namespace}/${name}`,
				timestamp: pods.sampledAt.get(slot),
				window: pods.sampleWindow.get(slot),
				cpu: Number.NaN,
				containers: sampled.map((container) => containers.name.get(container)).toSorted(),
			});
		}
	}
}
