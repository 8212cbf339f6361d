import type { KubeClient } from '../kube/client.ts';
import { clean } from '../model/clean.ts';
import { compareWords } from '../model/fleet/dictionary.ts';
import type { Fleet } from '../model/fleet/fleet.ts';

interface NameList {
	items?: { metadata?: { name?: string } }[];
}

/**
 * The namespaces to choose from, sorted. A user who may not list them chooses from those whose pods were seen.
 * Never throws.
 */
export async function listNamespaces(client: KubeClient, fleet: Fleet): Promise<string[]> {
	const names = new Set(fleet.namespaces.words.filter((name) => name !== ''));
	try {
		const list = await client.readJson<NameList>('/api/v1/namespaces', {
			accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
		});
		for (const item of list.items ?? []) {
			names.add(clean(item.metadata?.name ?? ''));
		}
	} catch {
		// Forbidden or unreachable: the lists report the latter, and the former is everyday life of a namespace's user.
	}
	return [...names].sort(compareWords);
}
