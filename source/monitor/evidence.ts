/** Collects what the monitor has met, for the causes to judge. */
import type { MonitorEvidence } from '../diagnose/causes/monitor.ts';
import type { KubeClient } from '../kube/client.ts';
import type { NoSampleCode } from '../model/usage.ts';
import type { ClusterFollower } from './follow/cluster-follower.ts';
import type { FollowState } from './follow/follow.ts';
import type { PollState } from './follow/poll-metrics.ts';
import { inOneLine } from './one-line.ts';
import { isStale, nodeUsage, podUsage, type UsageContext } from './usage.ts';

export function collectEvidence(
	client: KubeClient,
	follower: ClusterFollower,
	context: UsageContext,
	namespace: string | null,
): MonitorEvidence {
	const { fleet, metrics } = follower;
	return {
		server: client.target.server,
		namespace,
		insecure: client.target.insecure,
		slow: [
			{ resource: 'nodes', waiting: follower.nodes.outstanding.waiting },
			{ resource: 'pods', waiting: follower.pods.outstanding.waiting },
			{ resource: 'metrics.k8s.io', waiting: metrics.outstanding.waiting },
		],
		clockSkew: context.serverTime - Date.now(),
		lists: [listEvidence('nodes', follower.nodes.state), listEvidence('pods', follower.pods.state)],
		nodeMetrics: metricsEvidence(metrics.version, metrics.nodes, context),
		podMetrics: metricsEvidence(metrics.version, metrics.pods, context),
		nodesSampled: metrics.nodes.items,
		nodesWithoutSamples: namesByCode(
			fleet.nodes.slots.live,
			(slot) => nodeUsage(fleet, slot, context),
			(slot) => fleet.nodes.name.get(slot),
		),
		podsWithoutSamples: namesByCode(
			fleet.pods.slots.live,
			(slot) => podUsage(fleet, slot, context),
			(slot) => `${fleet.pods.namespace.get(slot)}/${fleet.pods.name.get(slot)}`,
		),
	};
}

function listEvidence(resource: string, state: FollowState): MonitorEvidence['lists'][number] {
	const { error, watchRefused } = state;
	return {
		resource,
		status: error?.status ?? 0,
		error: inOneLine(error),
		unreachable: error !== null && ['unreachable', 'tls', 'timeout'].includes(error.kind),
		watchRefused,
	};
}

function metricsEvidence(version: string, state: PollState, context: UsageContext): MonitorEvidence['nodeMetrics'] {
	return {
		answer: state.answer,
		version,
		error: inOneLine(state.error),
		staleFor: isStale(state.newest, state.window, context) ? context.serverTime - state.newest : Number.NaN,
	};
}

function namesByCode(
	live: Uint8Array,
	usage: (slot: number) => ReturnType<typeof podUsage>,
	name: (slot: number) => string,
): Map<NoSampleCode, string[]> {
	const byCode = new Map<NoSampleCode, string[]>();
	for (const [slot, isLive] of live.entries()) {
		const found = isLive === 1 ? usage(slot) : null;
		if (found?.kind === 'none') {
			const names = byCode.get(found.code) ?? [];
			names.push(name(slot));
			byCode.set(found.code, names);
		}
	}
	return byCode;
}
