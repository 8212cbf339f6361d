/** The pod of metrics-server is not made: its ReplicaSet tries, and is refused. */
import { type ApiObject, apiTime } from '../formats/json.ts';
import { madeByHand } from '../formats/policy.ts';
import { part } from '../formats/table.ts';
import { makeUid, mixText } from '../model/random.ts';
import { adaptMetricsServer, editObjects, isMetricsServer } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';
import { ofKubernetes, ofRelease } from './versions.ts';
import { noReadyPod } from './workload-changes.ts';

/** Its ReplicaSet may not make the pod. */
function notCreated(name: FaultName, message: string): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptMetricsServer(behaviour, () => ({ replicas: 0 }));
			editObjects(behaviour, 'deployments', (object) =>
				isMetricsServer(object.metadata) ? withFailure(object, message) : object,
			);
			behaviour.extra.push((world) => [
				{
					resource: 'events',
					object: {
						metadata: {
							...madeByHand(world, 'events', 'metrics-server-6f9b7c5d88.18a7c1d2e3f4a5b6', {
								namespace: 'kube-system',
							}),
						},
						involvedObject: {
							kind: 'ReplicaSet',
							namespace: 'kube-system',
							name: 'metrics-server-6f9b7c5d88',
							uid: makeUid(mixText(world.seed, 'metrics-server-6f9b7c5d88')),
							apiVersion: 'apps/v1',
						},
						reason: 'FailedCreate',
						message: `Error creating: ${message}`,
						source: { component: 'replicaset-controller' },
						firstTimestamp: apiTime(world.origin - 1_500_000),
						lastTimestamp: apiTime(world.origin - 60_000),
						count: 17,
						type: 'Warning',
						eventTime: null,
						reportingComponent: 'replicaset-controller',
						reportingInstance: '',
					},
				},
			]);
		},
	};
}

function withFailure(object: ApiObject, message: string): ApiObject {
	return {
		...object,
		spec: { ...part(object['spec']), replicas: 1 },
		status: {
			observedGeneration: 1,
			unavailableReplicas: 1,
			conditions: [
				{
					type: 'Available',
					status: 'False',
					reason: 'MinimumReplicasUnavailable',
					message: 'Deployment does not have minimum availability.',
				},
				{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message },
			],
		},
	};
}

const pod = 'pods "metrics-server-6f9b7c5d88-" is forbidden';

export const creationFaults: readonly Fault[] = [
	notCreated(
		'ms-quota-priorityclass',
		'insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]',
	),
	notCreated(
		'ms-podsecurity',
		'pods "metrics-server-6f9b7c5d88-" is forbidden: violates PodSecurity "restricted:latest": seccompProfile (pod or container "metrics-server" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
	),
	notCreated(
		'ms-serviceaccount-missing',
		'pods "metrics-server-6f9b7c5d88-" is forbidden: error looking up service account kube-system/metrics-server: serviceaccount "metrics-server" not found',
	),
	notCreated(
		'ms-no-pods-created',
		`${pod}: failed quota: compute-resources: must specify limits.cpu for: metrics-server; limits.memory for: metrics-server`,
	),
	{
		name: 'ms-psp',
		change(behaviour) {
			// Policies of pods are gone since 1.25.
			ofKubernetes(behaviour, 'v1.24.17', 'containerd://1.6.36');
			ofRelease(behaviour, '0.6.4');
			notCreated('ms-psp', `${pod}: PodSecurityPolicy: unable to admit pod: []`).change(behaviour);
		},
	},
	notCreated(
		'ms-admission-webhook',
		'Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate/fail?timeout=10s": no endpoints available for service "kyverno-svc"',
	),
];
