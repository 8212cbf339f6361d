/** Texts of the API group, its APIService and the Service behind it. */
import {
	type CauseTexts,
	type Facts,
	links,
	lookAtApiService,
	lookAtPods,
	manifest,
	name,
	word,
} from './cause-text.ts';
import { install, installation } from './install.ts';
import { oldKubectlTexts } from './old-kubectl.ts';
import { otherServerTexts } from './other-servers.ts';

const service = (facts: Facts): string =>
	`${word(facts, 'namespace', 'kube-system')}/${word(facts, 'service', 'metrics-server')}`;
const namespace = (facts: Facts): string => name(facts, 'namespace', 'kube-system');
const serviceName = (facts: Facts): string => name(facts, 'service', 'metrics-server');
const apiService = (facts: Facts): string => name(facts, 'apiservice', 'v1beta1.metrics.k8s.io');
const available = 'kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go';

export const registrationTexts: CauseTexts = {
	...oldKubectlTexts,
	...otherServerTexts,
	'api-group-absent': {
		title: () => 'there is no metrics API: nothing is registered for metrics.k8s.io',
		explanation: (facts) =>
			word(facts, 'deployment') === ''
				? 'The API server itself says that it does not know the group, so nobody gets usage from it: metrics-server was never installed here, or was removed cleanly. This is not read from the text “Metrics API not available”, which kubectl also prints of one that is installed and broken.'
				: `The API server itself says that it does not know the group, although ${word(facts, 'deployment')} is there: its APIService is missing, so its installation is not whole. Nobody gets usage until it is registered.`,
		fixes: install,
		source: 'kube-aggregator (404 of an unregistered group); kubectl, pkg/cmd/top',
		more: [links.metricsServer, links.pipeline],
	},
	'heapster-only': {
		title: () => 'only Heapster is installed; the metrics API is not',
		explanation: (facts) =>
			`The Service ${word(facts, 'namespace', 'kube-system')}/heapster is left of the time before Kubernetes 1.13, and nothing is registered for metrics.k8s.io. kubectl reads Heapster only up to 1.18: newer ones say “Metrics API not available”.`,
		fixes: (facts) => [
			...install(facts),
			{
				say: 'Then remove Heapster; see first what still belongs to it:',
				run: [`kubectl -n ${namespace(facts)} get all -l k8s-app=heapster`],
			},
		],
		source: 'kubectl 0.15 to 0.18, pkg/cmd/top (removed in 1.19)',
		more: [links.metricsServer],
	},
	'apiserver-no-aggregator': {
		title: () => 'this API server has no aggregation layer',
		explanation: () =>
			'The group apiregistration.k8s.io is missing, so no metrics API can be registered here at all. Virtual and delegated control planes are like that.',
		fixes: () => [
			{
				say: 'See which groups it has:',
				run: ['kubectl api-versions'],
			},
			{
				say: 'Ask whoever runs this control plane for its own way to metrics (vcluster has an option to pass them through).',
			},
		],
		source: 'kube-aggregator',
		more: [links.aggregation],
	},
	'apiservice-wrong-version': {
		title: (facts) =>
			`metrics.k8s.io is served only in ${word(facts, 'versions', 'a version that kubectl does not know')}`,
		explanation: () =>
			'kubectl asks for v1beta1 (from 1.37 on also for v1), and neither is registered. Somebody registered another version, often by hand.',
		fixes: () => [
			{ say: 'See what is registered:', run: ['kubectl get apiservices | grep metrics.k8s.io'] },
			{ say: 'Register v1beta1, as the released manifest does:', run: [`kubectl apply -f ${manifest}`] },
		],
		source: 'kubectl, pkg/cmd/top/top.go (supported versions)',
		more: [links.metricsServer],
	},
	'apiservice-local-bogus': {
		title: () => 'the APIService of metrics.k8s.io names no Service',
		explanation: () =>
			'An APIService without spec.service means that the API server serves the group by itself, which it cannot: every request is answered 404. Its condition is “Local”, which looks healthy.',
		fixes: (facts) => [
			{ say: 'See it:', run: [`kubectl get apiservice ${apiService(facts)} -o yaml`] },
			{
				say: 'Delete it, and register metrics-server as its manifest does:',
				run: [`kubectl delete apiservice ${apiService(facts)}`, `kubectl apply -f ${manifest}`],
			},
		],
		source: 'kube-aggregator, local available controller',
		more: [links.aggregation],
	},
	'apiservice-stale-after-uninstall': {
		title: () => 'metrics-server was removed, and its APIService was left behind',
		explanation: (facts) =>
			`The APIService still points to ${service(facts)}, which does not exist, and no Deployment of metrics-server is anywhere. It breaks discovery for the whole cluster: namespaces stay in Terminating, Helm and “kubectl get all” complain.`,
		fixes: (facts) => [
			{ say: 'See what it points to:', run: [`kubectl get apiservice ${apiService(facts)}`] },
			{ say: 'Without metrics, remove the leftover:', run: [`kubectl delete apiservice ${apiService(facts)}`] },
			...installation(facts),
		],
		source: available,
		more: ['https://github.com/kubernetes/minikube/issues/3571'],
	},
	'apiservice-wrong-namespace': {
		title: (facts) =>
			`the APIService points to ${service(facts)}, but metrics-server is ${word(facts, 'found', 'elsewhere')}`,
		explanation: (facts) =>
			`The Service that the APIService names does not exist; ${word(facts, 'found', 'another one')} does. That is what two ways of installing leave, for example a Helm chart and a manifest.`,
		fixes: (facts) => [
			{ say: 'See who owns it:', run: [`kubectl get apiservice ${apiService(facts)} -o yaml`] },
			{ say: 'Install again by the one way that you keep, which sets spec.service right.' },
			{
				say: 'Or point it to the Service that is there:',
				run: [
					`kubectl patch apiservice ${apiService(facts)} --type merge -p '{"spec":{"service":{"namespace":"NAMESPACE","name":"SERVICE"}}}'`,
				],
			},
		],
		source: available,
		more: [links.faq],
	},
	'apiservice-service-gone': {
		title: (facts) => `the Service ${service(facts)} is gone, and metrics-server is still there`,
		explanation: (facts) =>
			`The APIService names the Service ${service(facts)}, which does not exist; ${word(facts, 'deployment') === '' ? 'a Deployment of metrics-server' : `the Deployment ${word(facts, 'deployment')}`} does, in the same namespace. metrics-server may be well, but the API server has no way to it.`,
		fixes: (facts) => [
			{ say: 'See who owns it:', run: [`kubectl get apiservice ${apiService(facts)} -o yaml`] },
			{ say: 'Install again by the one way that you keep: it makes the Service anew, and changes nothing else.' },
		],
		source: available,
		more: [links.faq],
	},
	'apiservice-service-access-error': {
		title: () => 'the API server cannot check the Service of the metrics API',
		explanation: () =>
			'The aggregator could not read Services or endpoints out of its own cache, so the condition is Unknown. That is usual for moments while an API server starts.',
		fixes: () => [
			{ say: 'Wait a minute, and look again:', run: ['kubectl get apiservice v1beta1.metrics.k8s.io'] },
			{ say: 'If it stays, the log of the API server says why.' },
		],
		source: available,
		more: [],
	},
	'apiservice-port-mismatch': {
		title: (facts) =>
			`the Service ${service(facts)} has no port ${word(facts, 'port', '443')}${word(facts, 'ports') === '' ? '' : `, only ${word(facts, 'ports')}`}`,
		explanation: (facts) =>
			`The APIService asks for port ${word(facts, 'port', '443')}, and the Service does not have it. Somebody changed one of the two.`,
		fixes: (facts) => [
			{ say: 'See the ports:', run: [`kubectl -n ${namespace(facts)} get service ${serviceName(facts)} -o yaml`] },
			{ say: 'Give the Service the port 443 with targetPort https again, as the released manifest has it.' },
		],
		source: available,
		more: [],
	},
	'apiservice-endpoints-not-found': {
		title: (facts) => `the Service ${service(facts)} has no endpoints object at all`,
		explanation: (facts) =>
			word(facts, 'selector') === 'none'
				? 'The Service has no selector, so nobody makes endpoints for it. Somebody removed it, or it was written by hand.'
				: 'Nobody made endpoints for the Service: it has no selector, or the controller manager does not run. In the second case no new Service of the cluster gets endpoints.',
		fixes: (facts) => [
			{
				say: 'See whether it has a selector, and whether other Services have endpoints:',
				run: [
					`kubectl -n ${namespace(facts)} get service ${serviceName(facts)} -o wide`,
					'kubectl get endpointslices -A',
				],
			},
			{ say: 'Apply the Service again as it was installed, or repair the controller manager.' },
		],
		source: available,
		more: [],
	},
	'apiservice-missing-endpoints': {
		title: (facts) => `no pod of metrics-server is ready behind the Service ${service(facts)}`,
		explanation: () =>
			'The Service has no ready address, so the API server does not even try. The reason is one level down, at its pods: they are not there, not ready, or not selected.',
		fixes: (facts) => [
			lookAtPods,
			{
				say: 'See the endpoints and what became of the pods:',
				run: [
					`kubectl -n ${namespace(facts)} get endpointslices -l kubernetes.io/service-name=${serviceName(facts)}`,
					`kubectl -n ${namespace(facts)} get events --field-selector type=Warning`,
				],
			},
		],
		source: available,
		more: [links.knownIssues],
	},
	'service-selector-mismatch': {
		title: (facts) =>
			`the Service ${service(facts)} selects ${word(facts, 'selector', 'labels')}, which its pods do not have`,
		explanation: (facts) =>
			`The pod ${word(facts, 'pod', 'of metrics-server')} runs with ${word(facts, 'label', 'other labels')}, so the Service does not find it. The released manifest and the Helm chart use different labels: parts of both are installed.`,
		fixes: (facts) => [
			{
				say: 'Compare the two:',
				run: [
					`kubectl -n ${namespace(facts)} get service ${serviceName(facts)} -o jsonpath='{.spec.selector}'`,
					`kubectl -n ${namespace(facts)} get pods --show-labels`,
				],
			},
			{ say: 'Remove the parts of the one installation, and install again by the other.' },
		],
		source: 'metrics-server: manifests (k8s-app) and chart (app.kubernetes.io/name)',
		more: [links.faq],
	},
	'service-port-name-mismatch': {
		title: (facts) =>
			`the Service ${service(facts)} and its pods name the port differently: "${word(facts, 'wanted')}" and "${word(facts, 'names', 'another name')}"`,
		explanation: () =>
			'Pods are ready, but not behind a port of the name that the APIService’s port has. An old Service (up to 0.3 its port has no name) stayed when a newer metrics-server was installed.',
		fixes: (facts) => [
			{ say: 'See the Service:', run: [`kubectl -n ${namespace(facts)} get service ${serviceName(facts)} -o yaml`] },
			{
				say: 'Replace it by the one of the release that runs:',
				run: [`kubectl -n ${namespace(facts)} delete service ${serviceName(facts)}`, `kubectl apply -f ${manifest}`],
			},
		],
		source: available,
		more: [],
	},
	'apiservice-wrong-backend': {
		title: (facts) => `metrics.k8s.io points to ${service(facts)}, which does not serve it`,
		explanation: () =>
			'Another product’s Service stands in the APIService, and it answers 404 for this group. Whoever was installed last has overwritten the entry.',
		fixes: (facts) => [
			{ say: 'See who owns it:', run: [`kubectl get apiservice ${apiService(facts)} -o yaml`] },
			{ say: 'Decide who shall serve metrics.k8s.io, and install that one again.' },
		],
		source: available,
		more: [],
	},
	'apiservice-cabundle-wrong': {
		title: () => 'the API server does not trust the certificate of metrics-server: caBundle does not fit',
		explanation: () =>
			'The APIService has a caBundle that the certificate of metrics-server is not signed by. metrics-server makes itself a new certificate at each start, so a fixed one never fits.',
		fixes: () => [
			lookAtApiService,
			{
				say: 'For good: let cert-manager sign a certificate for SERVICE.NAMESPACE.svc, mount it (--tls-cert-file, --tls-private-key-file) and let it fill in caBundle.',
			},
			{
				say: 'As the released manifest has it, without verification within the cluster’s network:',
				run: [
					`kubectl patch apiservice v1beta1.metrics.k8s.io --type json -p '[{"op":"remove","path":"/spec/caBundle"},{"op":"add","path":"/spec/insecureSkipTLSVerify","value":true}]'`,
				],
			},
		],
		source: 'kube-aggregator, handler_proxy.go; up to 1.35 its check does not verify, so Available stays True',
		more: [links.faq],
	},
	'apiservice-cabundle-missing': {
		title: () => 'the API server does not trust the certificate of metrics-server: no caBundle is set',
		explanation: () =>
			'Neither caBundle nor insecureSkipTLSVerify is set in the APIService, so its certificate is checked against the authorities of the API server’s machine. No certificate that metrics-server makes itself passes that.',
		fixes: () => [
			lookAtApiService,
			{ say: 'For good: a certificate by cert-manager, which also fills in caBundle.' },
			{
				say: 'As the released manifest has it, without verification within the cluster’s network:',
				run: [
					`kubectl patch apiservice v1beta1.metrics.k8s.io --type merge -p '{"spec":{"insecureSkipTLSVerify":true}}'`,
				],
			},
		],
		source: 'kube-aggregator, handler_proxy.go',
		more: [links.faq],
	},
	'apiservice-cert-name': {
		title: (facts) =>
			`the certificate of metrics-server is not for ${word(facts, 'service', 'metrics-server')}.${word(facts, 'namespace', 'kube-system')}.svc`,
		explanation: () =>
			'The API server expects the name SERVICE.NAMESPACE.svc in the certificate, and it is not there. A certificate of one’s own was made for another name.',
		fixes: (facts) => [
			lookAtApiService,
			{
				say: `Issue the certificate again with the DNS name ${serviceName(facts)}.${namespace(facts)}.svc as a subject alternative name.`,
			},
		],
		source: 'kube-aggregator, handler_proxy.go',
		more: [],
	},
	'apiservice-cert-expired': {
		title: () => 'the certificate of metrics-server has expired',
		explanation: () =>
			'The API server verifies the certificate of metrics-server, and its time is over. One that metrics-server made itself is renewed by a restart; a mounted one is not.',
		fixes: (facts) => [
			lookAtApiService,
			{
				say: 'Renew the mounted certificate, then restart:',
				run: [`kubectl -n ${namespace(facts)} rollout restart deployment metrics-server`],
			},
		],
		source: 'kube-aggregator, handler_proxy.go',
		more: [],
	},
};
