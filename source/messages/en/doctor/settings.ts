/**
 * Where a setting of a kubelet, of the API server or of metrics-server is made, by whose Kubernetes it is. What is not
 * named here is done as on any cluster of one’s own.
 */
import { type Facts, type Fix, word } from './cause-text.ts';

type ByDistribution<Value> = Readonly<Record<string, Value | undefined>>;

function by<Value>(facts: Facts, ways: ByDistribution<Value>, otherwise: Value): Value {
	return ways[word(facts, 'distribution')] ?? otherwise;
}

/** Their control plane, and what it puts into the cluster, is run by somebody else. */
const managed: ByDistribution<string> = { eks: 'AWS', gke: 'Google', aks: 'Azure' };

/** A KubeletConfiguration on a node, and the restart that it needs. @param setting `authentication.webhook.enabled: true` */
export function kubeletSetting(facts: Facts, setting: string): Fix {
	return by<Fix>(
		facts,
		{
			kubeadm: {
				say: `With kubeadm: put ${setting} into the ConfigMap of the kubelets, and on each node take it over and restart:`,
				run: [
					'kubectl -n kube-system edit configmap kubelet-config',
					'sudo kubeadm upgrade node phase kubelet-config && sudo systemctl restart kubelet',
				],
			},
			k3s: {
				say: `With k3s: name a KubeletConfiguration with ${setting} in /etc/rancher/k3s/config.yaml (kubelet-arg: config=FILE), and restart it on that node:`,
				run: ['sudo systemctl restart k3s || sudo systemctl restart k3s-agent'],
			},
			rke2: {
				say: `With RKE2: name a KubeletConfiguration with ${setting} in /etc/rancher/rke2/config.yaml (kubelet-arg: config=FILE), and restart it on that node:`,
				run: ['sudo systemctl restart rke2-server || sudo systemctl restart rke2-agent'],
			},
			rke: {
				say: `With RKE: put it into services.kubelet of cluster.yml (extra_args; ${setting}), and bring the cluster up to it:`,
				run: ['rke up --config cluster.yml'],
			},
			kops: {
				say: `With kops: set it in spec.kubelet (for tokens authenticationTokenWebhook: true, which anonymousAuth: false needs; ${setting}), and roll it out:`,
				run: ['kops edit cluster', 'kops update cluster --yes && kops rolling-update cluster --yes'],
			},
			eks: {
				say: `On EKS: put ${setting} into the nodes’ user data (NodeConfig, spec.kubelet.config, with nodeadm), in a new version of the launch template, and let the nodes be replaced:`,
				run: ['aws eks update-nodegroup-version --cluster-name CLUSTER --nodegroup-name GROUP'],
			},
			gke: {
				say: `On GKE kubelets are Google’s: what can be set is in the node system configuration, and ${setting} is not among it. Ask its support, or make the node pool anew.`,
			},
			aks: {
				say: `On AKS kubelets are Azure’s: what can be set is in the custom node configuration of a node pool, and ${setting} is not among it. Ask its support, or make the node pool anew.`,
			},
			openshift: {
				say: `On OpenShift: a KubeletConfig with ${setting}, which its operator rolls out:`,
				run: ['oc get kubeletconfig', 'oc get machineconfigpool'],
			},
			minikube: {
				say: `On minikube: start it with ${setting} as --extra-config=kubelet.FIELD=VALUE:`,
				run: ['minikube start --extra-config=kubelet.FIELD=VALUE'],
			},
			kind: {
				say: `With kind: put a KubeletConfiguration with ${setting} under kubeadmConfigPatches of its configuration, and make the cluster anew:`,
				run: ['kind create cluster --config kind.yaml'],
			},
			microk8s: {
				say: `On MicroK8s: set it in /var/snap/microk8s/current/args/kubelet (${setting}), and restart:`,
				run: ['sudo snap restart microk8s.daemon-kubelite'],
			},
			k0s: {
				say: `With k0s: put it into a workerProfile of the cluster’s configuration (${setting}), and start the worker with --profile.`,
			},
			talos: {
				say: `On Talos: put it into machine.kubelet.extraConfig (${setting}), and apply it:`,
				run: ['talosctl edit machineconfig --nodes NODE'],
			},
		},
		{
			say: `Set ${setting} in the KubeletConfiguration, and restart the kubelet.`,
		},
	);
}

/** A flag of kube-apiserver. @param flag with its value */
export function apiServerFlag(facts: Facts, flag: string): Fix {
	const key = flag.replace(/^--/, '');
	return by<Fix>(
		facts,
		{
			kubeadm: {
				say: `With kubeadm: ${flag} in the static pod of kube-apiserver, on each machine of the control plane; it restarts by itself:`,
				run: ['sudoedit /etc/kubernetes/manifests/kube-apiserver.yaml'],
			},
			k3s: {
				say: `With k3s: kube-apiserver-arg: ["${key}"] in /etc/rancher/k3s/config.yaml, and restart it on the servers:`,
				run: ['sudo systemctl restart k3s'],
			},
			rke2: {
				say: `With RKE2: kube-apiserver-arg: ["${key}"] in /etc/rancher/rke2/config.yaml, and restart it on the servers:`,
				run: ['sudo systemctl restart rke2-server'],
			},
			rke: {
				say: `With RKE: services.kube-api.extra_args in cluster.yml (${key}), and bring the cluster up to it:`,
				run: ['rke up --config cluster.yml'],
			},
			kops: {
				say: `With kops: in spec.kubeAPIServer (${flag}), and roll it out:`,
				run: ['kops edit cluster', 'kops update cluster --yes && kops rolling-update cluster --yes'],
			},
			minikube: {
				say: 'On minikube:',
				run: [`minikube start --extra-config=apiserver.${key}`],
			},
			kind: {
				say: `With kind: apiServer.extraArgs under kubeadmConfigPatches of its configuration (${flag}), and make the cluster anew:`,
				run: ['kind create cluster --config kind.yaml'],
			},
			microk8s: {
				say: `On MicroK8s: ${flag} in /var/snap/microk8s/current/args/kube-apiserver, and restart:`,
				run: ['sudo snap restart microk8s.daemon-kubelite'],
			},
			k0s: {
				say: `With k0s: spec.api.extraArgs in /etc/k0s/k0s.yaml (${key}), and restart the controllers:`,
				run: ['sudo systemctl restart k0scontroller'],
			},
			talos: {
				say: `On Talos: cluster.apiServer.extraArgs (${key}), and apply it:`,
				run: ['talosctl edit machineconfig --nodes NODE'],
			},
			openshift: {
				say: `On OpenShift the API server’s flags are its operator’s: ${flag} cannot be set by hand. Ask its support.`,
			},
			...Object.fromEntries(
				Object.entries(managed).map(([id, whose = '']) => [
					id,
					{ say: `The control plane is ${whose}’s, and ${flag} cannot be set there: ask its support.` },
				]),
			),
		},
		{ say: `Give kube-apiserver ${flag}, on each machine of the control plane.` },
	);
}

const patchOf = (flag: string): string =>
	`kubectl -n kube-system patch deployment metrics-server --type json -p '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"${flag}"}]'`;

/** A flag that metrics-server is to have besides, so that it stays: who installed it, puts it back otherwise. */
export function serverFlag(facts: Facts, flag: string, say: string): Fix {
	return by<Fix>(
		facts,
		{
			eks: {
				say: `${say} On EKS, where it is the add-on:`,
				run: [
					`aws eks update-addon --cluster-name CLUSTER --addon-name metrics-server --configuration-values '{"args":["${flag}"]}'`,
				],
			},
			gke: { say: `${say} On GKE it is Google’s, and edits are put back within minutes: ask its support.` },
			aks: { say: `${say} On AKS it is Azure’s, and edits are put back within minutes: ask its support.` },
			k3s: {
				say: `${say} k3s puts its own manifest back when it starts: disable that one (disable: metrics-server in /etc/rancher/k3s/config.yaml), and install the release with the flag. Until then:`,
				run: [patchOf(flag)],
			},
			rke2: {
				say: `${say} On RKE2 by a HelmChartConfig for rke2-metrics-server (valuesContent: args: ["${flag}"]), in the manifests that it applies:`,
				run: ['sudoedit /var/lib/rancher/rke2/server/manifests/rke2-metrics-server-config.yaml'],
			},
			rke: {
				say: `${say} With RKE in monitoring.options of cluster.yml (${flag.replace(/^--/, '')}), and bring the cluster up to it:`,
				run: ['rke up --config cluster.yml'],
			},
			openshift: {
				say: `${say} On OpenShift it belongs to the monitoring stack, whose operator puts edits back: ask its support.`,
			},
		},
		{ say, run: [patchOf(flag)] },
	);
}

const lookAndApprove = ['kubectl get csr', 'kubectl certificate approve NAME'] as const;

/** Kubelets with certificates of the cluster’s own authority: the only mend that verifies. */
export function signedCertificates(facts: Facts): readonly Fix[] {
	return by<readonly Fix[]>(
		facts,
		{
			talos: [
				{
					say: 'On Talos: machine.kubelet.extraArgs: rotate-server-certificates: true, and something that approves the requests:',
					run: [
						'talosctl edit machineconfig --nodes NODE',
						'kubectl apply -f https://raw.githubusercontent.com/alex1989hu/kubelet-serving-cert-approver/main/deploy/standalone-install.yaml',
					],
				},
			],
			openshift: [
				{
					say: 'On OpenShift kubelets ask for signed certificates, and those of machines that it knows are approved by itself. See what waits, and approve it after a look at who asks:',
					run: ['oc get csr', 'oc adm certificate approve NAME'],
				},
			],
			eks: [
				{
					say: 'On EKS kubelets ask for signed certificates, and AWS approves those of its nodes: a node with another one has a user data of its own, or was joined by hand. See what waits:',
					run: ['kubectl get csr'],
				},
			],
			gke: [{ say: 'On GKE kubelets have certificates of the cluster: make the node anew, or ask Google’s support.' }],
			aks: [
				{
					say: 'On AKS kubelets have signed certificates where the node image is new enough: upgrade that of the node pool.',
					run: ['az aks nodepool upgrade -g GROUP --cluster-name CLUSTER -n POOL --node-image-only'],
				},
			],
			k3s: [
				{
					say: 'k3s signs its kubelets’ certificates by itself, and renews them when it starts: restart it on that node.',
					run: ['sudo systemctl restart k3s || sudo systemctl restart k3s-agent'],
				},
			],
			rke2: [
				{
					say: 'RKE2 signs its kubelets’ certificates by itself, and renews them when it starts: restart it on that node.',
					run: ['sudo systemctl restart rke2-server || sudo systemctl restart rke2-agent'],
				},
			],
			rke: [
				{
					say: 'With RKE: services.kubelet.generate_serving_certificate: true in cluster.yml, and bring the cluster up to it:',
					run: ['rke up --config cluster.yml'],
				},
			],
			microk8s: [
				{
					say: 'On MicroK8s, where an address has changed since, have its certificates made anew:',
					run: ['sudo microk8s refresh-certs --cert server.crt'],
				},
			],
		},
		[
			kubeletSetting(facts, 'serverTLSBootstrap: true'),
			{
				say: 'Then the kubelets ask for certificates; approve their requests after a look at who asks for which names:',
				run: lookAndApprove,
			},
			{ say: 'So that nobody has to approve each of them: kubelet-csr-approver, or the controller of your cloud.' },
		],
	);
}

/** A way for packets from pods to the kubelets of other nodes. */
export function openToKubelets(facts: Facts, port: string): Fix {
	const open = `Open TCP ${port} from node to node and from pods to nodes`;
	return by<Fix>(
		facts,
		{
			eks: {
				say: `${open}: the nodes’ security group must allow it from itself, and from that of the pods where they have one.`,
				run: ['aws ec2 describe-security-groups --filters Name=tag:aws:eks:cluster-name,Values=CLUSTER'],
			},
			gke: { say: `${open}: a firewall rule of the network, from the pods’ range to the nodes.` },
			aks: { say: `${open}: in the network security group of the nodes’ subnet, and in any user-defined route.` },
			openshift: { say: `${open}: in the network of the machines; the operators take care of the rest.` },
		},
		{ say: `${open} (security group, firewalld, NetworkPolicy).` },
	);
}

/** Which address a node registers. */
export function nodeAddress(facts: Facts, node: string): Fix {
	return by<Fix>(
		facts,
		{
			k3s: {
				say: `Name the right address and network card of ${node} in /etc/rancher/k3s/config.yaml (node-ip, flannel-iface), and restart it:`,
				run: ['sudo systemctl restart k3s || sudo systemctl restart k3s-agent'],
			},
			rke2: {
				say: `Name the right address of ${node} in /etc/rancher/rke2/config.yaml (node-ip), and restart it:`,
				run: ['sudo systemctl restart rke2-server || sudo systemctl restart rke2-agent'],
			},
			kubeadm: {
				say: `Give the kubelet of ${node} the right one (--node-ip in KUBELET_EXTRA_ARGS), and restart it:`,
				run: ['sudoedit /etc/default/kubelet', 'sudo systemctl restart kubelet'],
			},
			talos: { say: `Name the network of the right address in machine.kubelet.nodeIP.validSubnets of ${node}.` },
			k0s: { say: `Start the worker on ${node} with --kubelet-extra-args=--node-ip=ADDRESS.` },
		},
		{ say: `Give the kubelet of ${node} the right one (--node-ip), and restart it.` },
	);
}

/** The agents of the tunnel between a control plane and its nodes. */
export function tunnelAgents(facts: Facts): readonly Fix[] {
	return by<readonly Fix[]>(
		facts,
		{
			aks: [
				{
					say: 'On AKS the agents are Azure’s: let them be started again, and see that nodes may go out to the API server (and, with a firewall, to what AKS needs):',
					run: [
						'kubectl -n kube-system rollout restart deployment konnectivity-agent',
						'az aks show -g GROUP -n CLUSTER --query fqdn',
					],
				},
			],
			gke: [
				{
					say: 'On GKE the agents are Google’s: let them be started again, and see that nodes may go out to the control plane on 8132:',
					run: ['kubectl -n kube-system rollout restart deployment konnectivity-agent'],
				},
			],
			k0s: [
				{
					say: 'With k0s the agents connect to the controllers on 8132: with several controllers, by a load balancer that all of them are behind (spec.api.externalAddress):',
					run: ['kubectl -n kube-system rollout restart daemonset konnectivity-agent'],
				},
			],
		},
		[
			{
				say: 'Restart the agents, and see that they may go out to the port of the server (8132 by default):',
				run: ['kubectl -n kube-system rollout restart daemonset konnectivity-agent'],
			},
		],
	);
}
