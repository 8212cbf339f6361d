/** Collects what the monitor has met, for the causes to judge. */
import { type MonitorEvidence, namesShown } from '../diagnose/causes/monitor.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Fleet } from '../model/fleet/fleet.ts';
import type { NoSampleCode } from '../model/usage.ts';
import type { FollowState } from './follow/follow.ts';
import type { FollowedCluster } from './follow/followed.ts';
import type { PollState } from './follow/poll-metrics.ts';
import { inOneLine } from './one-line.ts';
import {
	isNodeShown,
	isPodShown,
	isStale,
	podsForgottenAt,
	type UsageContext,
	whyNodeIsNotShown,
	whyPodIsNotShown,
} from './usage.ts';

/** @param kubectlFlags What a command for kubectl needs to reach the same cluster. */
export function collectEvidence(
	client: KubeClient,
	kubectlFlags: string,
	follower: FollowedCluster,
	context: UsageContext,
	namespace: string | null,
): MonitorEvidence {
	const { fleet, metrics } = follower;
	return {
		server: client.target.server,
		kubectlFlags,
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
		nodesWithoutSamples: nodesWithoutSamples(fleet, context),
		podsWithoutSamples: podsWithoutSamples(fleet, context),
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

class ByCode {
	readonly found = new Map<NoSampleCode, { count: number; names: string[] }>();

	/** @param name is asked only of those that may be shown */
	add(code: NoSampleCode, name: () => string): void {
		let missing = this.found.get(code);
		if (missing === undefined) {
			missing = { count: 0, names: [] };
			this.found.set(code, missing);
		}
		missing.count++;
		if (missing.names.length < namesShown) {
			missing.names.push(name());
		}
	}
}

/** As {@link podsWithoutSamples}: nothing is made for a node that has a sample. */
function nodesWithoutSamples(fleet: Fleet, context: UsageContext): ByCode['found'] {
	const byCode = new ByCode();
	for (const slot of fleet.nodes.slots.all()) {
		if (!isNodeShown(fleet, slot, context)) {
			byCode.add(whyNodeIsNotShown(fleet, slot, context), () => fleet.nodes.name.get(slot));
		}
	}
	return byCode.found;
}

/** Goes over all pods with each news: most have a sample, and are passed over without making anything. */
function podsWithoutSamples(fleet: Fleet, context: UsageContext): ByCode['found'] {
	const byCode = new ByCode();
	const { pods } = fleet;
	const forgotten = podsForgottenAt(context);
	for (let slot = 0; slot < pods.slots.end; slot++) {
		if (pods.slots.isLive(slot) && !isPodShown(pods, slot, forgotten)) {
			const code = whyPodIsNotShown(fleet, slot, context);
			byCode.add(code, () => `${pods.namespace.get(slot)}/${pods.name.get(slot)}`);
		}
	}
	return byCode.found;
}
