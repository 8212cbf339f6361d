/** Whose Kubernetes this is, where the cluster shows it: the right command differs. Pure. */
import { type Evidence, factsOf } from './evidence/evidence.ts';
import type { NodeFacts } from './evidence/objects.ts';

const marks = {
	rke2: ({ version }) => version.includes('+rke2'),
	k3s: ({ version }) => version.includes('+k3s'),
	k0s: ({ version }) => version.includes('+k0s'),
	eks: ({ nodes, version }) => version.includes('-eks-') || has(nodes, 'eks.amazonaws.com/'),
	gke: ({ nodes, version }) => version.includes('-gke.') || has(nodes, 'cloud.google.com/gke-'),
	aks: ({ nodes }) => has(nodes, 'kubernetes.azure.com/'),
	minikube: ({ nodes }) => has(nodes, 'minikube.k8s.io/'),
	microk8s: ({ nodes }) => has(nodes, 'microk8s.io/'),
	kind: ({ nodes }) => nodes.some(({ providerId }) => providerId.startsWith('kind://')),
	talos: ({ nodes }) => nodes.some(({ osImage }) => osImage.startsWith('Talos')),
	'docker-desktop': ({ nodes }) => nodes.some(({ name }) => name === 'docker-desktop'),
	openshift: ({ nodes }) => has(nodes, 'node.openshift.io/'),
	kubeadm: ({ nodes }) =>
		nodes.some(({ annotations }) => Object.hasOwn(annotations, 'kubeadm.alpha.kubernetes.io/cri-socket')),
} as const satisfies Record<string, (look: { version: string; nodes: readonly NodeFacts[] }) => boolean>;

export type DistributionId = keyof typeof marks;

/** '' where nothing tells. */
export function distributionOf(evidence: Evidence): DistributionId | '' {
	const look = {
		version: factsOf(evidence, 'version')?.gitVersion ?? '',
		nodes: factsOf(evidence, 'nodes') ?? [],
	};
	const found = (Object.keys(marks) as DistributionId[]).find((id) => marks[id](look));
	return found ?? '';
}

/** A node has a label whose name begins so. */
function has(nodes: readonly NodeFacts[], prefix: string): boolean {
	return nodes.some(({ labels }) => Object.keys(labels).some((name) => name.startsWith(prefix)));
}
