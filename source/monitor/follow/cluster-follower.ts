/**
 * Follows one cluster into one fleet: nodes, pods, metrics. It decides what the user's rights leave: a user who may not
 * list the pods of all namespaces gets those of one.
 */
import type { KubeClient } from '../../kube/client.ts';
import { Fleet } from '../../model/fleet/fleet.ts';
import type { NodeRecord, PodRecord } from '../../model/records.ts';
import { followedNodes, followedPods, type PodScope } from './fleet-feeds.ts';
import { Follower } from './follow.ts';
import { MetricsPoller } from './poll-metrics.ts';

const forbidden = 403;

export interface FollowOptions extends PodScope {
	client: KubeClient;
	/** ms between two polls. */
	refresh: number;
	/** Called after anything changed; often. */
	changed: () => void;
}

export class ClusterFollower {
	readonly fleet = new Fleet();
	readonly metrics: MetricsPoller;
	readonly nodes: Follower<NodeRecord>;
	pods: Follower<PodRecord>;
	scope: PodScope;
	/** The pods of all namespaces were refused, and those of `scope.namespace` are followed instead. */
	namespaceOnly = false;
	readonly #client: KubeClient;
	readonly #changed: () => void;
	readonly #waiting: (() => void)[] = [];
	#stopped = false;

	constructor(options: FollowOptions) {
		this.#client = options.client;
		this.scope = {
			namespace: options.namespace,
			labelSelector: options.labelSelector,
			fieldSelector: options.fieldSelector,
		};
		this.#changed = () => {
			this.#settle();
			options.changed();
		};
		this.nodes = new Follower(this.#client, followedNodes(this.fleet), this.#changed);
		this.pods = new Follower(this.#client, followedPods(this.fleet, this.scope), this.#changed);
		this.metrics = new MetricsPoller({
			client: this.#client,
			fleet: this.fleet,
			refresh: options.refresh,
			scope: () => this.scope,
			podsKnown: () => this.#until(() => isKnown(this.pods) && !this.#mustNarrow()),
			nodesKnown: () => this.#until(() => isKnown(this.nodes)),
			changed: this.#changed,
		});
	}

	start(): void {
		void this.nodes.run();
		void this.pods.run();
		void this.metrics.run();
	}

	/** Asks everything again now. */
	refresh(): void {
		this.nodes.wake();
		this.pods.wake();
		this.metrics.wake();
	}

	/** Follows other pods from now on; what is known of the old ones is forgotten. */
	follow(scope: Partial<PodScope>): void {
		this.scope = { ...this.scope, ...scope };
		this.pods.stop();
		this.fleet.clearPods();
		this.pods = new Follower(this.#client, followedPods(this.fleet, this.scope), this.#changed);
		void this.pods.run();
		this.metrics.wake();
	}

	stop(): void {
		this.#stopped = true;
		this.nodes.stop();
		this.pods.stop();
		this.metrics.stop();
		this.#settle();
	}

	#mustNarrow(): boolean {
		return this.scope.namespace === null && !this.pods.state.loaded && this.pods.state.error?.status === forbidden;
	}

	#settle(): void {
		if (this.#mustNarrow() && !this.#stopped) {
			this.namespaceOnly = true;
			this.follow({ namespace: this.#client.target.namespace });
		}
		for (const resolve of this.#waiting.splice(0)) {
			resolve();
		}
	}

	async #until(condition: () => boolean): Promise<void> {
		while (!condition() && !this.#stopped) {
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		}
	}
}

/** Loaded, or refused: either way there is nothing to wait for. */
function isKnown(follower: Follower<NodeRecord> | Follower<PodRecord>): boolean {
	return follower.state.loaded || follower.state.error !== null;
}
