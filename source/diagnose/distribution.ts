/**
 * Whose Kubernetes this is, where anything shows it: the right command differs. The server's version says it surest;
 * API groups are seen by everybody, nodes by few, and names in the kubeconfig are only how tools write them. Pure.
 */
import type { ConnectionFacts } from './evidence/api.ts';
import { type Evidence, factsOf } from './evidence/evidence.ts';
import type { NodeFacts } from './evidence/objects.ts';

interface Look {
	version: string;
	groups: readonly string[];
	nodes: readonly NodeFacts[];
	/** Host of the API server. */
	host: string;
	/** Names of the context and of the cluster in the kubeconfig. */
	names: readonly string[];
}

type Mark = (look: Look) => boolean;

/** In the order in which one that fits is taken: what is built on another one comes before it. */
const marks = {
	rke2: ({ version }) => version.includes('+rke2'),
	k3s: ({ names, version }) => version.includes('+k3s') || begins(names, 'k3d-') || names.includes('rancher-desktop'),
	k0s: ({ version }) => version.includes('+k0s'),
	eks: ({ groups, host, names, nodes, version }) =>
		version.includes('-eks-') ||
		has(nodes, 'eks.amazonaws.com/') ||
		groups.includes('vpcresources.k8s.aws') ||
		host.endsWith('.eks.amazonaws.com') ||
		begins(names, 'arn:aws:eks:'),
	gke: ({ groups, names, nodes, version }) =>
		version.includes('-gke.') ||
		has(nodes, 'cloud.google.com/gke-') ||
		groups.includes('networking.gke.io') ||
		begins(names, 'gke_'),
	aks: ({ host, nodes }) => has(nodes, 'kubernetes.azure.com/') || host.endsWith('.azmk8s.io'),
	openshift: ({ groups, nodes }) => groups.includes('config.openshift.io') || has(nodes, 'node.openshift.io/'),
	rke: ({ nodes }) => nodes.some(({ annotations }) => begins(Object.keys(annotations), 'rke.cattle.io/')),
	minikube: ({ names, nodes }) => has(nodes, 'minikube.k8s.io/') || names.includes('minikube'),
	microk8s: ({ names, nodes }) => has(nodes, 'microk8s.io/') || names.includes('microk8s-cluster'),
	// Docker Desktop can run its cluster by kind.
	'docker-desktop': ({ names, nodes }) =>
		nodes.some(({ name }) => name === 'docker-desktop' || name === 'desktop-control-plane') ||
		names.includes('docker-desktop'),
	kind: ({ names, nodes }) =>
		nodes.some(({ providerId }) => providerId.startsWith('kind://')) || begins(names, 'kind-'),
	talos: ({ nodes }) => nodes.some(({ osImage }) => osImage.startsWith('Talos')),
	kops: ({ nodes }) => has(nodes, 'kops.k8s.io/'),
	kubeadm: ({ names, nodes }) =>
		nodes.some(({ annotations }) => Object.hasOwn(annotations, 'kubeadm.alpha.kubernetes.io/cri-socket')) ||
		names.includes('kubernetes-admin@kubernetes'),
} as const satisfies Record<string, Mark>;

export type DistributionId = keyof typeof marks;

export const distributionIds = Object.keys(marks) as readonly DistributionId[];

/** '' where nothing tells. */
export function distributionOf(evidence: Evidence): DistributionId | '' {
	const connection = factsOf(evidence, 'kubeconfig');
	const look: Look = {
		version: factsOf(evidence, 'version')?.gitVersion ?? '',
		groups: factsOf(evidence, 'discovery')?.groups ?? [],
		nodes: factsOf(evidence, 'nodes') ?? factsOf(evidence, 'first-node') ?? [],
		host: hostOf(connection),
		names: connection === null ? [] : [connection.context, connection.cluster],
	};
	return distributionIds.find((id) => marks[id](look)) ?? '';
}

function hostOf(connection: ConnectionFacts | null): string {
	return /^https?:\/\/([^/:]+)/.exec(connection?.server ?? '')?.[1]?.toLowerCase() ?? '';
}

function begins(names: readonly string[], prefix: string): boolean {
	return names.some((name) => name.startsWith(prefix));
}

/** A node has a label whose name begins so. */
function has(nodes: readonly NodeFacts[], prefix: string): boolean {
	return nodes.some(({ labels }) => begins(Object.keys(labels), prefix));
}
