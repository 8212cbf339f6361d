/** Texts of what is told by its text only, each with the reason why the cluster cannot be asked for it. */
import { type CauseText, links, manifest } from './cause-text.ts';

export interface ToldText extends CauseText {
	/** Why no question to a cluster can prove it. */
	whyOnlyTold: string;
}

const askTheDoctor = { say: 'Have the metrics API itself examined:', run: ['whytop doctor'] } as const;
const explainIt = (what: string) => ({ say: 'See where each number comes from, term by term:', run: [what] });

const consumer: Pick<ToldText, 'whyOnlyTold'> = {
	whyOnlyTold: 'it stands in the log or on the screen of another program; of the API behind it the doctor judges',
};
const noFault: Pick<ToldText, 'whyOnlyTold'> = {
	whyOnlyTold: 'it is no fault, and nothing is missing',
};
const onTheNode: Pick<ToldText, 'whyOnlyTold'> = {
	whyOnlyTold:
		'from the API it looks like a runtime that gives no statistics; only the node’s own files and the kubelet’s log tell which it is',
};
const beforeTheCluster: Pick<ToldText, 'whyOnlyTold'> = {
	whyOnlyTold: 'the API server turned it away, so that nothing of it is in the cluster',
};

export const toldTexts: Readonly<Record<string, ToldText>> = {
	'apiservice-helm-ownership': {
		...beforeTheCluster,
		title: () => 'Helm finds an APIService of the metrics API that is not its own',
		explanation: () =>
			'Something else installed metrics-server already: a manifest, an add-on of the cluster, another release. Helm takes over nothing that it did not make.',
		fixes: () => [
			{
				say: 'See who owns it:',
				run: [
					'kubectl get apiservice v1beta1.metrics.k8s.io -o jsonpath=\'{.metadata.labels}{"\\n"}{.metadata.annotations}{"\\n"}\'',
				],
			},
			{ say: 'Keep the one that is there, or remove it the way it was installed, and install again.' },
			{
				say: 'Or have Helm adopt it:',
				run: [
					'kubectl label apiservice v1beta1.metrics.k8s.io app.kubernetes.io/managed-by=Helm',
					'kubectl annotate apiservice v1beta1.metrics.k8s.io meta.helm.sh/release-name=RELEASE meta.helm.sh/release-namespace=NAMESPACE',
				],
			},
		],
		source: 'kubernetes/dashboard#8143, Helm’s check of ownership',
		more: [],
	},
	'apiservice-invalid-spec': {
		...beforeTheCluster,
		title: () => 'the APIService names an authority, and says not to verify',
		explanation: () =>
			'spec.caBundle and spec.insecureSkipTLSVerify exclude each other, and the API server takes no object that has both. Mostly a tool put the authority in beside the manifest’s flag.',
		fixes: () => [
			{ say: 'See what is there now:', run: ['kubectl get apiservice v1beta1.metrics.k8s.io -o yaml'] },
			{ say: 'Take insecureSkipTLSVerify out, if the authority is right: that is the safer one of the two.' },
		],
		source: 'kube-aggregator, pkg/apis/apiregistration/validation',
		more: [links.aggregation],
	},
	'apiregistration-v1beta1-removed': {
		...beforeTheCluster,
		title: () => 'the manifest is older than the API server: it uses versions that were removed',
		explanation: () =>
			'apiregistration.k8s.io/v1beta1 and rbac.authorization.k8s.io/v1beta1 are gone since Kubernetes 1.22, policy/v1beta1 since 1.25. So parts of such a manifest were applied, and others not.',
		fixes: () => [
			{ say: 'See what of it is there:', run: ["kubectl get apiservices,deployments -A | grep -E 'metrics'"] },
			{ say: 'Apply a current release:', run: [`kubectl apply -f ${manifest}`] },
		],
		source: 'kubernetes.io, deprecated API migration guide',
		more: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
	},
	'runtime-docker-root-dir': {
		...onTheNode,
		title: () => 'Docker keeps its data where the kubelet does not look',
		explanation: () =>
			'The kubelet’s cAdvisor reads containers’ files under Docker’s root directory, and that was moved without telling it. So containers lack statistics, while the node itself has them.',
		fixes: () => [
			{ say: 'On the node, see where Docker keeps them:', run: ['grep -n data-root /etc/docker/daemon.json'] },
			{ say: 'Restart the kubelet after Docker, which tells it the place; older ones have --docker-root for it.' },
		],
		source: 'metrics-server#300',
		more: [],
	},
	'runtime-endpoint-wrong': {
		...onTheNode,
		title: () => 'the kubelet’s cAdvisor looks for the runtime at another socket than the kubelet uses',
		explanation: () =>
			'Pods run, and their containers have no statistics, because cAdvisor has its own idea of the runtime’s socket. k3s with --docker was like that.',
		fixes: () => [
			{
				say: 'On the node, see which socket the kubelet is given, and which ones there are:',
				run: [
					'grep -rn container-runtime-endpoint /var/lib/kubelet /etc/kubernetes /etc/systemd/system/kubelet.service.d',
					'ls -l /run/containerd/containerd.sock /run/k3s/containerd/containerd.sock /var/run/cri-dockerd.sock',
				],
			},
			{ say: 'Let --container-runtime-endpoint name the socket that is there.' },
		],
		source: 'k3s#1067, cadvisor#3838',
		more: [],
	},
	'cgroup-driver-mismatch': {
		...onTheNode,
		title: () => 'the kubelet and the runtime manage cgroups in two different ways',
		explanation: () =>
			'One of them uses systemd and the other one writes cgroups by itself, so that they do not find each other’s. The kubelet ends, or containers have no statistics.',
		fixes: () => [
			{
				say: 'On the node, compare the two:',
				run: ['grep -n cgroupDriver /var/lib/kubelet/config.yaml', 'crictl info'],
			},
			{ say: 'Set systemd in both, and restart both.' },
		],
		source: 'kubernetes.io, configuring a cgroup driver',
		more: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/configure-cgroup-driver/'],
	},
	'selector-unsupported-field': {
		whyOnlyTold: 'it is a matter of the flag that was typed: the doctor asks without selectors',
		title: () => 'the metrics API selects by name and namespace alone, not by other fields',
		explanation: () =>
			'--field-selector is passed on to metrics-server, which knows metadata.name and metadata.namespace. Fields of the pods themselves are not in its objects.',
		fixes: () => [
			{ say: 'Select by labels:', run: ['kubectl top pod -l LABEL=VALUE'] },
			{
				say: 'Or let whytop select, which knows the pods too:',
				run: ['whytop top pods --field-selector status.phase=Running'],
			},
		],
		source: 'metrics-server, pkg/api/filter.go',
		more: [],
	},
	'podmetrics-notfound': {
		whyOnlyTold: 'it is what one sees; the doctor asks for the reason behind it (whytop doctor pod/NAME)',
		title: () => 'this pod has no sample, or is unknown to metrics-server',
		explanation: () =>
			'“podmetrics … not found” says that the pod is there and has no sample; “pods … not found” says that metrics-server knows no running pod of that name. The first has many reasons, the second is a name, a namespace or a pod that does not run.',
		fixes: () => [
			{ say: 'Have it examined:', run: ['whytop doctor pod/POD -n NAMESPACE'] },
			{ say: 'See whether it runs:', run: ['kubectl get pod -n NAMESPACE POD'] },
		],
		source: 'metrics-server, pkg/api/pod.go',
		more: [],
	},
	'node-row-unknown': {
		whyOnlyTold: 'it is what one sees; the doctor asks for the reason behind it (whytop doctor node/NAME)',
		title: () => 'some nodes have no sample: kubectl writes <unknown> for them',
		explanation: () =>
			'kubectl lists the nodes of the core API and has no sample for these. The pipeline works, and something is the matter with single kubelets.',
		fixes: () => [
			{ say: 'Have it examined:', run: ['whytop doctor node/NODE'] },
			{
				say: 'See what metrics-server says:',
				run: ['kubectl -n kube-system logs deployment/metrics-server --tail=100'],
			},
		],
		source: 'kubectl, pkg/metricsutil',
		more: [],
	},
	'ha-replica-skew': {
		...noFault,
		title: () => 'two replicas of metrics-server answer by turns, each with its own samples',
		explanation: () =>
			'Each replica scrapes by itself, a few seconds apart from the other, and the API server takes either one. Values and times alternate, and both are right.',
		fixes: () => [
			{
				say: 'See that there are two:',
				run: ['kubectl -n kube-system get endpointslices -l kubernetes.io/service-name=metrics-server'],
			},
			{ say: 'Nothing has to be mended.' },
		],
		source: 'metrics-server, FAQ',
		more: [links.faq],
	},
	'memory-differs-from-free': {
		...noFault,
		title: () => 'other tools show another number for memory, because they count something else',
		explanation: () =>
			'kubectl top shows the working set: usage without the file pages that have not been used lately. free, ps, docker stats and dashboards each count other pages, and the sum of the pods is not the node.',
		fixes: () => [explainIt('whytop explain pod/POD -n NAMESPACE')],
		source: 'metrics-server, FAQ; kubelet, Summary API',
		more: [links.faq],
	},
	'static-mirror-pods': {
		...noFault,
		title: () => 'static pods have samples like all others',
		explanation: () =>
			'Samples go by namespace and name since metrics-server 0.6, so that it does not matter that the uid at the kubelet is another one than in the API. A static pod without a sample has one of the usual reasons.',
		fixes: () => [{ say: 'Where one has none:', run: ['whytop doctor pod/POD -n kube-system'] }],
		source: 'metrics-server, pkg/storage/pod.go',
		more: [],
	},
	'hostnetwork-pods': {
		...noFault,
		title: () => 'pods in the node’s network have samples like all others',
		explanation: () =>
			'hostNetwork has to do with statistics of the network alone. CPU and memory are counted by cgroup, which such a pod has too.',
		fixes: () => [{ say: 'Where one has none:', run: ['whytop doctor pod/POD -n NAMESPACE'] }],
		source: 'kubelet, pkg/kubelet/stats',
		more: [],
	},
	'vpa-no-recommendation': {
		...consumer,
		title: () => 'the vertical pod autoscaler recommends nothing, because it gets no usage',
		explanation: () =>
			'Its recommender reads the same metrics API, and says the same errors as kubectl top. A new one needs some hours of samples besides.',
		fixes: () => [
			askTheDoctor,
			{
				say: 'Where that is well, see what its recommender says:',
				run: ['kubectl -n kube-system logs deployment/vpa-recommender --tail=100'],
			},
		],
		source: 'kubernetes/autoscaler, vertical-pod-autoscaler',
		more: [],
	},
	'dashboard-scraper': {
		...consumer,
		title: () => 'the dashboard shows no usage: its scraper gets none, or the dashboard does not reach the scraper',
		explanation: () =>
			'dashboard-metrics-scraper is a pod with an account and rights of its own, that keeps what the metrics API gives. Where that API is well, its Service or its rights are the matter.',
		fixes: () => [
			askTheDoctor,
			{
				say: 'Where that is well, see its pod and what it says:',
				run: [
					'kubectl get pods -A -l k8s-app=dashboard-metrics-scraper',
					'kubectl logs -n kubernetes-dashboard deployment/dashboard-metrics-scraper --tail=50',
				],
			},
		],
		source: 'kubernetes/dashboard#4372, #4847',
		more: [],
	},
	'k9s-na': {
		...consumer,
		title: () => 'k9s shows n/a: it found no metrics API when it started, may not read it, or has nothing to divide by',
		explanation: () =>
			'k9s asks once in a context whether there is a metrics API, and keeps the answer. The columns in percent are n/a besides where a pod has no requests or limits, which is no fault.',
		fixes: () => [
			{ say: 'See whether kubectl has numbers:', run: ['kubectl top node', 'kubectl top pod -A'] },
			askTheDoctor,
			{ say: 'Where both are well, start k9s again.' },
		],
		source: 'k9s, internal/client/metrics.go; k9s#107, #867',
		more: [],
	},
	'lens-prometheus': {
		...consumer,
		title: () => 'Lens draws from Prometheus, and not from the metrics API',
		explanation: () =>
			'Its graphs need a Prometheus in the cluster that it knows of. That kubectl top works, or does not, has nothing to do with them.',
		fixes: () => [
			{ say: 'See whether there is a Prometheus:', run: ['kubectl get services -A | grep -i prometheus'] },
			{ say: 'Name it in the settings of the cluster, under Metrics.' },
		],
		source: 'lens#188, #2437',
		more: [],
	},
	'scheduler-descheduler': {
		...consumer,
		title: () => 'a descheduler, or another controller that goes by usage, gets none',
		explanation: () =>
			'It reads the same metrics API as kubectl top, and fails with it. Its own account may lack the right besides.',
		fixes: () => [
			askTheDoctor,
			{
				say: 'Where that is well, see whether its account may:',
				run: ['kubectl auth can-i list nodes.metrics.k8s.io --as=system:serviceaccount:NAMESPACE:ACCOUNT'],
			},
		],
		source: 'kubernetes-sigs/descheduler',
		more: [],
	},
};
