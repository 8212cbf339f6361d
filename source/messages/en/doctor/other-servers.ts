/** Texts of a metrics API that is served by something else, or by some API servers and not by others. */
import { type CauseTexts, links, lookAtApiService, name, word } from './cause-text.ts';

export const otherServerTexts: CauseTexts = {
	'apiservice-prometheus-adapter': {
		title: (facts) =>
			`prometheus-adapter serves the metrics API, and Prometheus lacks series for some${word(facts, 'service') === '' ? '' : ` (${word(facts, 'namespace')}/${word(facts, 'service')})`}`,
		explanation: () =>
			'The numbers come from queries to Prometheus here, not from kubelets: where a query finds no series, or labels that it does not expect, the node or pod has no sample. Two owners of this APIService overwrite each other’s, as well.',
		fixes: (facts) => [
			{
				say: 'See what it says:',
				run: [
					`kubectl -n ${name(facts, 'namespace', 'NAMESPACE')} logs deployment/${name(facts, 'service', 'prometheus-adapter')} --tail=100`,
				],
			},
			{
				say: 'See its queries (resource rules), and try them in Prometheus:',
				run: [`kubectl -n ${name(facts, 'namespace', 'NAMESPACE')} get configmaps -o yaml | grep -A 20 'resource'`],
			},
			{ say: 'Or take its resource rules out, and let metrics-server have the APIService.' },
		],
		source: 'prometheus-adapter, pkg/resourceprovider; kube-prometheus#2242',
		more: ['https://github.com/kubernetes-sigs/prometheus-adapter#readme'],
	},
	'apiservice-ha-disagreement': {
		title: () => 'one API server has the metrics API, and another one has not',
		explanation: () =>
			'Of requests made within the same second some were answered and others turned away, though the condition has not changed for minutes. One machine of the control plane does not reach metrics-server: it lacks kube-proxy, the pods’ network or a rule of the firewall.',
		fixes: () => [
			{
				say: 'Ask each API server by itself, by its own address:',
				run: [
					"kubectl get endpoints kubernetes -o jsonpath='{.subsets[*].addresses[*].ip}'",
					'kubectl get --raw /apis/metrics.k8s.io/v1beta1 --server=https://ADDRESS:6443',
				],
			},
			{ say: 'See what runs on each of their machines:', run: ['kubectl -n kube-system get pods -o wide'] },
		],
		source: 'kube-aggregator, each replica checks by itself',
		more: [links.aggregation],
	},
	'apiservice-stuck-condition': {
		title: (facts) =>
			`the condition of the APIService is stuck: the pod answers, and still counts as unavailable${word(facts, 'age') === '' ? '' : ` (for ${word(facts, 'age')})`}`,
		explanation: () =>
			'The API server’s own proxy gets an answer from the very pod that its check cannot reach. The check hangs on an old connection, or another replica of the API server writes the condition.',
		fixes: () => [
			lookAtApiService,
			{
				say: 'Start metrics-server again, which makes new connections:',
				run: ['kubectl -n kube-system rollout restart deployment metrics-server'],
			},
			{ say: 'If that does not help, restart the API servers, one after another.' },
		],
		source: 'kubernetes#83332',
		more: [links.aggregation],
	},
};
