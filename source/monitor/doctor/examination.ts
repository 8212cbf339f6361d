/** One gentle examination with the monitor's own client. Loaded when it is needed: a healthy cluster pays nothing for it. */
import { collectAll } from '../../collect-garbage.ts';
import { causes } from '../../diagnose/causes.ts';
import { examine } from '../../diagnose/examine.ts';
import type { ConnectionSettings } from '../../diagnose/probe.ts';
import { probes } from '../../diagnose/probes.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Explained } from './join.ts';

/** Nobody waits for it: two questions at once, and a server that is slow is given time. */
const sideBySide = 2;
const timeLimit = 30_000;

/**
 * From so many pods on, they and their samples are not listed once more for the doctor: the monitor has just done that,
 * and of single pods its own findings have to do.
 */
const manyPods = 20_000;
const listsOfPods: ReadonlySet<string> = new Set(['pods', 'metrics-pods']);

const explainsOf = new Map(causes.map(({ explains, id }) => [id, explains]));

export interface ClusterToExamine {
	client: KubeClient;
	/** What the client was made of, if that is known. */
	settings: ConnectionSettings | undefined;
	/** The one that is followed, null for all. */
	namespace: string | null;
	/** Pods that are followed. */
	pods: number;
}

export async function examineCluster(
	{ client, namespace, pods, settings }: ClusterToExamine,
	signal: AbortSignal,
): Promise<readonly Explained[]> {
	const { diagnoses, unchecked } = await examine({
		probes: pods < manyPods ? probes : probes.filter(({ id }) => !listsOfPods.has(id)),
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
	// It has held every pod once more.
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
