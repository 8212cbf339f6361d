/** What the list of all pods tells of metrics-server, before anybody asks for its own. Pure. */
import { factsOf } from './evidence.ts';
import type { ListedPod } from './objects.ts';
import { once } from './once.ts';

/** A container or an owner by whose name one takes it for metrics-server's. */
export function looksLikeServer(name: string): boolean {
	return /metrics-server/.test(name);
}

/** `namespace/name` of the Deployment that a pod belongs to by its ReplicaSet; null for others. */
function deploymentOf({ namespace, owner }: ListedPod): string | null {
	const name = /^ReplicaSet\/(.*metrics-server.*)-[^-]+$/.exec(owner)?.[1];
	return name === undefined ? null : `${namespace}/${name}`;
}

/** Deployments by whose names and containers one takes them for metrics-server, of the pods that are there. */
export const serversAmongPods = once((evidence): readonly string[] => {
	const found = (factsOf(evidence, 'pods') ?? [])
		.filter(({ containers, phase }) => phase === 'Running' && containers.some(({ name }) => looksLikeServer(name)))
		.map(deploymentOf);
	return [...new Set(found)].filter((name) => name !== null);
});

/** One of its pods waits for a node, or to be started, while another may serve. */
export const serverWaits = once((evidence): boolean =>
	(factsOf(evidence, 'pods') ?? []).some((pod) => pod.phase === 'Pending' && deploymentOf(pod) !== null),
);
