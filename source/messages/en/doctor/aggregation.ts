/** Texts of the way from the API server to metrics-server. */
import {
	type CauseTexts,
	type Facts,
	type Fix,
	links,
	lookAtApiService,
	lookAtPods,
	name,
	word,
} from './cause-text.ts';
import { frontProxyTexts } from './front-proxy.ts';
import { apiServerFlag, tunnelAgents } from './settings.ts';

const host = (facts: Facts): string => word(facts, 'host', 'its address');
const handler = 'kube-aggregator, handler_proxy.go and remote_available_controller.go';

const routing = (facts: Facts): readonly Fix[] => [
	{ say: 'Run kube-proxy, or what takes its place, on the machine of the API server.' },
	apiServerFlag(facts, '--enable-aggregator-routing=true'),
];

/** Which door to open, by whose network it is. */
function openPort(facts: Facts): readonly Fix[] {
	const port = word(facts, 'port', '10250');
	switch (word(facts, 'distribution')) {
		case 'eks':
			return [
				{
					say: `On EKS: let the cluster’s security group reach the nodes’ one on TCP ${port}; see both:`,
					run: ['aws eks describe-cluster --name CLUSTER --query cluster.resourcesVpcConfig'],
				},
			];
		case 'aks':
			return [
				{
					say: `On AKS the control plane comes through its tunnel: look at its agents, and at the network security group of the nodes’ subnet (TCP ${port}).`,
					run: ['kubectl -n kube-system get pods -o wide | grep konnectivity'],
				},
			];
		case 'gke':
			return [
				{
					say: `On a private GKE cluster: a firewall rule from the control plane’s range to the nodes on TCP ${port}.`,
					run: [
						'gcloud container clusters describe CLUSTER --format="value(privateClusterConfig.masterIpv4CidrBlock)"',
					],
				},
			];
		default:
			return [
				{
					say: `Open TCP ${port} from the machines of the control plane to the pods (security group, firewalld, NetworkPolicy).`,
				},
			];
	}
}

/** Where the environment of the API server is set. */
function proxyEnvironment(facts: Facts): readonly Fix[] {
	const files: Readonly<Record<string, string | undefined>> = {
		kubeadm: '/etc/kubernetes/manifests/kube-apiserver.yaml',
		k3s: '/etc/systemd/system/k3s.service.env',
		rke2: '/etc/default/rke2-server',
		microk8s: '/var/snap/microk8s/current/args/containerd-env',
	};
	const file = files[word(facts, 'distribution')];
	return file === undefined ? [] : [{ say: 'Here that is in:', run: [`sudoedit ${file}`] }];
}

export const aggregationTexts: CauseTexts = {
	...frontProxyTexts,
	'konnectivity-down': {
		title: () => 'the tunnel between the control plane and the nodes has no agent',
		explanation: () =>
			'The control plane reaches nodes only through a tunnel (konnectivity, tunnelfront, a VPN), and nothing is connected at its other end. “kubectl logs” and “exec” fail with it, of every pod.',
		fixes: (facts) => [
			{
				say: 'See whether logs fail as well, and look at the agents:',
				run: ['kubectl -n kube-system get pods -o wide | grep -E "konnectivity|tunnel"'],
			},
			...tunnelAgents(facts),
		],
		source: 'apiserver-network-proxy; k0s#5809, AKS#642',
		more: ['https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/'],
	},
	'backend-plain-http': {
		title: () => 'what stands behind the metrics API speaks http instead of https',
		explanation: () =>
			'The API server always speaks TLS to such a Service, and the answer was plain text. The Service leads to another port than the one that metrics-server serves on, or to something else.',
		fixes: (facts) => [
			{
				say: 'See where the Service leads:',
				run: [`kubectl -n kube-system get service,endpointslices | grep ${name(facts, 'service', 'metrics-server')}`],
			},
			lookAtApiService,
		],
		source: handler,
		more: [links.aggregation],
	},
	'apiserver-proxy-env': {
		title: () => 'the API server goes through an HTTP proxy to reach metrics-server',
		explanation: () =>
			'Its environment has HTTPS_PROXY, and NO_PROXY lacks the addresses of Services or pods. So the proxy gets requests that are meant for the inside of the cluster, and refuses them.',
		fixes: (facts) => [
			{
				say: 'See its environment (where the control plane is yours):',
				run: ['kubectl -n kube-system get pods -l component=kube-apiserver -o yaml | grep -iA1 proxy'],
			},
			{ say: 'Add the networks of Services and pods, .svc and .cluster.local to its NO_PROXY, and restart it.' },
			...proxyEnvironment(facts),
		],
		source: 'metrics-server#543, #448',
		more: [links.knownIssues],
	},
	'dualstack-family-mismatch': {
		title: () => 'the API server dials an address of a family that it does not have',
		explanation: (facts) =>
			`There is no way to ${host(facts)} from its machine: IPv6 where it has only IPv4, or the other way round. The Service or the node names an address of the wrong family first.`,
		fixes: () => [
			{
				say: 'See the families:',
				run: [
					"kubectl -n kube-system get service metrics-server -o jsonpath='{.spec.ipFamilies} {.spec.clusterIPs}'",
					'kubectl get nodes -o wide',
				],
			},
			{
				say: 'Set ipFamilyPolicy: PreferDualStack in the Service, or the kubelets’ --node-ip to the family that all have.',
			},
		],
		source: 'metrics-server#582, #999',
		more: ['https://kubernetes.io/docs/concepts/services-networking/dual-stack/'],
	},
	'mtu-blackhole': {
		title: () => 'the connection to metrics-server stands, and its TLS handshake does not come through',
		explanation: () =>
			'Small packets get through and large ones do not: the pods’ network has a larger MTU than the way allows, or its offloading is broken. A pod that gets no CPU at all can look the same.',
		fixes: () => [
			lookAtPods,
			{ say: 'Lower the MTU in the configuration of the network plugin, by 50 to begin with, and try again.' },
		],
		source: 'the condition’s words; the cause itself is one of experience',
		more: [],
	},
	'service-mesh-injected': {
		title: (facts) =>
			`a service mesh stands before metrics-server: its pod has ${word(facts, 'sidecar', 'a proxy of a mesh')}`,
		explanation: () =>
			'The sidecar takes the connections to the pod and expects the mesh’s own TLS, which the API server does not speak. So the handshake ends at once.',
		fixes: () => [
			{
				say: 'See the containers of its pods:',
				run: [
					"kubectl -n kube-system get pods -o custom-columns='POD:.metadata.name,CONTAINERS:.spec.containers[*].name' | grep metrics-server",
				],
			},
			{
				say: 'Leave it out of the mesh:',
				run: [
					`kubectl -n kube-system patch deployment metrics-server -p '{"spec":{"template":{"metadata":{"annotations":{"sidecar.istio.io/inject":"false","linkerd.io/inject":"disabled"}}}}}'`,
				],
			},
		],
		source: 'the pod’s containers, and how the connection ends',
		more: [],
	},
	'apiserver-no-clusterip-route': {
		title: (facts) => `the API server’s machine cannot reach Service addresses: ${host(facts)} is one`,
		explanation: () =>
			'The pod answers when the API server dials it directly, and not by the address of its Service. Nobody translates Service addresses there: kube-proxy, or what replaces it, does not run on the control plane or lags behind.',
		fixes: (facts) => [
			{
				say: 'See whether kube-proxy runs there:',
				run: ['kubectl -n kube-system get pods -o wide | grep -E "kube-proxy|cilium"'],
			},
			...routing(facts),
		],
		source: 'kube-aggregator dials Services, services/proxy dials pods',
		more: [links.aggregation],
	},
	'ms-pod-not-listening': {
		title: (facts) =>
			`nothing listens where metrics-server should${word(facts, 'host') === '' ? '' : `: ${word(facts, 'host')} refuses the connection`}`,
		explanation: () =>
			'An address of metrics-server is there, and the connection to it is refused: its process has not opened the port, listens on another one, or is just being restarted. Its log and its state say which.',
		fixes: () => [
			lookAtPods,
			{
				say: 'See whether it serves, and on which port:',
				run: [
					'kubectl -n kube-system logs deployment/metrics-server --tail=100 | grep -iE "serving|listen|forbidden|error"',
				],
			},
		],
		source: handler,
		more: [links.knownIssues],
	},
	'network-blocked-apiserver-to-ms': {
		title: (facts) =>
			`packets from the API server to metrics-server are dropped${word(facts, 'port') === '' ? '' : ` (TCP ${word(facts, 'port')})`}`,
		explanation: () =>
			'Neither the Service’s address nor the pod itself can be reached from the control plane, while the kubelet finds the pod ready on its own node. So the pod is well, and a firewall or a security group lies between.',
		fixes: (facts) => [
			{
				say: 'See where it runs and on which port:',
				run: ['kubectl -n kube-system get pods -o wide | grep metrics-server'],
			},
			...openPort(facts),
			{
				say: 'Or let metrics-server use the port 10250, which is mostly open already (chart: containerPort; the default since 0.7).',
			},
		],
		source: 'metrics-server#1010, #918, #1116; terraform-aws-eks#1809',
		more: [links.knownIssues],
	},
	'cni-not-on-control-plane': {
		title: () => 'the managed control plane has no way into the pods’ own network',
		explanation: (facts) =>
			`The pod has the address ${word(facts, 'pod', 'of an overlay network')}, which only nodes know; the control plane of EKS is no node. Everything that it must call has to listen on a node’s address.`,
		fixes: () => [
			lookAtPods,
			{
				say: 'Let metrics-server use the node’s network, on a port that is free there (10250 is the kubelet’s):',
				run: [
					'helm upgrade metrics-server metrics-server/metrics-server -n kube-system --reuse-values --set hostNetwork.enabled=true --set containerPort=10251',
				],
			},
		],
		source: 'metrics-server#1154, cilium#13406',
		more: [links.knownIssues],
	},
	'networkpolicy-blocks-ms': {
		title: (facts) => `the NetworkPolicy ${word(facts, 'policy', 'of its namespace')} lies before metrics-server`,
		explanation: () =>
			'A policy selects its pod for incoming traffic, so only what it names gets through, and the control plane does not. The packets are dropped without a word.',
		fixes: (facts) => [
			{
				say: 'See what it lets in:',
				run: [
					`kubectl -n ${name(facts, 'namespace', 'kube-system')} describe networkpolicy ${name(facts, 'policy', 'NAME')}`,
				],
			},
			{
				say: 'Allow TCP on the port of the container from the addresses of the control plane; and outwards 10250, 443 and 53.',
			},
		],
		source: 'the policy’s selector; kubernetes#71649',
		more: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
	},
	'backend-dial-failed': {
		title: () => 'metrics-server has just become unreachable for the API server',
		explanation: () =>
			'The API server still counts it as available and tries, and the connection fails. Its next check, within half a minute, will say why; until then it may also be a restart.',
		fixes: () => [{ say: 'Wait for half a minute, and ask again:', run: ['whytop doctor'] }, lookAtPods],
		source: handler,
		more: [],
	},
	'backend-hang': {
		title: () => 'metrics-server takes requests and does not answer them',
		explanation: () =>
			'The API server counts it as available, and it is silent when it is asked for samples: it waits for the API server itself (which it asks about rights), or gets no CPU. kubectl waits for a minute and says “Timeout”.',
		fixes: () => [
			{
				say: 'See its log and its load:',
				run: [
					'kubectl -n kube-system logs deployment/metrics-server --tail=50',
					'kubectl -n kube-system describe deployment metrics-server',
				],
			},
			{ say: 'Raise or remove its CPU limit; look at slow authorization webhooks of the API server.' },
		],
		source: handler,
		more: [],
	},
	'other-apiservice-broken': {
		title: (facts) => `another aggregated API does not answer: ${word(facts, 'groups', 'not that of metrics')}`,
		explanation: () =>
			'kubectl top does not need it, but commands that read all of discovery complain, and namespaces may stay in Terminating. It has its own Service and its own trouble.',
		fixes: () => [
			{ say: 'See which, and why:', run: ['kubectl get apiservices | grep False'] },
			{ say: 'Mend what stands behind it, or delete its APIService if that is gone for good.' },
		],
		source: 'aggregated discovery (freshness: Stale)',
		more: [links.aggregation],
	},
	'ms-cannot-read-auth-configmap': {
		title: (facts) =>
			`metrics-server may not read how it knows the API server: ${word(facts, 'namespace', 'kube-system')}/${word(facts, 'account', 'metrics-server')} lacks a RoleBinding in kube-system`,
		explanation: () =>
			'At its start it reads a configmap in kube-system, and ends if it may not. The binding must stand in kube-system even if metrics-server runs elsewhere.',
		fixes: (facts) => [
			{ say: 'See the binding:', run: ['kubectl -n kube-system get rolebinding metrics-server-auth-reader -o yaml'] },
			{
				say: 'Make it, as its own message says:',
				run: [
					`kubectl -n kube-system create rolebinding metrics-server-auth-reader --role=extension-apiserver-authentication-reader --serviceaccount=${name(facts, 'namespace', 'kube-system')}:${name(facts, 'account', 'metrics-server')}`,
				],
			},
		],
		source: 'k8s.io/apiserver, pkg/server/options/authentication.go; metrics-server#1077',
		more: [links.aggregation],
	},
	'ms-cannot-reach-apiserver': {
		title: () => 'metrics-server cannot reach the API server from its pod',
		explanation: () =>
			'It cannot connect to the kubernetes Service, and ends or never begins to serve. Rights have no part in it: other pods of that node have the same trouble.',
		fixes: () => [
			{
				say: 'See where it runs, and what else fails there:',
				run: ['kubectl get pods -A -o wide | grep -E "metrics-server|kube-proxy|cilium|calico"'],
			},
			{
				say: 'Look at kube-proxy and the network plugin of that node, and at NetworkPolicies that limit what goes out.',
			},
		],
		source: 'metrics-server#1032, #375; kubernetes#106060',
		more: [links.knownIssues],
	},
	'ms-pod-proxy-env': {
		title: (facts) =>
			`metrics-server goes through an HTTP proxy to the kubelets: its container has ${word(facts, 'variable', 'HTTPS_PROXY')}`,
		explanation: () =>
			'Its environment names a proxy and does not except the nodes, so scrapes go there and fail. The kubelets have no part in it.',
		fixes: () => [
			{
				say: 'See its environment:',
				run: [
					"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].env}'",
				],
			},
			{ say: 'Take the variable out, or add the nodes’ network to NO_PROXY.' },
		],
		source: 'Go’s http transport honours the variables; the log’s words',
		more: [],
	},
};
