/** The pod of metrics-server: not wanted, not placed, not started, never ready. */
import { container, workload } from '../model/workload.ts';
import type { Behaviour } from '../server/behaviour.ts';
import { adaptContainer, adaptMetricsServer, editObjects, klog, removeObject, textAnswer } from './changes.ts';
import type { Fault } from './fault.ts';
import { loseNode, nodeOfMetricsServer, unreadyEndpoints } from './lost-node.ts';
import { ofRelease } from './versions.ts';
import {
	failingProbe,
	hasNoMetrics,
	noImage,
	noReadyPod,
	notFoundImage,
	refusedAt,
	unschedulable,
} from './workload-changes.ts';

const imageOf = (tag: string): string => `registry.k8s.io/metrics-server/metrics-server:${tag}`;
const frozen = 'k8s.gcr.io/metrics-server/metrics-server:v0.6.4';
const oldest = 'gcr.io/google_containers/metrics-server-amd64:v0.2.1';
const account = 'system:serviceaccount:kube-system:metrics-server';

export const workloadFaults: readonly Fault[] = [
	{
		name: 'ms-replicas-zero',
		change(behaviour) {
			noReadyPod(behaviour);
			adaptMetricsServer(behaviour, () => ({ replicas: 0 }));
		},
	},
	unschedulable('ms-unschedulable-taints', 'node(s) had untolerated taint(s)'),
	unschedulable('ms-unschedulable-selector', "node(s) didn't match Pod's node affinity/selector"),
	unschedulable('ms-unschedulable-resources', 'Insufficient cpu'),
	noImage('ms-image-pull', imageOf('v0.9.9'), notFoundImage(imageOf('v0.9.9'))),
	noImage('ms-image-k8s-gcr-io', frozen, notFoundImage(frozen)),
	{
		name: 'ms-image-gcr-google-containers',
		change(behaviour) {
			ofRelease(behaviour, '0.2.1');
			noImage('ms-image-gcr-google-containers', oldest, notFoundImage(oldest)).change(behaviour);
		},
	},
	{
		name: 'ms-node-not-ready',
		change(behaviour) {
			noReadyPod(behaviour);
			loseNode(behaviour, nodeOfMetricsServer);
			unreadyEndpoints(behaviour);
		},
	},
	{
		// Of the manifest with two replicas, where one node alone has the label that it wants.
		name: 'ms-unschedulable-antiaffinity',
		change(behaviour) {
			adaptMetricsServer(behaviour, () => ({
				replicas: 2,
				kept: true,
				placed: 1,
				unschedulable:
					"node(s) didn't match Pod's node affinity/selector, 1 node(s) didn't match pod anti-affinity rules",
			}));
		},
	},
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
			hasNoMetrics(behaviour);
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

/** It waits for what it may not read, and opens its port only then: its kubelet ends it for that, again and again. */
function neverSyncs(behaviour: Behaviour): void {
	noReadyPod(behaviour);
	adaptContainer(behaviour, ({ probes }) => ({
		probes: failingProbe(failingProbe(probes, 'readiness', refusedAt('/readyz')), 'liveness', refusedAt('/livez')),
		fate: { kind: 'loops', after: 31, backOff: 300, reason: 'Completed', exitCode: 0 },
		readyAfter: 60,
	}));
	behaviour.readiness = textAnswer(
		503,
		'error trying to reach service: dial tcp 10.244.3.7:10250: connect: connection refused',
	);
	const line = `"Failed to watch" err="failed to list *v1.Node: nodes is forbidden: User \\"${account}\\" cannot list resource \\"nodes\\" in API group \\"\\" at the cluster scope" logger="UnhandledError" reflector="k8s.io/client-go@v0.36.3/tools/cache/reflector.go:343" type="*v1.Node"`;
	for (const previous of [false, true]) {
		behaviour.logs.push((_world, now) => ({ previous, lines: klog(now, 'E', 'reflector.go:227', [line], 5) }));
	}
}
