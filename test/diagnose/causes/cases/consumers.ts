import type { AutoscaledPod, AutoscalerFacts } from '../../../../source/diagnose/evidence/autoscaling.ts';
import { evidenceOf, healthy, read } from '../../evidence.ts';
import type { Case } from '../case.ts';

const patient = { kind: 'hpa', namespace: 'web', name: 'api' } as const;

export function autoscaler(reason: string, message: string, status = 'False'): AutoscalerFacts {
	return {
		namespace: 'web',
		name: 'api',
		target: 'Deployment/api',
		scalePath: '/apis/apps/v1/namespaces/web/deployments/api/scale',
		metrics: ['Resource cpu'],
		aimedAt: [],
		conditions: [
			{
				type: 'AbleToScale',
				status: 'True',
				reason: 'SucceededGetScale',
				message: 'the HPA controller was able to get the target’s current scale',
			},
			{ type: 'ScalingActive', status, reason, message: `the HPA was unable to compute the replica count: ${message}` },
		],
	};
}

export function autoscaled(name: string, more: Partial<AutoscaledPod> = {}): AutoscaledPod {
	return {
		name,
		owner: 'ReplicaSet/api-5d7f9c6b8',
		phase: 'Running',
		ready: true,
		containers: ['app'],
		withoutCpu: [],
		withoutMemory: [],
		...more,
	};
}

const failing = (
	proves: string,
	message: string,
	pods: readonly AutoscaledPod[] = [autoscaled('api-1')],
	title?: string,
): Case => ({
	proves,
	...(title === undefined ? {} : { title }),
	evidence: evidenceOf(
		{ ...healthy, autoscaler: read(autoscaler('FailedGetResourceMetric', message)), 'autoscaled-pods': read(pods) },
		{ patient, namespace: 'web' },
	),
});

const missing = 'failed to get cpu utilization: missing request for cpu in container sidecar of Pod api-1';
const unready = 'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)';
const unable = 'failed to get cpu utilization: unable to get metrics for resource cpu:';
const job = autoscaled('report-1', { owner: 'Job/report', withoutCpu: ['report'] });

export const consumersCases: readonly Case[] = [
	failing('hpa-missing-request', missing, [autoscaled('api-1', { withoutCpu: ['sidecar'] }), autoscaled('api-2')]),
	failing(
		'hpa-missing-request',
		'failed to get memory utilization: missing request for memory',
		[autoscaled('api-1', { withoutMemory: ['app'] })],
		'of memory, in the words of older controllers',
	),
	failing(
		'hpa-selector-overlap',
		'failed to get cpu utilization: missing request for cpu in container report of Pod report-1',
		[autoscaled('api-1'), job],
	),
	{
		proves: 'hpa-selector-overlap',
		title: 'that only spoils the average',
		evidence: evidenceOf(
			{
				...healthy,
				autoscaler: read(autoscaler('ValidMetricFound', '', 'True')),
				'autoscaled-pods': read([autoscaled('api-1'), autoscaled('other-1', { owner: 'ReplicaSet/other-7c9d' })]),
			},
			{ patient, namespace: 'web' },
		),
	},
	failing(
		'hpa-metrics-api-missing',
		`${unable} unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)`,
	),
	failing(
		'hpa-controller-rbac',
		`${unable} unable to fetch metrics from resource metrics API: pods.metrics.k8s.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "web"`,
	),
	failing('hpa-no-metrics-returned', `${unable} no metrics returned from resource metrics API`, [
		autoscaled('api-1', { ready: false }),
	]),
	failing('hpa-no-metrics-returned', unready, [autoscaled('api-1', { ready: false })], 'because none is ready'),
	failing(
		'hpa-custom-missing',
		'unable to get metric http_requests: unable to fetch metrics from custom metrics API: the server could not find the requested resource (get pods.custom.metrics.k8s.io)',
	),
	failing(
		'hpa-container-missing',
		'failed to get cpu container metric value: container app not present in metrics for pod web/api-1',
	),
	{
		proves: 'hpa-container-missing',
		title: 'in the words of a controller that passes over pods without it',
		evidence: evidenceOf(
			{
				...healthy,
				autoscaler: read({ ...autoscaler('FailedGetContainerResourceMetric', unready), aimedAt: ['sidecar'] }),
				'autoscaled-pods': read([autoscaled('api-1')]),
			},
			{ patient, namespace: 'web' },
		),
	},
	{
		proves: 'hpa-no-metrics-returned',
		title: 'of a container that is there',
		evidence: evidenceOf(
			{
				...healthy,
				autoscaler: read({ ...autoscaler('FailedGetContainerResourceMetric', unready), aimedAt: ['app'] }),
				'autoscaled-pods': read([autoscaled('api-1', { ready: false })]),
			},
			{ patient, namespace: 'web' },
		),
	},
];
