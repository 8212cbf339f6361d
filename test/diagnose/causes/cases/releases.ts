/** Evidence in the words of older releases of metrics-server and of Kubernetes, and what their versions decide. */
import { condition, container, deployment, evidenceOf, log, read, workloadPod } from '../../evidence.ts';
import type { Case } from '../case.ts';

const badStatus = 'bad status from https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1: 500';
const oldest = container({ image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6', args: [], ports: [] });

export const releaseCases: readonly Case[] = [
	{
		proves: 'ms-version-too-old-for-server',
		evidence: evidenceOf({
			...condition('FailedDiscoveryCheck', badStatus),
			'workload-pods': read([workloadPod({ containers: [oldest] })]),
			log: log(
				'E1128 11:59:50.600000       1 webhook.go:196] Failed to make webhook authorizer request: the server could not find the requested resource',
				'E1128 11:59:50.600000       1 errors.go:77] the server could not find the requested resource',
			),
		}),
	},
	{
		proves: 'ms-psp',
		title: 'in the words of 1.20 to 1.24',
		evidence: evidenceOf({
			...condition(
				'MissingEndpoints',
				'endpoints for service/metrics-server in "kube-system" have no addresses with port name "https"',
			),
			version: read({ gitVersion: 'v1.24.17', minor: 24 }),
			'workload-pods': read([]),
			deployments: read([
				deployment({
					existing: 0,
					readyReplicas: 0,
					failure: 'pods "metrics-server-6f9b7c5d88-" is forbidden: PodSecurityPolicy: unable to admit pod: []',
				}),
			]),
		}),
	},
];
