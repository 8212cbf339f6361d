/** The pod of metrics-server: not made, not placed, not started, ended at once, never ready. */

import { type ApiObject, apiTime } from '../formats/json.ts';
import { madeByHand } from '../formats/policy.ts';
import { part } from '../formats/table.ts';
import { makeUid, mixText } from '../model/random.ts';
import { container, workload } from '../model/workload.ts';
import type { Behaviour } from '../server/behaviour.ts';
import {
	adaptContainer,
	adaptMetricsServer,
	editObjects,
	isMetricsServer,
	klog,
	notAvailable,
	removeObject,
	textAnswer,
} from './changes.ts';
import type { Fault, FaultName } from './fault.ts';

function noReadyPod(behaviour: Behaviour): void {
	notAvailable(
		behaviour,
		'MissingEndpoints',
		'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
		true,
	);
}

/** It ends at once, again and again, and this is the last that it writes. */
function crashes(
	name: FaultName,
	lines: readonly string[],
	args?: (args: readonly string[]) => readonly string[],
): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, (container) => ({
				fate: { kind: 'loops', after: 2, backOff: 300, reason: 'Error', exitCode: 1 },
				...(args ? { args: args(container.args ?? []) } : {}),
			}));
			for (const previous of [false, true]) behaviour.logs.push(() => ({ previous, lines }));
		},
	};
}

function withFlag(flag: string): (args: readonly string[]) => readonly string[] {
	const [name = ''] = flag.split('=');
	return (args) => [...args.filter((arg) => !arg.startsWith(`${name}=`)), flag];
}

function unschedulable(name: FaultName, reason: string): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptMetricsServer(behaviour, () => ({ unschedulable: reason }));
		},
	};
}

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

/** Its image cannot be had. */
function noImage(name: FaultName, image: string, message: string): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, () => ({ image, fate: { kind: 'no-image', message } }));
		},
	};
}

/** Seconds that nobody lives to see. */
const never = 1e10;
const account = 'system:serviceaccount:kube-system:metrics-server';

export const workloadFaults: readonly Fault[] = [
	{
		name: 'ms-replicas-zero',
		change(behaviour) {
			noReadyPod(behaviour);
			adaptMetricsServer(behaviour, () => ({ replicas: 0 }));
		},
	},
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
	unschedulable('ms-unschedulable-taints', 'node(s) had untolerated taint(s)'),
	unschedulable('ms-unschedulable-selector', "node(s) didn't match Pod's node affinity/selector"),
	unschedulable('ms-unschedulable-resources', 'Insufficient cpu'),
	noImage(
		'ms-image-pull',
		'registry.k8s.io/metrics-server/metrics-server:v0.9.9',
		'failed to pull and unpack image "registry.k8s.io/metrics-server/metrics-server:v0.9.9": failed to resolve reference "registry.k8s.io/metrics-server/metrics-server:v0.9.9": registry.k8s.io/metrics-server/metrics-server:v0.9.9: not found',
	),
	noImage(
		'ms-image-k8s-gcr-io',
		'k8s.gcr.io/metrics-server/metrics-server:v0.6.4',
		'failed to pull and unpack image "k8s.gcr.io/metrics-server/metrics-server:v0.6.4": failed to resolve reference "k8s.gcr.io/metrics-server/metrics-server:v0.6.4": k8s.gcr.io/metrics-server/metrics-server:v0.6.4: not found',
	),
	{
		name: 'ms-oomkilled',
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, () => ({
				limits: { memory: 48 },
				fate: { kind: 'loops', after: 40, backOff: 300, reason: 'OOMKilled', exitCode: 137 },
				readyAfter: 60,
			}));
		},
	},
	crashes(
		'ms-crash-bind-permission',
		[
			'panic: failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
		],
		withFlag('--secure-port=443'),
	),
	{
		...crashes('ms-port-conflict-hostnetwork', []),
		change(behaviour) {
			crashes('ms-port-conflict-hostnetwork', [
				'panic: failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
			]).change(behaviour);
			adaptMetricsServer(behaviour, () => ({ hostNetwork: true }));
		},
	},
	crashes(
		'ms-readonly-fs',
		['panic: error creating self-signed certificates: mkdir apiserver.local.config: read-only file system'],
		(args) => args.filter((arg) => !arg.startsWith('--cert-dir')),
	),
	crashes('ms-unknown-flag', ['Error: unknown flag: --source'], (args) => [...args, '--source=kubernetes.summary_api']),
	crashes(
		'ms-resolution-too-small',
		['panic: metric-resolution should be a time duration at least 10s, but value 5s provided'],
		withFlag('--metric-resolution=5s'),
	),
	crashes(
		'ms-resolution-vs-timeout',
		[
			'panic: metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value 10s kubelet-request-timeout value 10s provided',
		],
		withFlag('--metric-resolution=10s'),
	),
	crashes(
		'ms-flag-conflict',
		['panic: cannot use both --kubelet-certificate-authority and --kubelet-insecure-tls'],
		(args) => [...args, '--kubelet-insecure-tls', '--kubelet-certificate-authority=/ca/kubelet.crt'],
	),
	{
		...crashes('ms-cannot-read-auth-configmap', []),
		change(behaviour) {
			crashes('ms-cannot-read-auth-configmap', [
				"Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'",
				`panic: unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden: User "${account}" cannot get resource "configmaps" in API group "" in the namespace "kube-system"`,
			]).change(behaviour);
			removeObject(behaviour, 'rolebindings', 'metrics-server-auth-reader');
		},
	},
	{
		name: 'ms-informers-never-sync',
		change(behaviour) {
			neverSyncs(behaviour);
			removeObject(behaviour, 'clusterrolebindings', 'system:metrics-server');
		},
	},
	{
		name: 'ms-clusterrolebinding-wrong-ns',
		change(behaviour) {
			neverSyncs(behaviour);
			editObjects(behaviour, 'clusterrolebindings', (object) =>
				object.metadata.name === 'system:metrics-server'
					? { ...object, subjects: [{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'metrics' }] }
					: object,
			);
		},
	},
	{
		name: 'ms-not-ready-no-metrics',
		change(behaviour) {
			noReadyPod(behaviour);
			behaviour.metricsEmpty = true;
			adaptContainer(behaviour, () => ({ readyAfter: never }));
			behaviour.readiness = textAnswer(
				500,
				'[+]ping ok\n[+]log ok\n[+]poststarthook/max-in-flight-filter ok\n[-]metric-storage-ready failed: reason withheld\n[+]metric-informer-sync ok\n[+]metadata-informer-sync ok\n[+]shutdown ok\nreadyz check failed\n',
			);
			behaviour.logs.push((_world, now) => ({
				previous: false,
				lines: klog(
					now,
					'I',
					'server.go:191',
					['"Failed probe" probe="metric-storage-ready" err="no metrics to serve"'],
					20,
				),
			}));
		},
	},
	{
		name: 'ms-duplicate-deployments',
		change(behaviour) {
			behaviour.workloads.push(
				workload({
					namespace: 'metrics',
					name: 'metrics-server',
					kind: 'Deployment',
					service: 443,
					serviceAccount: 'metrics-server',
					labels: { 'app.kubernetes.io/name': 'metrics-server', 'app.kubernetes.io/instance': 'metrics-server' },
					containers: [
						container({
							name: 'metrics-server',
							image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.1',
							cpu: { mean: 7 },
							memory: { anonymous: 26, mapped: 20 },
							readyAfter: 20,
							port: 10_250,
							portName: 'https',
						}),
					],
				}),
			);
		},
	},
];

/** It waits for what it may not read, and opens its port only then. */
function neverSyncs(behaviour: Behaviour): void {
	noReadyPod(behaviour);
	adaptContainer(behaviour, () => ({ readyAfter: never }));
	behaviour.readiness = textAnswer(
		503,
		'error trying to reach service: dial tcp 10.244.3.7:10250: connect: connection refused',
	);
	behaviour.logs.push((_world, now) => ({
		previous: false,
		lines: klog(
			now,
			'E',
			'reflector.go:205',
			[
				`"Failed to watch" err="failed to list *v1.Node: nodes is forbidden: User \\"${account}\\" cannot list resource \\"nodes\\" in API group \\"\\" at the cluster scope" reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Node"`,
			],
			10,
		),
	}));
}
