/** Texts of what the caller may read. */

import { callerTexts } from './callers.ts';
import { type CauseTexts, links, name, word } from './cause-text.ts';

const user = (facts: Parameters<typeof word>[0]): string => word(facts, 'user', 'this user');

export const authorizationTexts: CauseTexts = {
	...callerTexts,
	'rbac-metrics-nodes': {
		title: (facts) => `${user(facts)} may not read the metrics of nodes`,
		explanation: () =>
			'Metrics of nodes belong to no namespace, so only a ClusterRoleBinding can grant them; a role of one namespace cannot. The metrics API itself works: the API server refuses before it passes anything on.',
		fixes: () => [
			{ say: 'Ask for what is yours:', run: ['kubectl top pod -n NAMESPACE'] },
			{
				say: 'An administrator can grant it:',
				run: [
					'kubectl create clusterrole metrics-nodes --verb=get,list --resource=nodes.metrics.k8s.io,nodes',
					'kubectl create clusterrolebinding metrics-nodes --clusterrole=metrics-nodes --user=USER',
				],
			},
		],
		source: 'the API server’s own 403',
		more: [links.rbac],
	},
	'rbac-metrics-pods-cluster': {
		title: (facts) => `metrics of pods may be read in ${word(facts, 'namespace', 'one namespace')}, not in all`,
		explanation: () =>
			'The rights are those of a namespace, and “all namespaces” is a question to the whole cluster. Nothing is broken.',
		fixes: (facts) => [
			{ say: 'Ask for the namespace:', run: [`kubectl top pod -n ${name(facts, 'namespace', 'NAMESPACE')}`] },
			{
				say: 'For all, an administrator can bind the ready role:',
				run: [
					'kubectl create clusterrolebinding metrics-reader --clusterrole=system:aggregated-metrics-reader --user=USER',
				],
			},
		],
		source: 'the API server’s own 403',
		more: [links.rbac],
	},
	'rbac-metrics-pods-ns': {
		title: (facts) =>
			`${user(facts)} may not read the metrics of pods in ${word(facts, 'namespace', 'this namespace')}`,
		explanation: () =>
			'Rights on pods do not include their metrics, which are another API group. The role view has both, if the ClusterRole system:aggregated-metrics-reader is installed.',
		fixes: (facts) => [
			{
				say: 'See what is allowed:',
				run: [`kubectl auth can-i list pods.metrics.k8s.io -n ${name(facts, 'namespace', 'NAMESPACE')}`],
			},
			{
				say: 'An administrator can grant it:',
				run: [
					`kubectl -n ${name(facts, 'namespace', 'NAMESPACE')} create rolebinding view-USER --clusterrole=view --user=USER`,
				],
			},
		],
		source: 'the API server’s own 403',
		more: [links.rbac],
	},
	'rbac-core-nodes': {
		title: (facts) => `${user(facts)} may read the metrics of nodes, but not the nodes`,
		explanation: () =>
			'kubectl top node needs both: it divides by what the nodes have to give. The role view does not include nodes.',
		fixes: () => [
			{ say: 'The usage without percentages can be had:', run: ['whytop top nodes'] },
			{
				say: 'An administrator can grant it:',
				run: [
					'kubectl create clusterrole nodes-reader --verb=get,list,watch --resource=nodes',
					'kubectl create clusterrolebinding nodes-reader-USER --clusterrole=nodes-reader --user=USER',
				],
			},
		],
		source: 'kubectl, pkg/cmd/top/top_node.go',
		more: [links.rbac],
	},
	'rbac-discovery-removed': {
		title: () => 'discovery is closed to this user: /apis is forbidden',
		explanation: () =>
			'Every authenticated user may usually read which groups there are; here the binding of system:discovery was changed or removed. kubectl cannot see the metrics API then, whether it is there or not.',
		fixes: () => [
			{ say: 'See the binding (administrators):', run: ['kubectl get clusterrolebinding system:discovery -o yaml'] },
			{ say: 'The API server puts its default back when it starts, unless the binding says autoupdate: false.' },
		],
		source: 'the API server’s bootstrap roles',
		more: [links.rbac],
	},
	'ms-missing-auth-delegator': {
		title: (facts) =>
			`metrics-server may not ask who may read metrics: ${word(facts, 'namespace', 'kube-system')}/${word(facts, 'account', 'metrics-server')} is not bound to system:auth-delegator`,
		explanation: () =>
			'metrics-server asks the API server whether you are allowed, and is not allowed to ask. Members of system:masters are not asked about, so an administrator sees nothing of it.',
		fixes: (facts) => [
			{
				say: 'See the binding:',
				run: ['kubectl get clusterrolebinding metrics-server:system:auth-delegator -o yaml'],
			},
			{
				say: 'Bind it, in the namespace where it runs:',
				run: [
					`kubectl create clusterrolebinding metrics-server:system:auth-delegator --clusterrole=system:auth-delegator --serviceaccount=${name(facts, 'namespace', 'kube-system')}:${name(facts, 'account', 'metrics-server')}`,
				],
			},
		],
		source: 'k8s.io/apiserver, delegated authorization; metrics-server, manifests/base/rbac.yaml',
		more: [links.aggregation],
	},
};
