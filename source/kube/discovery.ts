import { clean } from '../model/clean.ts';
import type { KubeClient } from './client.ts';
import { KubeError } from './errors.ts';

export type MetricsVersion = 'v1' | 'v1beta1';

/** In the order in which kubectl prefers them. */
const metricsVersions: readonly MetricsVersion[] = ['v1', 'v1beta1'];

/**
 * Which version of `metrics.k8s.io` the cluster serves; null if the group is absent (404), or has none that we know.
 *
 * @throws KubeError for every other failure: a group that is registered and does not answer is not absent
 */
export async function findMetricsVersion(client: KubeClient, signal?: AbortSignal): Promise<MetricsVersion | null> {
	let group: { versions?: Array<{ version?: string }> | null } | null;
	try {
		group = await client.readJson('/apis/metrics.k8s.io', signal ? { signal } : {});
	} catch (error) {
		if (error instanceof KubeError && error.kind === 'status' && error.status === 404) {
			return null;
		}
		throw error;
	}
	const served = new Set((group?.versions ?? []).map(({ version }) => version));
	return metricsVersions.find((version) => served.has(version)) ?? null;
}

/** The server's version as it calls it (`v1.36.3`), '' if it does not say. */
export async function serverVersion(client: KubeClient, signal?: AbortSignal): Promise<string> {
	const version = await client.readJson<{ gitVersion?: unknown } | null>('/version', signal ? { signal } : {});
	return typeof version?.gitVersion === 'string' ? clean(version.gitVersion) : '';
}
