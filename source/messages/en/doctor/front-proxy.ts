/** Texts of how metrics-server knows the API server that passes requests on. */
import { type CauseTexts, links, word } from './cause-text.ts';
import { apiServerFlag } from './settings.ts';

export const frontProxyTexts: CauseTexts = {
	'frontproxy-ca-mismatch': {
		title: () => 'metrics-server does not trust the certificate by which the API server comes (401)',
		explanation: () =>
			'The API server shows metrics-server a client certificate, and this is not signed by the authority that metrics-server has read at its start. The authority was changed since, or a flag overrides it.',
		fixes: () => [
			{
				say: 'See what it says of the certificate:',
				run: ["kubectl -n kube-system logs deployment/metrics-server --tail=100 | grep -i 'unable to authenticate'"],
			},
			{
				say: 'Let it read the authority again:',
				run: ['kubectl -n kube-system rollout restart deployment metrics-server'],
			},
			{
				say: 'If it stays: see whether its flags set --requestheader-client-ca-file, and take that out.',
				run: [
					"kubectl -n kube-system get deployment metrics-server -o jsonpath='{.spec.template.spec.containers[0].args}'",
				],
			},
		],
		source: 'metrics-server, KNOWN_ISSUES.md; #40, #267',
		more: [links.aggregation],
	},
	'frontproxy-cn-not-allowed': {
		title: (facts) =>
			`metrics-server does not accept the name in the API server’s certificate${word(facts, 'name') === '' ? '' : `: ${word(facts, 'name')}`} (401)`,
		explanation: (facts) =>
			`Only certain names may come as the API server${word(facts, 'allowed') === '' ? '' : ` (${word(facts, 'allowed')})`}, and the certificate that it shows has another one. Its authority is right.`,
		fixes: () => [
			{
				say: 'See the names:',
				run: [
					"kubectl -n kube-system get configmap extension-apiserver-authentication -o jsonpath='{.data.requestheader-allowed-names}'",
				],
			},
			{
				say: 'Add the name to --requestheader-allowed-names of kube-apiserver, or leave the list empty; then restart metrics-server.',
			},
		],
		source: 'k8s.io/apiserver, request header authentication; metrics-server#267',
		more: [links.aggregation],
	},
	'aggregation-layer-not-configured': {
		title: () => 'the API server comes to metrics-server as nobody: its aggregation layer is not set up (403)',
		explanation: () =>
			'The API server has no front-proxy certificate, so what it passes on arrives as system:anonymous, who may not read anything. This concerns every aggregated API.',
		fixes: (facts) => [
			{
				say: 'See whether the authority is published:',
				run: ['kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml'],
			},
			apiServerFlag(facts, '--requestheader-client-ca-file=FILE'),
			{
				say: 'And in the same way --requestheader-allowed-names, --requestheader-extra-headers-prefix=X-Remote-Extra-, --requestheader-group-headers=X-Remote-Group, --requestheader-username-headers=X-Remote-User, --proxy-client-cert-file, --proxy-client-key-file.',
			},
		],
		source: 'configure-aggregation-layer; metrics-server#531, #623',
		more: [links.aggregation],
	},
	'frontproxy-same-ca-as-client': {
		title: () => 'one authority signs both the users’ certificates and the API server’s front proxy',
		explanation: () =>
			'client-ca-file and requestheader-client-ca-file are the same, so a user’s certificate could pass for the API server. It can also make user certificates fail at aggregated APIs.',
		fixes: () => [
			{ say: 'See both:', run: ['kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml'] },
			{ say: 'Make an authority of its own for the front proxy.' },
		],
		source: 'configure-aggregation-layer (the warning on CA reuse)',
		more: [links.aggregation],
	},
};
