/** The API server dials metrics-server and does not get through, or not to what it meant. */
import { type Cause, likely, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import {
	byPath,
	dialsService,
	noRouteWords,
	ofPath,
	type PathFailure,
	reachesPod,
	refusedWords,
	timeoutWords,
} from './path-to-backend.ts';

const needs = ['metrics-version', 'apiservice', 'service', 'readiness', 'workload-pods'] as const;
const proxySays = (evidence: Evidence) => seen(answerOf(evidence, 'readiness'));
const podIsReady = (evidence: Evidence) => factsOf(evidence, 'workload-pods')?.some(({ ready }) => ready) === true;
const dropped = ({ words }: PathFailure) => timeoutWords.test(words) || noRouteWords.test(words);
const tunnelWords = /No agent available|No backend available|failed to dial|rpc error: code = Unavailable/i;
const plainWords = /server gave HTTP response to HTTPS client/;
const proxyWords = /proxyconnect tcp|: (?:Forbidden|Proxy Error|Proxy Authentication Required)\s*$/i;

/** Words that have a cause of their own, whatever else they look like. */
const special = (words: string) =>
	tunnelWords.test(words) || plainWords.test(words) || proxyWords.test(words) || /x509|bad status from/.test(words);

/** Judges a way that packets are lost on: neither words with a cause of their own, nor a pod that the API server reaches. */
function byLostPackets(evidence: Evidence, judge: (failure: PathFailure) => Verdict): Verdict {
	return byPath(evidence, (failure) =>
		special(failure.words) || !dropped(failure) || reachesPod(evidence) === 'yes' ? ruledOut : judge(failure),
	);
}

/** A cause that the words alone prove. */
function byWords(id: string, pattern: RegExp, sample: string, more: Partial<Cause> = {}): Cause {
	return {
		id,
		...ofPath,
		needs: ['metrics-version', 'apiservice'],
		rulesOut: ['api-group-absent', 'ms-pod-not-listening', 'network-blocked-apiserver-to-ms'],
		symptoms: [symptom('the condition of the APIService, or the body of a 503', pattern, sample), ...brokenBackend],
		judge: (evidence) =>
			byPath(evidence, ({ because, host, words }) =>
				pattern.test(words) ? proved({ host, distribution: distributionOf(evidence) }, [because]) : ruledOut,
			),
		...more,
	};
}

const failing = 'failing or missing response from https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1: ';
const url = 'Get "https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1": ';

export const networkToBackendCauses: readonly Cause[] = [
	byWords('konnectivity-down', tunnelWords, 'error trying to reach service: No agent available'),
	byWords('backend-plain-http', plainWords, `${failing}${url}http: server gave HTTP response to HTTPS client`),
	byWords('apiserver-proxy-env', proxyWords, `${failing}${url}Forbidden`),
	byWords(
		'dualstack-family-mismatch',
		/network is unreachable/,
		`${failing}Get "https://[fd00::12]:443/apis/metrics.k8s.io/v1beta1": dial tcp [fd00::12]:443: connect: network is unreachable`,
	),
	{
		id: 'mtu-blackhole',
		...ofPath,
		needs: ['metrics-version', 'apiservice'],
		rulesOut: ['ms-pod-not-listening'],
		symptoms: [
			symptom(
				'the condition of the APIService',
				/TLS handshake timeout/,
				`${failing}${url}net/http: TLS handshake timeout`,
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPath(evidence, ({ because, words }) =>
				/TLS handshake timeout/.test(words) ? likely(proved({}, [because])) : ruledOut,
			),
	},
	{
		id: 'service-mesh-injected',
		...ofPath,
		needs: ['metrics-version', 'apiservice', 'workload-pods'],
		rulesOut: ['ms-pod-not-listening'],
		symptoms: [
			symptom('the condition of the APIService', /\bEOF\b|connection reset by peer/, `${failing}${url}EOF`),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPath(evidence, ({ because, words }) => {
				if (!/\bEOF\b|connection reset by peer|remote error: tls/.test(words)) {
					return ruledOut;
				}
				const pods = factsOf(evidence, 'workload-pods');
				if (pods === null) {
					return undecided('workload-pods');
				}
				const sidecar = pods
					.flatMap(({ containers, initContainers }) => [...containers, ...initContainers])
					.find(({ name }) => /^(?:istio-proxy|linkerd-proxy)$/.test(name));
				return sidecar === undefined
					? ruledOut
					: proved({ sidecar: sidecar.name }, [
							because,
							seen(answerOf(evidence, 'workload-pods'), `the pod has a container ${sidecar.name}`),
						]);
			}),
	},
	{
		id: 'apiserver-no-clusterip-route',
		...ofPath,
		needs,
		rulesOut: ['ms-pod-not-listening', 'network-blocked-apiserver-to-ms', 'konnectivity-down'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byPath(evidence, (failure) => {
				const { because, words } = failure;
				if (failure.tried || special(words) || !(refusedWords.test(words) || dropped(failure))) {
					return ruledOut;
				}
				if (factsOf(evidence, 'service') === null || reachesPod(evidence) === 'unknown') {
					return undecided('service', 'readiness');
				}
				return dialsService(evidence, failure) && reachesPod(evidence) === 'yes'
					? proved({ host: failure.host, distribution: distributionOf(evidence) }, [
							because,
							seen(answerOf(evidence, 'service'), `spec.clusterIP: ${failure.host}`),
							proxySays(evidence),
						])
					: ruledOut;
			}),
	},
	{
		id: 'ms-pod-not-listening',
		...ofPath,
		// Why it does not listen is one step further.
		terminal: false,
		needs,
		rulesOut: ['api-group-absent', 'apiserver-no-clusterip-route', 'apiservice-missing-endpoints'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byPath(evidence, (failure) => {
				const { because, words } = failure;
				if (failure.tried || special(words) || !refusedWords.test(words)) {
					return ruledOut;
				}
				const pods = factsOf(evidence, 'workload-pods');
				const [pod] = pods ?? [];
				const found = proved({ host: failure.host, pod: pod?.name ?? '' }, [
					because,
					...(reachesPod(evidence) === 'refused' ? [proxySays(evidence)] : []),
				]);
				if (reachesPod(evidence) === 'refused' || pods?.some(({ ip }) => ip === failure.host) === true) {
					return found;
				}
				if (reachesPod(evidence) === 'yes') {
					return ruledOut;
				}
				// Refused by the Service's address, and nobody knows whether by kube-proxy or by the pod.
				return likely(found);
			}),
	},
	{
		id: 'network-blocked-apiserver-to-ms',
		...ofPath,
		needs,
		rulesOut: ['apiserver-no-clusterip-route', 'ms-pod-not-listening', 'apiservice-cabundle-wrong'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byLostPackets(evidence, ({ because, host }) => {
				if (reachesPod(evidence) === 'unknown') {
					return undecided('readiness');
				}
				const [pod] = factsOf(evidence, 'workload-pods') ?? [];
				const port = pod?.containers[0]?.ports[0]?.port ?? 10250;
				const found = proved({ host, port, distribution: distributionOf(evidence), node: pod?.node ?? '' }, [
					because,
					proxySays(evidence),
				]);
				// The kubelet's own check of the pod passes on the same node: what fails is the way.
				return podIsReady(evidence) && !hasPolicies(evidence) && !isOverlayOnManaged(evidence) ? found : likely(found);
			}),
	},
	{
		id: 'cni-not-on-control-plane',
		...ofPath,
		needs: [...needs, 'nodes'],
		rulesOut: ['apiserver-no-clusterip-route'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byLostPackets(evidence, ({ because }) => {
				const [pod] = factsOf(evidence, 'workload-pods') ?? [];
				return isOverlayOnManaged(evidence)
					? proved({ pod: pod?.ip ?? '', distribution: distributionOf(evidence) }, [
							because,
							seen(answerOf(evidence, 'workload-pods'), `status.podIP: ${pod?.ip}, which is in no network of a node`),
						])
					: ruledOut;
			}),
	},
	{
		id: 'networkpolicy-blocks-ms',
		...ofPath,
		needs: [...needs, 'network-policies'],
		rulesOut: ['apiserver-no-clusterip-route'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byLostPackets(evidence, ({ because }) => {
				const policies = factsOf(evidence, 'network-policies');
				if (policies === null) {
					return undecided('network-policies');
				}
				const [policy] = selecting(evidence);
				return policy === undefined
					? ruledOut
					: proved({ policy: policy.name, namespace: policy.namespace }, [
							because,
							seen(
								answerOf(evidence, 'network-policies'),
								`NetworkPolicy ${policy.namespace}/${policy.name} selects the pod for ingress`,
							),
						]);
			}),
	},
	{
		id: 'backend-dial-failed',
		...ofPath,
		// Perhaps its workload says why.
		terminal: false,
		needs: ['metrics-version'],
		rulesOut: ['api-group-absent', 'apiservice-missing-endpoints'],
		symptoms: [
			symptom(
				'the body of a 503, which kubectl does not show',
				/error trying to reach service: (?:dial tcp|EOF|read tcp|context)/,
				'error trying to reach service: dial tcp 10.244.1.7:10250: connect: connection refused',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPath(evidence, ({ because, host, tried, words }) =>
				tried && !special(words) && /dial tcp|EOF|reset by peer|context deadline|timeout/.test(words)
					? proved({ host, words }, [because])
					: ruledOut,
			),
	},
	{
		id: 'backend-hang',
		...ofPath,
		explains: ['no-answer'],
		needs: ['metrics-version', 'metrics-nodes', 'metrics-pods', 'apiservice'],
		rulesOut: ['api-group-absent', 'apiservice-missing-endpoints'],
		symptoms: [
			symptom(
				'kubectl, after a minute',
				/Timeout: request did not complete within/,
				'Error from server (Timeout): Timeout: request did not complete within 1m0s',
			),
		],
		judge(evidence) {
			const isSilent = (id: 'metrics-version' | 'metrics-nodes' | 'metrics-pods') => {
				const { outcome, status } = answerOf(evidence, id);
				return outcome === 'timed-out' || status === 504;
			};
			const list = (['metrics-nodes', 'metrics-pods'] as const).find(isSilent);
			if (list !== undefined && factsOf(evidence, 'metrics-version') !== null) {
				return proved({}, [seen(answerOf(evidence, 'metrics-version'), 'answered'), seen(answerOf(evidence, list))]);
			}
			if (!isSilent('metrics-version')) {
				return ruledOut;
			}
			const apiService = factsOf(evidence, 'apiservice');
			return apiService !== null && apiService.status !== 'True'
				? ruledOut
				: likely(
						proved({}, [
							seen(answerOf(evidence, 'metrics-version')),
							...(apiService === null ? [] : [seen(answerOf(evidence, 'apiservice'), 'Available=True')]),
						]),
					);
		},
	},
	{
		id: 'other-apiservice-broken',
		...ofPath,
		severity: 'info',
		explains: [],
		terminal: false,
		needs: ['discovery'],
		symptoms: [
			symptom(
				'kubectl, of commands that read all of discovery; top is not affected',
				/couldn't get resource list for (?!metrics\.k8s\.io)/,
				"couldn't get resource list for custom.metrics.k8s.io/v1beta1: the server is currently unable to handle the request",
			),
		],
		judge(evidence) {
			const stale = factsOf(evidence, 'discovery')?.staleGroups.filter((group) => group !== 'metrics.k8s.io') ?? [];
			return stale.length === 0
				? ruledOut
				: proved({ groups: stale.join(', ') }, [
						seen(answerOf(evidence, 'discovery'), `freshness: Stale of ${stale.join(', ')}`),
					]);
		},
	},
];

/** NetworkPolicies that select the pod for ingress. */
function selecting(evidence: Evidence) {
	const [pod] = factsOf(evidence, 'workload-pods') ?? [];
	return (factsOf(evidence, 'network-policies') ?? []).filter(
		({ ingress, selector }) =>
			ingress && Object.entries(selector).every(([name, value]) => pod?.labels[name] === value),
	);
}

function hasPolicies(evidence: Evidence): boolean {
	return selecting(evidence).length > 0;
}

/** The pods have a network of their own, and the control plane is a managed one, which has no part in it. */
function isOverlayOnManaged(evidence: Evidence): boolean {
	const [pod] = factsOf(evidence, 'workload-pods') ?? [];
	const nodes = factsOf(evidence, 'nodes') ?? [];
	const network = (address: string) => address.split('.').slice(0, 2).join('.');
	const addresses = nodes.flatMap(({ addresses: its }) => its.map(({ address }) => network(address)));
	return (
		distributionOf(evidence) === 'eks' &&
		pod !== undefined &&
		pod.ip !== '' &&
		addresses.length > 0 &&
		!addresses.includes(network(pod.ip))
	);
}
