/** Texts of Rancher’s own answers, made of what the connection says of them. */
import { type RancherProblem, rancherProblems } from '../kube-front.ts';
import { type CauseText, type CauseTexts, told, word } from './cause-text.ts';
import { typed } from './typed.ts';

const titles: Readonly<Record<RancherProblem, string>> = {
	'rancher-agent-disconnected': 'Rancher has no connection to the agent of this cluster',
	'rancher-no-session': 'Rancher has just lost the agent of this cluster',
	'rancher-cluster-unavailable': 'Rancher says that this cluster is not available',
	'rancher-cluster-unknown': 'Rancher knows no cluster by this id',
	'rancher-token-scope': 'this token of Rancher is meant for another cluster',
	'rancher-token-invalid': 'Rancher does not accept this token',
	'rancher-impersonation-failed': 'Rancher cannot act for this user in the cluster',
};

function textOf(id: RancherProblem): CauseText {
	const { way, what } = rancherProblems[id];
	return {
		title: () => titles[id],
		explanation: () =>
			`Rancher stands before the API server, and answers in its place: ${what}. Every request fails with it, not only those about metrics.`,
		fixes: () => [{ say: way }],
		source: 'rancher/rancher, pkg/dialer, pkg/clusterrouter and pkg/auth/requests; rancher/remotedialer',
		more: ['https://ranchermanager.docs.rancher.com/troubleshooting'],
	};
}

export const rancherTexts: CauseTexts = {
	...Object.fromEntries(Object.keys(rancherProblems).map((id) => [id, textOf(id as RancherProblem)])),
	'rancher-ace-bypass': {
		title: (facts) => `this context goes past Rancher, straight to a node: ${word(facts, 'server', 'its address')}`,
		explanation: (facts) =>
			`Rancher writes contexts that lead to the nodes themselves (authorized cluster endpoints) beside the one that leads through it, and from here the node is not reached. Rancher itself was not asked.${told(facts)}`,
		fixes: (facts) => [
			{ say: 'See which contexts there are:', run: ['kubectl config get-contexts'] },
			{
				say: 'Use the one through Rancher:',
				run: [`kubectl config use-context ${typed(facts, 'context', 'CONTEXT')}`],
			},
		],
		source: 'Rancher, authorized cluster endpoint',
		more: [
			'https://ranchermanager.docs.rancher.com/reference-guides/rancher-manager-architecture/communicating-with-downstream-user-clusters',
		],
	},
	'rancher-no-path': {
		title: () => 'the address is Rancher’s own, not that of a cluster behind it',
		explanation: () => 'The plain host is Rancher’s page and its own API. A cluster behind it has a path of its own.',
		fixes: () => [
			{ say: 'See which address is meant:', run: ['kubectl config view --minify'] },
			{
				say: 'Use the address of the cluster:',
				run: ['kubectl config set-cluster CLUSTER --server=https://HOST/k8s/clusters/c-xxxxx'],
			},
			{ say: 'Or fetch the kubeconfig from Rancher’s page of the cluster (Download KubeConfig).' },
		],
		source: 'Rancher’s redirect to its dashboard, and its headers',
		more: [],
	},
};
