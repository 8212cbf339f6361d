/** Texts of callers that are not allowed, or not known, for a reason of the cluster. */
import { type CauseTexts, links, manifest, word } from './cause-text.ts';

export const callerTexts: CauseTexts = {
	'rbac-aggregated-reader-missing': {
		title: () => 'the roles view, edit and admin do not bring metrics with them here',
		explanation: (facts) =>
			`The ClusterRole system:aggregated-metrics-reader, which adds metrics to them, ${word(facts, 'exists') === 'yes' ? 'lacks the labels by which it is added' : 'is missing or not labelled'}. So everyone who is no administrator may see pods, and not what they use.`,
		fixes: () => [
			{
				say: 'See it:',
				run: ['kubectl get clusterrole system:aggregated-metrics-reader -o yaml'],
			},
			{
				say: 'Apply the released manifest, which brings it (Helm: rbac.create=true):',
				run: [`kubectl apply -f ${manifest}`],
			},
		],
		source: 'metrics-server, manifests/base/rbac.yaml (since 0.3.2)',
		more: [links.rbac],
	},
	'eks-aws-auth-username': {
		title: (facts) =>
			`an IAM role has no user name in the cluster, so that metrics-server does not know who asks${word(facts, 'role') === '' ? '' : ` (${word(facts, 'role')})`}`,
		explanation: () =>
			'The API server tells metrics-server by a header who asks, and that header is empty for a role without a username in aws-auth. The API server itself does not mind, so everything but metrics works.',
		fixes: () => [
			{ say: 'See the map:', run: ['kubectl -n kube-system get configmap aws-auth -o yaml'] },
			{
				say: 'Give the role a username (usually system:node:{{EC2PrivateDNSName}} or one of your own):',
				run: ['kubectl -n kube-system edit configmap aws-auth'],
			},
		],
		source: 'metrics-server, KNOWN_ISSUES.md',
		more: [links.knownIssues],
	},
	'webhook-authorizer-slow': {
		title: () => 'questions about rights take too long: metrics-server gets no answer to whether you may',
		explanation: (facts) =>
			`metrics-server asks the API server whether a caller is allowed, and the API server asks a webhook${word(facts, 'modes') === '' ? ', as it seems' : ` (--authorization-mode=${word(facts, 'modes')})`}, which answers too late. Members of system:masters are not asked about, so an administrator sees nothing of it.`,
		fixes: () => [
			{ say: 'See how long such a question takes:', run: ['time kubectl auth can-i list nodes.metrics.k8s.io'] },
			{ say: 'Look at the authorization webhook: its load, its way from the API server, its caching times.' },
		],
		source: 'k8s.io/apiserver, delegated authorization',
		more: ['https://kubernetes.io/docs/reference/access-authn-authz/webhook/'],
	},
};
