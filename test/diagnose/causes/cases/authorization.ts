import { evidenceOf, forbidden, healthy, listedPod, read, refused, samples } from '../../evidence.ts';
import type { Case } from '../case.ts';

const nodesForbidden = forbidden(
	'nodes.metrics.k8s.io is forbidden: User "jane" cannot list resource "nodes" in API group "metrics.k8s.io" at the cluster scope',
);
const coreNodesForbidden = forbidden(
	'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
);

/** Someone with the role view in one namespace. */
const ofNamespace = {
	...healthy,
	'metrics-nodes': nodesForbidden,
	nodes: coreNodesForbidden,
	'metrics-pods': read(samples(['web/api'], 'web')),
	pods: read([listedPod('web', 'api')]),
};

const podsForbidden = forbidden(
	'pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "web"',
);

/** metrics-server does not know who asks. */
const unknownOnEks = {
	...healthy,
	version: read({ gitVersion: 'v1.33.5-eks-113cf36', minor: 33 }),
	'metrics-nodes': refused(401, 'Unauthorized'),
	'metrics-pods': refused(401, 'Unauthorized'),
};

const late = refused(
	500,
	'Internal Server Error: "/apis/metrics.k8s.io/v1beta1/nodes": Post "https://10.96.0.1:443/apis/authorization.k8s.io/v1/subjectaccessreviews?timeout=10s": context deadline exceeded',
);
const lateReviews = { ...healthy, 'metrics-nodes': late, 'metrics-pods': late };
const flagsWith = (...authorizationModes: readonly string[]) =>
	read([{ pod: 'kube-apiserver-cp-1', authorizationModes, hasAuthorizationFile: true }]);

const bothOfNamespace = 'who has one namespace has neither right over the whole cluster';

export const authorizationCases: readonly Case[] = [
	{
		proves: 'rbac-metrics-nodes',
		evidence: evidenceOf({ ...healthy, 'metrics-nodes': nodesForbidden }),
	},
	{
		proves: 'rbac-metrics-pods-cluster',
		evidence: evidenceOf(ofNamespace),
		also: { 'rbac-metrics-nodes': bothOfNamespace },
	},
	{
		proves: 'rbac-metrics-pods-ns',
		evidence: evidenceOf({
			...healthy,
			'metrics-pods': podsForbidden,
			'aggregated-role': forbidden(),
		}),
	},
	{
		proves: 'rbac-aggregated-reader-missing',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': nodesForbidden,
			'metrics-pods': podsForbidden,
			'aggregated-role': read({ exists: false, aggregatedTo: [] }),
		}),
	},
	{
		proves: 'rbac-metrics-pods-ns',
		title: 'of somebody whose own role it is, because view would bring metrics',
		evidence: evidenceOf({
			...healthy,
			'metrics-pods': podsForbidden,
			'aggregated-role': read({ exists: true, aggregatedTo: ['view', 'edit', 'admin'] }),
		}),
	},
	{
		proves: 'eks-aws-auth-username',
		evidence: evidenceOf({ ...unknownOnEks, 'aws-auth': read({ roles: 3, withoutName: ['role/developers'] }) }),
	},
	{
		proves: 'webhook-authorizer-slow',
		evidence: evidenceOf({ ...lateReviews, 'apiserver-flags': flagsWith('Node', 'RBAC', 'Webhook') }),
	},
	{
		proves: 'webhook-authorizer-slow',
		title: 'as it seems, where nobody sees the API server’s flags',
		certainty: 'likely',
		evidence: evidenceOf({ ...lateReviews, 'apiserver-flags': read([]) }),
	},
	{ proves: 'rbac-core-nodes', evidence: evidenceOf({ ...healthy, nodes: coreNodesForbidden }) },
	{
		proves: 'rbac-discovery-removed',
		evidence: evidenceOf({
			kubeconfig: healthy.kubeconfig,
			version: healthy.version,
			discovery: forbidden('forbidden: User "jane" cannot get path "/apis"'),
			'metrics-group': forbidden('forbidden: User "jane" cannot get path "/apis/metrics.k8s.io"'),
		}),
	},
	{
		proves: 'ms-missing-auth-delegator',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': refused(
				500,
				'Internal Server Error: "/apis/metrics.k8s.io/v1beta1/nodes": subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:kube-system:metrics-server" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope',
			),
			'metrics-pods': refused(500, 'Internal Server Error: subjectaccessreviews.authorization.k8s.io is forbidden'),
		}),
	},
];
