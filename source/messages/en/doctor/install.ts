/** How metrics-server is had, by whose Kubernetes it is. */
import { type Facts, type Fix, manifest, word } from './cause-text.ts';

const ownRelease = `kubectl apply -f ${manifest}`;
const withoutVerification = `kubectl -n kube-system patch deployment metrics-server --type json -p '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--kubelet-insecure-tls"}]'`;

/** Of clusters whose kubelets have certificates that they signed themselves. */
const signedKubelets: Fix = {
	say: 'Its pod becomes ready only if it can verify the kubelets: let them ask for signed certificates (serverTLSBootstrap: true in the KubeletConfiguration), and approve their requests:',
	run: ['kubectl get csr', 'kubectl certificate approve NAME'],
};

/** For clusters to throw away, whose kubelets nobody verifies. */
const onLaptop = (where: string): readonly Fix[] => [
	{
		say: `On ${where} install its release; the kubelets there sign their own certificates, so do not let it verify them, as is usual on a cluster to throw away:`,
		run: [ownRelease, withoutVerification],
	},
];

const broughtBack = (where: string, whose: string): readonly Fix[] => [
	{
		say: `On ${where} it belongs to the cluster, and is brought back by itself: do not install another one. See what is left of it, and ask ${whose} support if nothing is:`,
		run: ['kubectl -n kube-system get deployments,apiservices | grep -i metrics'],
	},
];

const byDistribution: Readonly<Record<string, readonly Fix[] | undefined>> = {
	eks: [
		{
			say: 'On EKS it is an add-on:',
			run: ['aws eks create-addon --addon-name metrics-server --cluster-name CLUSTER'],
		},
		{ say: 'Or from its own release:', run: [ownRelease] },
		{
			say: 'On Fargate give it another port than the kubelet’s 10250, as with the Helm chart and containerPort=10251.',
		},
	],
	gke: broughtBack('GKE', 'Google’s'),
	aks: broughtBack('AKS', 'Azure’s'),
	k3s: [
		{
			say: 'k3s brings its own, unless it was started with --disable metrics-server: take that out of its configuration and restart it.',
			run: ["grep -rn 'metrics-server' /etc/rancher/k3s /etc/systemd/system/k3s.service", 'sudo systemctl restart k3s'],
		},
	],
	rke2: [
		{
			say: 'RKE2 brings its own, unless its configuration disables rke2-metrics-server: take that out and restart it.',
			run: ["grep -rn 'metrics-server' /etc/rancher/rke2", 'sudo systemctl restart rke2-server'],
		},
	],
	rke: [
		{
			say: 'RKE brings its own, unless cluster.yml has “provider: none” under monitoring: set it to metrics-server, and bring the cluster up to it.',
			run: ['grep -n -A2 monitoring cluster.yml', 'rke up --config cluster.yml'],
		},
	],
	k0s: [
		{
			say: 'k0s brings its own, unless the controller was started with --disable-components metrics-server: take that out and restart it.',
			run: ["grep -rn 'metrics-server' /etc/systemd/system/k0scontroller.service", 'sudo k0s stop && sudo k0s start'],
		},
	],
	minikube: [{ say: 'On minikube it is an add-on:', run: ['minikube addons enable metrics-server'] }],
	microk8s: [{ say: 'On MicroK8s it is an add-on:', run: ['microk8s enable metrics-server'] }],
	kind: onLaptop('kind'),
	'docker-desktop': onLaptop('Docker Desktop'),
	openshift: [
		{
			say: 'On OpenShift the monitoring stack serves it, in the namespace openshift-monitoring: look at its operator, and install nothing beside it.',
			run: ['oc get clusteroperator monitoring', 'oc -n openshift-monitoring get pods'],
		},
	],
	kops: [
		{
			say: 'With kops set spec.metricsServer.enabled: true in the cluster’s specification (with spec.certManager.enabled, or insecure: true), and apply it:',
			run: ['kops edit cluster', 'kops update cluster --yes'],
		},
	],
	talos: [
		{
			say: 'On Talos first let the kubelets rotate their server certificates (machine.kubelet.extraArgs: rotate-server-certificates: true), with something that approves them; then install its release:',
			run: [
				'kubectl apply -f https://raw.githubusercontent.com/alex1989hu/kubelet-serving-cert-approver/main/deploy/standalone-install.yaml',
				ownRelease,
			],
		},
	],
	kubeadm: [
		{ say: 'kubeadm installs none; take its release, in a version that goes with this Kubernetes:', run: [ownRelease] },
		signedKubelets,
	],
};

/** Before anything is installed: what may be there already, under whatever name. */
const lookFirst: Fix = {
	say: 'See first that nothing of the kind is there already, or half removed:',
	run: ["kubectl get apiservices,deployments -A | grep -E 'metrics|heapster'"],
};

/** For the others from its own release. */
export function installation(facts: Facts): readonly Fix[] {
	return (
		byDistribution[word(facts, 'distribution')] ?? [
			{
				say: 'Install metrics-server from its release, in a version that goes with this Kubernetes:',
				run: [ownRelease],
			},
		]
	);
}

export const install = (facts: Facts): readonly Fix[] => [lookFirst, ...installation(facts)];
