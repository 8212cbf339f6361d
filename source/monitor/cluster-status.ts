/** The header's numbers, summed over the fleet. */
import type { KubeClient } from '../kube/client.ts';
import type { Finding } from '../model/finding.ts';
import type { Fleet } from '../model/fleet/fleet.ts';
import type { StatusInput } from './follow/fleet-follower.ts';
import type { Follower } from './follow/follow.ts';
import type { FollowedCluster } from './follow/followed.ts';
import type { PollState } from './follow/poll-metrics.ts';
import { trendLength } from './lists/pods.ts';
import type { ClusterStatus, SourceState, SourceStatus } from './messages.ts';
import { inOneLine } from './one-line.ts';
import { isStale, type UsageContext } from './usage.ts';

export interface ClusterStatusInput extends StatusInput {
	client: KubeClient;
	follower: FollowedCluster;
	version: string;
}

export function clusterStatus(input: ClusterStatusInput): ClusterStatus {
	const { client, context, findings, follower } = input;
	const { fleet } = follower;
	const nodes = sumNodes(fleet, follower.scope.namespace === null && follower.pods.state.loaded);
	const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
	return {
		type: 'cluster',
		context: client.target.context,
		user: client.target.user,
		server: client.target.server,
		version: input.version,
		insecure: client.target.insecure,
		demo: input.demo,
		local: null,
		namespace: input.namespace,
		namespaceOnly: follower.namespaceOnly,
		labelSelector: follower.scope.labelSelector,
		fieldSelector: follower.scope.fieldSelector,
		serverTime: context.serverTime,
		nodes: nodes.counts,
		pods: countPods(fleet, input.namespace),
		cpu: { ...nodes.cpu, trend: fleet.nodeHistory.sum('cpu', trendLength) },
		memory: { ...nodes.memory, trend: fleet.nodeHistory.sum('memory', trendLength) },
		sources: [
			listSource('nodes', follower.nodes),
			listSource('pods', follower.pods),
			metricsSource(follower.metrics.version, follower.metrics.pods, follower.metrics.nodes, context),
		],
		findings: { error: count('error'), warning: count('warning'), info: count('info') },
		examining: follower.doctor.examining,
		refresh: context.refresh,
		cost: {
			requestsNow: client.cost.requestsNow(),
			requestsPerSecond: client.cost.requestsPerSecond(),
			bytesReceived: client.cost.bytesReceived,
			decoding: follower.metrics.decoding,
		},
	};
}

export function sumNodes(fleet: Fleet, allPodsKnown: boolean) {
	const { nodePoll, nodes } = fleet;
	const { onNode } = fleet.pods.sums;
	const counts = { total: 0, ready: 0, sampled: 0 };
	const cpu = { used: 0, requested: 0, limited: 0, allocatable: 0 };
	const memory = { used: 0, requested: 0, limited: 0, allocatable: 0 };
	const isReady = nodes.status.dictionary.words.map((status) => /^Ready(,|$)/.test(status));
	for (const slot of nodes.slots.all()) {
		const name = nodes.name.id(slot);
		counts.total++;
		counts.ready += isReady[nodes.status.id(slot)] ? 1 : 0;
		cpu.requested += onNode.cpuRequest.get(name);
		cpu.limited += onNode.cpuLimit.get(name);
		memory.requested += onNode.memoryRequest.get(name);
		memory.limited += onNode.memoryLimit.get(name);
		cpu.allocatable += nodes.cpuAllocatable.get(slot) || 0;
		memory.allocatable += nodes.memoryAllocatable.get(slot) || 0;
		if (nodePoll > 0 && nodes.sampledIn.get(slot) >= nodePoll) {
			counts.sampled++;
			cpu.used += nodes.cpu.get(slot);
			memory.used += nodes.memory.get(slot);
		}
	}
	const nothing = Number.NaN;
	const finish = (sums: typeof cpu) => ({
		used: counts.sampled > 0 ? sums.used : nothing,
		requested: allPodsKnown ? sums.requested : nothing,
		limited: allPodsKnown ? sums.limited : nothing,
		allocatable: counts.total > 0 ? sums.allocatable : nothing,
	});
	return { counts, cpu: finish(cpu), memory: finish(memory) };
}

export function countPods({ namespaces, pods }: Fleet, namespace: string | null): ClusterStatus['pods'] {
	return pods.sums.count(namespace === null ? undefined : namespaces.find(namespace));
}

function listSource(name: string, follower: Pick<Follower<never>, 'state'>): SourceStatus {
	const { error, loaded, watchRefused } = follower.state;
	let state: SourceState = loaded ? 'live' : 'starting';
	if (error !== null) {
		state = error.status === 403 ? 'forbidden' : 'failing';
	} else if (watchRefused) {
		state = 'stale';
	}
	return { name, state, at: Number.NaN, window: Number.NaN, error: inOneLine(error) };
}

function metricsSource(version: string, pods: PollState, nodes: PollState, context: UsageContext): SourceStatus {
	const newest = pods.answer === 'answering' || Number.isNaN(nodes.newest) ? pods : nodes;
	const worst = pods.answer === 'answering' ? nodes : pods;
	return {
		name: version === '' ? 'metrics.k8s.io' : `metrics.k8s.io/${version}`,
		state: metricsState(newest, worst, context),
		at: newest.newest,
		window: newest.window,
		error: inOneLine(worst.error),
	};
}

function metricsState(newest: PollState, worst: PollState, context: UsageContext): SourceState {
	switch (worst.answer) {
		case 'not-asked-yet':
			if (newest.answer !== 'answering') {
				return 'starting';
			}
			break;
		case 'api-group-absent':
			return 'absent';
		case 'metrics-forbidden':
			if (newest.answer === 'answering') {
				return 'live';
			}
			// Who is not let in at all is not forbidden this one thing.
			return worst.error?.status === 401 ? 'failing' : 'forbidden';
		case 'answering':
			break;
		default:
			return 'failing';
	}
	return isStale(newest.newest, newest.window, context) ? 'stale' : 'live';
}
