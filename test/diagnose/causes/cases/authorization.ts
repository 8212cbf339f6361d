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
			'metrics-pods': forbidden(
				'pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "web"',
			),
		}),
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
