import type { Fleet } from '../../model/fleet/fleet.ts';
import type { NodeRecord, PodRecord } from '../../model/records.ts';
import type { Doctor } from '../doctor/doctor.ts';
import type { PodScope } from './fleet-feeds.ts';
import type { Follower } from './follow.ts';
import type { MetricsPoller } from './poll-metrics.ts';

/** A cluster that is followed, as its status and the evidence of what ails it are made from it. */
export interface FollowedCluster {
	readonly fleet: Fleet;
	readonly metrics: MetricsPoller;
	readonly nodes: Follower<NodeRecord>;
	readonly pods: Follower<PodRecord>;
	readonly scope: PodScope;
	/** The pods of all namespaces were refused, and those of `scope.namespace` are followed instead. */
	readonly namespaceOnly: boolean;
	readonly doctor: Doctor;
}
