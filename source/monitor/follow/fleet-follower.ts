/**
 * What a data host shows: something that fills a fleet and can say how that goes. A cluster is one, this machine is
 * another; the host knows neither.
 */
import type { Finding } from '../../model/finding.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { DepthReader } from '../depth/reader.ts';
import type { ClusterStatus, ProcessRow, Scope } from '../messages.ts';
import type { UsageContext } from '../usage.ts';
import type { PodScope } from './fleet-feeds.ts';

/** How far one of the two lists has come. */
export interface ListProgress {
	/** It was read to its end at least once. */
	readonly loaded: boolean;
	/** What went wrong last, null since it went well again. */
	readonly error: Error | null;
}

export interface StatusInput {
	context: UsageContext;
	findings: readonly Finding[];
	/** The namespace that the user looks at, null for all. */
	namespace: string | null;
	demo: boolean;
}

/** The processes of what is looked at, where they can be seen. */
export interface ProcessSource {
	/** Of the scope that is watched, in no order. */
	readonly rows: readonly ProcessRow[];
	readonly loaded: boolean;
	/** Grows when the rows change. */
	readonly epoch: number;
	/** Reads the processes of that scope from now on; null: of none. */
	watch(scope: Scope | null): void;
	/** These are on screen: what is costly to read is worth it for them. */
	look(rows: readonly ProcessRow[]): void;
}

export interface FleetFollower {
	readonly fleet: Fleet;
	/** The pods that are followed. */
	readonly scope: PodScope;
	/** The pods of all namespaces cannot be had, and those of `scope.namespace` are followed instead. */
	readonly namespaceOnly: boolean;
	/** What is allotted is known: sums over the pods' requests mean something. */
	readonly knowsRequests: boolean;
	/** null where processes cannot be seen. */
	readonly processes: ProcessSource | null;
	/** Polls for samples so far, also those that failed. */
	readonly polls: number;
	/** Reads one subject in depth, for its ledger. */
	readonly depth: DepthReader;
	progress(list: 'nodes' | 'pods'): ListProgress;
	start(): void;
	/** Asks everything again now. */
	refresh(): void;
	/** Follows other pods from now on; what is known of the old ones is forgotten. */
	follow(scope: Partial<PodScope>): void;
	stop(): void;
	/** How things stand now: what the usage of a row is judged by. */
	context(): UsageContext;
	/** What it has met that a user should know. */
	judge(context: UsageContext, namespace: string | null): Omit<Finding, 'since'>[];
	/** The header's numbers. */
	status(input: StatusInput): ClusterStatus;
	/** The namespaces to choose from, sorted. Never rejects. */
	namespaces(): Promise<string[]>;
}

/** Makes a follower that calls `changed` after anything changed; often. */
export type Follow = (changed: () => void) => FleetFollower;
