/** Texts of the way from metrics-server to the kubelets. */
import { type CauseTexts, firstName, links, things, word } from './cause-text.ts';
import { kubeletAddressTexts } from './kubelet-addresses.ts';
import { kubeletCertificateTexts } from './kubelet-certificates.ts';
import { address, port, scrapeClient, seeLog, theKubelet } from './kubelet-words.ts';
import { kubeletSetting, openToKubelets, serverFlag } from './settings.ts';

export const kubeletTexts: CauseTexts = {
	...kubeletAddressTexts,
	...kubeletCertificateTexts,
	'kubelet-addr-hostname-dns': {
		title: (facts) => `metrics-server dials ${theKubelet(facts)} by a host name that the cluster’s DNS does not know`,
		explanation: () =>
			'Without --kubelet-preferred-address-types metrics-server takes the node’s host name first, and cluster DNS does not know names of nodes. Manifests since 0.4 set the flag.',
		fixes: (facts) => [
			seeLog,
			serverFlag(facts, '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname', 'Prefer addresses:'),
		],
		source: 'metrics-server#617, #131',
		more: [links.faq],
	},
	'ms-dns-broken': {
		title: () => 'the cluster’s DNS does not answer metrics-server',
		explanation: () =>
			'The name of a node cannot be looked up because the name server does not answer; the name itself may be right. Other pods have the same trouble then.',
		fixes: () => [
			{ say: 'See the name servers:', run: ['kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide'] },
			{ say: 'To be independent of it, let metrics-server prefer InternalIP (--kubelet-preferred-address-types).' },
		],
		source: scrapeClient,
		more: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/'],
	},
	'node-no-address': {
		title: (facts) => `${things(facts, 'node')}: no address of a kind that metrics-server would dial`,
		explanation: () =>
			'The node’s status has none of the wanted kinds of address. A node that its cloud’s controller has not initialised is like that.',
		fixes: (facts) => [
			{ say: 'See its addresses and taints:', run: [`kubectl describe node ${firstName(facts, 'NODE')}`] },
			{ say: 'Look at the cloud controller manager, or extend --kubelet-preferred-address-types.' },
		],
		source: 'metrics-server, pkg/utils/address_resolver.go',
		more: [],
	},
	'kubelet-conn-refused-10250': {
		title: (facts) => `${theKubelet(facts)} refuses the connection at ${address(facts)}:${port(facts)}`,
		explanation: () =>
			'At that address nothing listens on the kubelet’s port: it listens on another port or address, a firewall rejects, or the kubelet is just down. The certificate and the rights of metrics-server were not even looked at.',
		fixes: (facts) => [
			{
				say: 'See which address and port the node itself names:',
				run: [
					`kubectl get node ${firstName(facts, 'NODE')} -o jsonpath='{.status.addresses}{"\\n"}{.status.daemonEndpoints.kubeletEndpoint.Port}{"\\n"}'`,
				],
			},
			{
				say: 'If the port is another one, metrics-server takes it with --kubelet-use-node-status-port (in the manifest since 0.4).',
			},
			{ say: 'On the node:', run: ['systemctl status kubelet', 'ss -ltnp | grep 10250'] },
		],
		source: scrapeClient,
		more: [links.knownIssues],
	},
	'kubelet-port-10255': {
		title: (facts) => `metrics-server asks ${theKubelet(facts)} on the read-only port 10255, which is off`,
		explanation: () =>
			'The port 10255 without TLS has been off by default for years, and metrics-server has used 10250 since 0.3. A flag of its Deployment still asks for it, as old advice has it.',
		fixes: (facts) => [
			{
				say: 'See its flags:',
				run: [
					"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].args}'",
				],
			},
			word(facts, 'distribution') === 'gke'
				? {
						say: 'GKE’s own build has these flags on purpose, where the nodes have that port: compare with another node, and ask Google’s support.',
					}
				: { say: 'Take --kubelet-port=10255 and --deprecated-kubelet-completely-insecure out.' },
		],
		source: 'kubelet, cmd/kubelet/app/options; metrics-server#783',
		more: [links.faq],
	},
	'kubelet-http-on-https': {
		title: (facts) => `${theKubelet(facts)} answers in plain HTTP where metrics-server speaks TLS`,
		explanation: () =>
			'The port that is dialled is the read-only one, or that of something else. The kubelet’s port with TLS is 10250.',
		fixes: () => [seeLog, { say: 'Take --kubelet-port=10255 out of the flags of metrics-server.' }],
		source: scrapeClient,
		more: [],
	},
	'kubelet-timeout': {
		title: (facts) => `nothing comes back from ${theKubelet(facts)}: packets to port ${port(facts)} are dropped`,
		explanation: () =>
			'The connection from the pod of metrics-server to the node’s port does not come to stand, and nobody refuses it either: a firewall, a security group or the overlay network drops it. That the API server reaches the same kubelet proves nothing, because it comes from elsewhere.',
		fixes: (facts) => [
			{
				say: 'See whether only other nodes than its own are affected, which speaks for a firewall between nodes:',
				run: ['kubectl -n kube-system get pods -o wide | grep metrics-server', 'kubectl top node'],
			},
			openToKubelets(facts, port(facts)),
			{
				say: 'Look whether the pods’ network overlaps that of the nodes (Calico’s default 192.168.0.0/16 often does).',
			},
		],
		source: 'metrics-server, KNOWN_ISSUES.md; #1010, #1116',
		more: [links.knownIssues],
	},
	'kubelet-slow': {
		title: (facts) => `${theKubelet(facts)} answers too slowly to be scraped`,
		explanation: () =>
			'The connection stands, and the kubelet takes longer for its answer than metrics-server waits. Its runtime is slow to give statistics, or the node is overloaded.',
		fixes: (facts) => [
			{ say: 'See the node’s load:', run: [`kubectl describe node ${firstName(facts, 'NODE')}`] },
			{
				say: 'Measure it:',
				run: [`time kubectl get --raw /api/v1/nodes/${firstName(facts, 'NODE')}/proxy/metrics/resource >/dev/null`],
			},
			...(word(facts, 'distribution') === 'docker-desktop'
				? [{ say: 'Docker Desktop gives it more CPU and memory under Settings, Resources.' }]
				: []),
			serverFlag(
				facts,
				'--kubelet-request-timeout=13s',
				'Until it is mended: a longer time for each kubelet, at most nine tenths of --metric-resolution.',
			),
		],
		source: 'metrics-server#1081, #1098',
		more: [links.knownIssues],
	},
	'kubelet-no-route': {
		title: (facts) => `there is no way from metrics-server to ${theKubelet(facts)}`,
		explanation: () =>
			'A firewall on the way rejects (firewalld says “no route to host”), or a route or an address family is missing. The kubelet itself was not reached.',
		fixes: () => [
			{
				say: 'See the addresses that are dialled:',
				run: ['kubectl get nodes -o wide'],
			},
			{ say: 'On the node, with firewalld, see what it lets through:', run: ['firewall-cmd --list-all'] },
			{
				say: 'Let it pass, if 10250 is not among it:',
				run: ['firewall-cmd --add-port=10250/tcp --permanent && firewall-cmd --reload'],
			},
		],
		source: scrapeClient,
		more: [links.knownIssues],
	},
	'kubelet-401': {
		title: (facts) => `${theKubelet(facts)} does not accept the token of metrics-server (401)`,
		explanation: () =>
			'The kubelet answers, its certificate is in order, and it does not know who asks: webhook authentication is off, or its question to the API server fails. It is not a matter of rights, which would be 403.',
		fixes: (facts) => [
			{
				say: 'See its settings (administrators):',
				run: [`kubectl get --raw /api/v1/nodes/${firstName(facts, 'NODE')}/proxy/configz`],
			},
			kubeletSetting(facts, 'authentication.webhook.enabled: true, authorization.mode: Webhook'),
		],
		source: 'kubelet authentication; metrics-server#212, kops#6160',
		more: [links.kubeletAuthorization],
	},
	'kubelet-401-token-review-fails': {
		title: (facts) => `${theKubelet(facts)} cannot ask the API server about the token of metrics-server (401)`,
		explanation: () =>
			'Webhook authentication is on, so the kubelet shows the token to the API server, and that fails: it does not reach it, or may not ask (tokenreviews). The token itself may be good.',
		fixes: () => [
			{
				say: 'On the node, see what it says of it:',
				run: ["journalctl -u kubelet --since '10 min ago' | grep -iE 'authenticate|tokenreview'"],
			},
			{
				say: 'See that nodes may ask:',
				run: ['kubectl get clusterrole system:node -o yaml'],
			},
			{ say: 'Repair the kubelet’s own kubeconfig, or the way from that node to the API server.' },
		],
		source: 'kubelet, pkg/kubelet/server/auth.go',
		more: [links.kubeletAuthorization],
	},
	'ms-version-too-new-for-server': {
		title: (facts) =>
			`metrics-server is too new for this Kubernetes${word(facts, 'version') === '' ? '' : ` (${word(facts, 'version')})`}`,
		explanation: (facts) =>
			`Since 0.6 metrics-server reads /metrics/resource, which kubelets have in that form since 1.20, and this cluster is older. ${word(facts, 'image') === '' ? 'Its image' : word(facts, 'image')} cannot get anything from them.`,
		fixes: () => [
			{
				say: 'See the versions of nodes and of metrics-server:',
				run: [
					'kubectl get nodes',
					"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].image}'",
				],
			},
			{
				say: 'Run the last release that reads the older path, with its own manifest:',
				run: [
					'kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/download/v0.5.2/components.yaml',
				],
			},
			{ say: 'Or update the cluster.' },
		],
		source: 'metrics-server#1055; its README, compatibility matrix',
		more: [links.metricsServer],
	},
	'kubelet-403-metrics': {
		title: (facts) => `${theKubelet(facts)} forbids metrics-server to read /metrics/resource (403)`,
		explanation: (facts) =>
			word(facts, 'granted') === 'yes'
				? 'The ClusterRole grants nodes/metrics, and the kubelet refuses all the same: the binding may name another service account, or the kubelet asks another API server. It does know who asks.'
				: 'metrics-server since 0.6 reads another path of the kubelet, which needs nodes/metrics where nodes/stats was enough before. An image was updated without the ClusterRole that belongs to it.',
		fixes: () => [
			{ say: 'See what it was granted:', run: ['kubectl get clusterrole system:metrics-server -o yaml'] },
			{ say: 'Apply the manifest of the release that runs, its ClusterRole included.' },
		],
		source: 'metrics-server, manifests/base/rbac.yaml (0.6)',
		more: [links.kubeletAuthorization],
	},
	'kubelet-403-stats': {
		title: (facts) => `${theKubelet(facts)} forbids metrics-server to read /stats/summary (403)`,
		explanation: () =>
			'metrics-server up to 0.5 reads the Summary API, which needs nodes/stats; the ClusterRole that is installed grants only nodes/metrics. An old image runs with newer rights.',
		fixes: () => [
			{ say: 'See what it was granted:', run: ['kubectl get clusterrole system:metrics-server -o yaml'] },
			{ say: 'Update the image to the release that the manifest belongs to.' },
		],
		source: 'metrics-server, manifests (up to 0.5)',
		more: [links.kubeletAuthorization],
	},
	'kubelet-403-anonymous': {
		title: (facts) => `${theKubelet(facts)} takes metrics-server for nobody (system:anonymous)`,
		explanation: () =>
			'The kubelet did not look at the token, because webhook authentication is off, and nobody may read metrics. Rights granted to metrics-server change nothing then.',
		fixes: (facts) => [seeLog, kubeletSetting(facts, 'authentication.webhook.enabled: true')],
		source: 'kubelet authentication; metrics-server#95',
		more: [links.kubeletAuthorization],
	},
	'kubelet-404-resource': {
		title: (facts) => `${theKubelet(facts)} has no /metrics/resource (404)`,
		explanation: () =>
			'Kubelets have it since 1.18 or so, and virtual ones often not at all; an annotation metrics.k8s.io/resource-metrics-path can also point elsewhere. metrics-server since 0.6 reads nothing else.',
		fixes: (facts) => [
			{
				say: 'See its version and annotations:',
				run: [`kubectl get node ${firstName(facts, 'NODE')} -o yaml`],
			},
			{ say: 'Update the node; where it must stay old, metrics-server 0.5.2 reads the older path.' },
		],
		source: 'metrics-server#1055',
		more: [links.metricsServer],
	},
	'kubelet-authz-webhook-error': {
		title: (facts) => `${theKubelet(facts)} could not ask the API server whether metrics-server is allowed (500)`,
		explanation: () =>
			'The kubelet knows who asks, and its question to the API server about the rights failed. So the way from that node to the API server is broken, or the API server was slow.',
		fixes: () => [{ say: 'On the node:', run: ["journalctl -u kubelet --since '10 min ago' | grep -i authoriz"] }],
		source: 'kubelet, pkg/kubelet/server/server.go',
		more: [links.kubeletAuthorization],
	},
	'kubelet-500-stats': {
		title: (facts) => `${theKubelet(facts)} cannot give its own statistics (500)`,
		explanation: () =>
			'The kubelet takes the request and fails at it: mostly its container runtime does not answer. Nothing is wrong between metrics-server and the node.',
		fixes: (facts) => [
			{
				say: 'See what it says (administrators):',
				run: [
					`kubectl get --raw /api/v1/nodes/${firstName(facts, 'NODE')}/proxy/${word(facts, 'path', 'metrics/resource')}`,
				],
			},
			{ say: 'On the node:', run: ["journalctl -u kubelet --since '10 min ago' | grep -iE 'stats|runtime'"] },
		],
		source: 'kubelet, pkg/kubelet/server/stats',
		more: [],
	},
	'kubelet-parse-error': {
		title: (facts) => `what answers for ${theKubelet(facts)} is no kubelet`,
		explanation: () =>
			'The answer is not in the format of a kubelet’s metrics: something else listens at that address and port. A proxy’s error page is the usual thing.',
		fixes: () => [seeLog, { say: 'See the node’s address and port:', run: ['kubectl get nodes -o wide'] }],
		source: 'metrics-server, pkg/scraper/client/resource/decode.go',
		more: [],
	},
	'node-not-ready': {
		title: (facts) =>
			word(facts, 'names') === '' ? 'a node is not ready' : `not ready, so without samples: ${things(facts, 'node')}`,
		explanation: (facts) =>
			`The kubelet is down or cut off (Ready is ${word(facts, 'condition', 'not True')}${word(facts, 'reason') === '' ? '' : `, ${word(facts, 'reason')}`}), so it is right that there are no numbers. Since 0.9 metrics-server does not even log it.`,
		fixes: (facts) => [
			{ say: 'See why:', run: [`kubectl describe node ${firstName(facts, 'NODE')}`] },
			{ say: 'On the node:', run: ['systemctl status kubelet'] },
		],
		source: 'node conditions; metrics-server 0.9, pkg/scraper',
		more: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/'],
	},
	'virtual-kubelet': {
		title: (facts) =>
			word(facts, 'names') === ''
				? 'a virtual node has no samples'
				: `virtual, so without samples: ${things(facts, 'node')}`,
		explanation: () =>
			'There is no machine behind it, and its provider does not serve a kubelet’s metrics. Its pods have no samples either.',
		fixes: () => [
			{
				say: 'Nothing has to be mended. metrics-server since 0.7 can leave such nodes out: --node-selector=type!=virtual-kubelet.',
			},
		],
		source: 'virtual-kubelet',
		more: [],
	},
	'node-selector-excludes': {
		title: (facts) => `metrics-server is told to leave out ${things(facts, 'node')}`,
		explanation: (facts) =>
			`It scrapes only nodes with the labels of --node-selector=${word(facts, 'selector', '…')}, and these have others. Nothing fails, so its log says nothing.`,
		fixes: () => [
			{
				say: 'See its flags:',
				run: [
					"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].args}'",
				],
			},
		],
		source: 'metrics-server 0.7, --node-selector',
		more: [],
	},
};
