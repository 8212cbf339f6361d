/** Questions about rights that are asked behind the API server, and come too late. */

import type { Workload } from '../model/workload.ts';
import { textAnswer } from './changes.ts';
import type { Fault } from './fault.ts';

/** As kubeadm runs it, with a webhook. */
function askingWebhook(apiServer: Workload): Workload {
	const command = [
		'kube-apiserver',
		'--authorization-mode=Node,RBAC,Webhook',
		'--authorization-webhook-config-file=/etc/kubernetes/authorization-webhook.yaml',
	];
	return {
		...apiServer,
		labels: { component: 'kube-apiserver', tier: 'control-plane' },
		containers: apiServer.containers.map((container) => ({ ...container, command })),
	};
}

export const callerFaults: readonly Fault[] = [
	{
		name: 'webhook-authorizer-slow',
		change(behaviour) {
			// Administrators are in system:masters, of whom nobody asks.
			behaviour.user = 'viewer';
			behaviour.metricsApi.answer = textAnswer(
				500,
				'Internal Server Error: "/apis/metrics.k8s.io/v1beta1/nodes": Post "https://10.96.0.1:443/apis/authorization.k8s.io/v1/subjectaccessreviews?timeout=10s": context deadline exceeded\n',
			);
			behaviour.adapt.push((workload) => (workload.name === 'kube-apiserver' ? askingWebhook(workload) : workload));
		},
	},
];
