/** One gentle examination with the monitor's own client. Loaded when it is needed: a healthy cluster pays nothing for it. */

import { causes } from '../../diagnose/causes.ts';
import { examine } from '../../diagnose/examine.ts';
import type { AnyProbe, ConnectionSettings } from '../../diagnose/probe.ts';
import { metricsPodsProbe } from '../../diagnose/probes/metrics-pods.ts';
import { podsProbe } from '../../diagnose/probes/pods.ts';
import { probes } from '../../diagnose/probes.ts';
import { collectAll } from '../../engine/collect-garbage.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Explained } from './join.ts';
import { type FollowedPods, type KnownPods, knownPods } from './known-pods.ts';

/** Nobody waits for it: two questions at once, and a server that is slow is given time. */
const sideBySide = 2;
const timeLimit = 30_000;

/**
 * From so many pods on, they and their samples are not listed where what is followed cannot tell of all of them: of single
 * pods the monitor's own findings have to do.
 */
const manyPods = 20_000;

const explainsOf = new Map(causes.map(({ explains, id }) => [id, explains]));

export interface ClusterToExamine {
	client: KubeClient;
	/** What the client was made of, if that is known. */
	settings: ConnectionSettings | undefined;
	/** The one that is followed, null for all. */
	namespace: string | null;
	/** Pods that are followed. */
	pods: number;
	/** What is followed of pods and their samples now; null where that is not all of them. */
	followed(): FollowedPods | null;
}

export async function examineCluster(
	{ client, followed, namespace, pods, settings }: ClusterToExamine,
	signal: AbortSignal,
): Promise<readonly Explained[]> {
	const { diagnoses, unchecked } = await examine({
		probes: probesKnowing(followed, pods < manyPods),
		causes,
		patient: { kind: 'cluster' },
		namespace,
		timeLimit,
		sideBySide,
		reach: async () => client,
		...(settings !== undefined && { settings }),
		now: () => client.serverTime(),
		signal,
	});
	// It has held what was answered to it.
	setTimeout(collectAll, 0).unref();
	return (
		diagnoses
			// What is seen and has no cause to name says less than the monitor's own finding.
			.filter(({ candidates, certainty }) => certainty !== 'open' || candidates.length > 0)
			.map((diagnosis) => ({
				finding: { ...diagnosis, unchecked, insteadOf: [] },
				// What is no cause is the sight itself.
				explains: explainsOf.get(diagnosis.id) ?? [diagnosis.id],
			}))
	);
}

/**
 * All probes; those that list pods tell what is known already, of one moment for both.
 *
 * @param mayList They ask where nothing is known.
 */
export function probesKnowing(followed: ClusterToExamine['followed'], mayList: boolean): readonly AnyProbe[] {
	let told: KnownPods | null = null;
	const tell = (): KnownPods | null => {
		const all = told === null ? followed() : null;
		told ??= all && knownPods(all);
		return told;
	};
	const knowing: readonly AnyProbe[] = [
		{
			...podsProbe,
			when: (evidence) => podsProbe.when(evidence) && (mayList || tell() !== null),
			ask: async (context, evidence) => tell()?.pods ?? podsProbe.ask(context, evidence),
		},
		{
			...metricsPodsProbe,
			when: (evidence) => metricsPodsProbe.when(evidence) && (mayList || tell() !== null),
			ask: async (context, evidence) => tell()?.samples ?? metricsPodsProbe.ask(context, evidence),
		},
	];
	return probes.map((probe) => knowing.find(({ id }) => id === probe.id) ?? probe);
}
