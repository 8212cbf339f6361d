/**
 * What kubectl sees of metrics.k8s.io before it asks for samples: it reads the aggregated discovery of /api and /apis
 * first (client-go's discovery_client.go), and gives up there with other words than the request itself would give.
 * We ask for samples at once and look here only when that failed.
 */
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { discoveryLine } from './kubectl-error.ts';

export type MetricsRegistration =
	/** kubectl goes on and asks for samples. */
	| { kind: 'served' }
	/** Nobody registered it. */
	| { kind: 'absent' }
	/** It is registered, but the API server gets no discovery from it; client-go leaves such versions out. */
	| { kind: 'stale' }
	/** Discovery itself failed; kubectl's line. */
	| { kind: 'failed'; line: string };

const group = 'apidiscovery.k8s.io';
const accept = ['v2', 'v2beta1']
	.map((version) => `application/json;g=${group};v=${version};as=APIGroupDiscoveryList`)
	.concat('application/json')
	.join(',');

interface Discovery {
	/** The aggregated form. */
	items?: Array<{ metadata?: { name?: string }; versions?: Array<{ version?: string; freshness?: string }> }> | null;
	/** The older form. */
	groups?: Array<{ name?: string; versions?: Array<{ version?: string }> }> | null;
}

/** @throws KubeError if the server cannot be reached any more */
export async function findRegistration(client: KubeClient): Promise<MetricsRegistration> {
	try {
		await client.read('/api', { accept });
	} catch (error) {
		if (!(error instanceof KubeError) || error.kind !== 'status') {
			throw error;
		}
		if (error.status !== 404) {
			return { kind: 'failed', line: discoveryLine(error) };
		}
	}
	let discovery: Discovery | null;
	try {
		discovery = await client.readJson<Discovery | null>('/apis', { accept });
	} catch (error) {
		if (!(error instanceof KubeError) || error.kind !== 'status') {
			throw error;
		}
		return { kind: 'failed', line: discoveryLine(error) };
	}
	const versions =
		discovery?.items?.find(({ metadata }) => metadata?.name === 'metrics.k8s.io')?.versions ??
		discovery?.groups?.find(({ name }) => name === 'metrics.k8s.io')?.versions ??
		[];
	const known = versions.filter(({ version }) => version === 'v1beta1' || version === 'v1');
	if (known.length === 0) {
		return { kind: 'absent' };
	}
	const stale = known.every((version) => 'freshness' in version && version.freshness === 'Stale');
	return { kind: stale ? 'stale' : 'served' };
}
