/**
 * Follows one cluster into one fleet: nodes, pods, metrics. It decides what the user's rights leave: a user who may not
 * list the pods of all namespaces gets those of one.
 */
import { judgeMonitor } from '../../diagnose/causes/monitor.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type ConnectionFlags, kubectlFlags } from '../../kube/connection-flags.ts';
import type { Finding } from '../../model/finding.ts';
import { Fleet } from '../../model/fleet/fleet.ts';
import type { NodeRecord, PodRecord } from '../../model/records.ts';
import { clusterStatus } from '../cluster-status.ts';
import { ClusterReader } from '../depth/cluster-reader.ts';
import { podsOfNode, targetOf } from '../depth/target.ts';
import type { DoctorPace } from '../doctor/agenda.ts';
import { Doctor } from '../doctor/doctor.ts';
import type { FollowedPods } from '../doctor/known-pods.ts';
import { collectEvidence } from '../evidence.ts';
import type { FindMachine } from '../machines.ts';
import type { ClusterStatus } from '../messages.ts';
import { listNamespaces } from '../namespaces.ts';
import type { HostOptions } from '../options.ts';
import type { AsOf, UsageContext } from '../usage.ts';
import { followedNodes, followedPods, type PodScope } from './fleet-feeds.ts';
import type { FleetFollower, Follow, ListProgress, StatusInput } from './fleet-follower.ts';
import { Follower } from './follow.ts';
import type { FollowedCluster } from './followed.ts';
import { MetricsPoller, type PollState } from './poll-metrics.ts';
import { Precedence } from './precedence.ts';
import { ServerVersion } from './server-version.ts';

const forbidden = 403;

export interface FollowOptions extends PodScope {
	client: KubeClient;
	/** ms between two polls. */
	refresh: number;
	findMachine: FindMachine;
	/** Called after anything changed; often. */
	changed: () => void;
	/** What the connection was made of, for the doctor; null where it was made by hand. */
	connection: ConnectionFlags | null;
	doctorPace?: Partial<DoctorPace>;
}

/** Follows the cluster of a client, as far as the options say. Stopping it closes the client. */
export function followCluster(
	client: KubeClient,
	options: HostOptions & { refresh: number },
	findMachine: FindMachine = async () => undefined,
): Follow {
	const { namespace, namespaceGiven } = client.target;
	const { connection, fieldSelector, labelSelector, refresh } = options;
	return (changed) =>
		new ClusterFollower({
			client,
			connection,
			namespace: options.namespace === undefined ? (namespaceGiven ? namespace : null) : options.namespace,
			labelSelector,
			fieldSelector,
			refresh,
			findMachine,
			changed,
		});
}

export class ClusterFollower implements FleetFollower, FollowedCluster {
	readonly fleet = new Fleet();
	readonly metrics: MetricsPoller;
	readonly nodes: Follower<NodeRecord>;
	pods: Follower<PodRecord>;
	scope: PodScope;
	namespaceOnly = false;
	readonly knowsRequests = true;
	readonly processes = null;
	readonly version: ServerVersion;
	readonly depth: ClusterReader;
	readonly doctor: Doctor;
	readonly #client: KubeClient;
	readonly #kubectlFlags: string;
	readonly #changed: () => void;
	readonly #waiting: (() => void)[] = [];
	readonly #ranking = new Precedence();
	readonly #whenRanked = () => this.#ranking.others();
	#stopped = false;

	constructor(options: FollowOptions) {
		this.#client = options.client;
		this.#kubectlFlags = kubectlFlags(options.connection ?? {});
		this.scope = {
			namespace: options.namespace,
			labelSelector: options.labelSelector,
			fieldSelector: options.fieldSelector,
		};
		this.#changed = () => {
			this.#settle();
			if (this.pods.state.loaded && this.pods.state.error === null) {
				this.version.askOnceA(this.polls);
			}
			options.changed();
		};
		this.depth = new ClusterReader({
			client: this.#client,
			findMachine: options.findMachine,
			target: (subject) => targetOf(this.fleet, subject),
			metricsVersion: () => this.metrics.version,
			podsOfNode: (node) => (this.#allPodsKnown() ? podsOfNode(this.fleet, node) : []),
		});
		this.doctor = new Doctor({
			examine: async (signal) => {
				const { examineCluster } = await import('../doctor/examination.ts');
				const { namespace } = this.scope;
				const { connection } = options;
				const settings = connection === null ? undefined : { flags: connection, environment: process.env };
				const pods = this.fleet.pods.slots.count;
				return examineCluster(
					{ client: this.#client, settings, namespace, pods, followed: () => this.#followedPods() },
					signal,
				);
			},
			changed: options.changed,
			...(options.doctorPace && { pace: options.doctorPace }),
		});
		this.version = new ServerVersion(this.#client, options.changed);
		this.nodes = new Follower(this.#client, followedNodes(this.fleet, this.#whenRanked), this.#changed);
		this.pods = new Follower(this.#client, followedPods(this.fleet, this.scope, this.#whenRanked), this.#changed);
		this.metrics = new MetricsPoller({
			client: this.#client,
			fleet: this.fleet,
			refresh: options.refresh,
			scope: () => this.scope,
			joinable: () => this.#joinable(),
			podsKnown: () => this.#until(() => isKnown(this.pods) && !this.#mustNarrow()),
			nodesKnown: () => this.#until(() => isKnown(this.nodes)),
			changed: this.#changed,
			ranking: this.#ranking,
		});
	}

	get polls(): number {
		return this.metrics.polls;
	}

	progress(list: 'nodes' | 'pods'): ListProgress {
		return this[list].state;
	}

	/** In the order in which the answers are waited for: pods with their numbers first. */
	start(): void {
		void this.pods.run();
		void this.metrics.run();
		void this.nodes.run();
		this.version.askOnceA(this.polls);
	}

	refresh(): void {
		this.nodes.wake();
		this.pods.wake();
		this.metrics.wake();
		this.doctor.refresh();
	}

	follow(scope: Partial<PodScope>): void {
		this.scope = { ...this.scope, ...scope };
		this.pods.stop();
		this.fleet.clearPods();
		this.pods = new Follower(this.#client, followedPods(this.fleet, this.scope, this.#whenRanked), this.#changed);
		void this.pods.run();
		this.metrics.followOthers();
	}

	stop(): void {
		this.#stopped = true;
		this.nodes.stop();
		this.pods.stop();
		this.metrics.stop();
		this.doctor.stop();
		this.#settle();
		this.#client.close();
	}

	context(): UsageContext {
		const { nodes, pods } = this.metrics;
		return {
			serverTime: this.#client.serverTime(),
			refresh: this.metrics.interval,
			podMetrics: pods.answer,
			nodeMetrics: nodes.answer,
			podsAsOf: this.#podsAsOf(),
			nodesAsOf: nodes.asOf,
			window: Math.max(pods.window || 0, nodes.window || 0),
		};
	}

	judge(context: UsageContext, namespace: string | null): Omit<Finding, 'since'>[] {
		const evidence = collectEvidence(this.#client, this.#kubectlFlags, this, context, namespace);
		return this.doctor.consider(judgeMonitor(evidence));
	}

	status(input: StatusInput): ClusterStatus {
		return clusterStatus({ ...input, client: this.#client, follower: this, version: this.version.text });
	}

	async namespaces(): Promise<string[]> {
		return listNamespaces(this.#client, this.fleet);
	}

	/** Until a list is followed by its watch, pods may be gone that are still here: none of them is missing anywhere. */
	#podsAsOf(): AsOf {
		const { phase, watchRefused } = this.pods.state;
		const { asOf } = this.metrics.pods;
		return phase === 'watching' || watchRefused ? asOf : { ...asOf, rows: 0 };
	}

	/** Null where the pods that are followed are not all of their namespaces, or their samples are not known. */
	#followedPods(): FollowedPods | null {
		const { fieldSelector, labelSelector, namespace } = this.scope;
		const { nodes, pods, version } = this.metrics;
		const { error, loaded } = this.pods.state;
		const isWhole = labelSelector === '' && fieldSelector === '' && loaded && error === null;
		// Of other pods than before nothing may have been asked yet.
		return isWhole && isAnswered(pods) && !Number.isNaN(pods.asOf.time)
			? { fleet: this.fleet, namespace, version, asOf: this.#podsAsOf(), nodesSampled: isAnswered(nodes) }
			: null;
	}

	#allPodsKnown(): boolean {
		const { fieldSelector, labelSelector, namespace } = this.scope;
		return namespace === null && labelSelector === '' && fieldSelector === '' && this.pods.state.loaded;
	}

	#joinable(): 'all' | 'listed' | 'none' {
		if (this.pods.state.loaded) {
			return 'listed';
		}
		// The metrics API cannot tell which pods a field selects.
		return this.scope.fieldSelector === '' ? 'all' : 'none';
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

function isAnswered({ answer }: PollState): boolean {
	return answer === 'answering' || answer === 'metrics-empty';
}
