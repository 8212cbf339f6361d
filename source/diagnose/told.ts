/**
 * Known reasons that no question to a cluster can prove: what happened before anything was in it, what only a machine's
 * own files or another program's log tell, and what is no fault at all. A text that somebody saw leads to them.
 *
 * To add one: its line here, its text in `messages/en/doctor/told.ts` with the reason why it cannot be judged.
 */
import type { FamilyId } from './cause.ts';
import { unknownRow } from './causes/scraped-kubelets.ts';
import { type Symptom, symptom, symptomsOfMissing } from './symptom.ts';

export interface ToldCause {
	/** As in the catalogue; the same for good. */
	id: string;
	family: FamilyId;
	symptoms: readonly Symptom[];
}

const podOf = (name: string): string => `the log of ${name}`;

export const toldCauses: readonly ToldCause[] = [
	{
		id: 'apiservice-helm-ownership',
		family: 'registration',
		symptoms: [
			symptom(
				'helm install and helm upgrade',
				/exists and cannot be imported into the current release: invalid ownership metadata/,
				'Error: INSTALLATION FAILED: Unable to continue with install: APIService "v1beta1.metrics.k8s.io" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"',
			),
		],
	},
	{
		id: 'apiservice-invalid-spec',
		family: 'registration',
		symptoms: [
			symptom(
				'kubectl apply',
				/spec\.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present/,
				'The APIService "v1beta1.metrics.k8s.io" is invalid: spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present',
			),
		],
	},
	{
		id: 'apiregistration-v1beta1-removed',
		family: 'registration',
		symptoms: [
			symptom(
				'kubectl apply of an old manifest, server 1.22 and newer',
				/no matches for kind "?(?:APIService|ClusterRole|ClusterRoleBinding|RoleBinding|PodSecurityPolicy)"? in version "?(?:apiregistration\.k8s\.io|rbac\.authorization\.k8s\.io|policy)\/v1beta1/,
				'error: unable to recognize "components.yaml": no matches for kind "APIService" in version "apiregistration.k8s.io/v1beta1"',
			),
		],
	},
	{
		id: 'runtime-docker-root-dir',
		family: 'kubelet-data',
		symptoms: [
			symptom(
				'the log of the kubelet on a node whose Docker keeps its data elsewhere',
				/failed to (?:get|identify) .*(?:rootfs|read-write layer).*\/var\/lib\/docker|Unable to (?:fetch|get) container log stats.*\/var\/lib\/docker/,
				'failed to identify the read-write layer ID for container "5f2a…" - open /var/lib/docker/image/overlay2/layerdb/mounts/5f2a…/mount-id: no such file or directory',
			),
		],
	},
	{
		id: 'runtime-endpoint-wrong',
		family: 'kubelet-data',
		symptoms: [
			symptom(
				'the log of the kubelet',
				/Registration of the (?:containerd|crio|docker) container factory failed/,
				'Registration of the containerd container factory failed: unable to create containerd client: containerd: cannot unix dial containerd api service: dial unix /run/containerd/containerd.sock: connect: no such file or directory',
			),
		],
	},
	{
		id: 'cgroup-driver-mismatch',
		family: 'kubelet-data',
		symptoms: [
			symptom(
				'the log of the kubelet',
				/cgroup driver: .* is different from (?:docker|the runtime'?s?|runtime) cgroup driver|expected cgroupsPath to be of format "slice:prefix:name"/,
				'failed to run Kubelet: misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
			),
		],
	},
	{
		id: 'selector-unsupported-field',
		family: 'partial',
		symptoms: [
			symptom(
				'kubectl top pod --field-selector, 1.22 and newer',
				/is not a known field selector: only "metadata\.name", "metadata\.namespace"/,
				'Error from server (BadRequest): "status.phase" is not a known field selector: only "metadata.name", "metadata.namespace"',
			),
		],
	},
	{
		id: 'podmetrics-notfound',
		family: 'partial',
		symptoms: [
			...(symptomsOfMissing['pods-missing'] ?? []),
			symptom(
				'kubectl top pod NAME, of a pod that metrics-server does not know at all',
				/\(NotFound\): pods ".*" not found/,
				'Error from server (NotFound): pods "p1" not found',
			),
		],
	},
	{
		id: 'node-row-unknown',
		family: 'partial',
		symptoms: [unknownRow],
	},
	{
		id: 'ha-replica-skew',
		family: 'partial',
		symptoms: [
			symptom(
				'somebody who calls kubectl top again and again',
				/(?:kubectl )?top (?:jumps|alternates|flips) between/i,
				'kubectl top alternates between two values, with two replicas of metrics-server',
			),
		],
	},
	{
		id: 'memory-differs-from-free',
		family: 'partial',
		symptoms: [
			symptom(
				'somebody who compares',
				/(?:top|metrics-server).*(?:differ|not the same|more than|less than).*\b(?:free|ps|docker stats|prometheus|grafana)\b/i,
				'the memory of kubectl top differs from free -m',
			),
		],
	},
	{
		id: 'static-mirror-pods',
		family: 'partial',
		symptoms: [
			symptom(
				'somebody who looks for a static pod',
				/(?:static|mirror) pods?.*(?:top|metrics|usage)/i,
				'do static pods have metrics? their uid in the Summary API is another one',
			),
		],
	},
	{
		id: 'hostnetwork-pods',
		family: 'partial',
		symptoms: [
			symptom(
				'somebody who looks for a pod in the node’s network',
				/hostNetwork.*(?:top|metrics|usage)/i,
				'do pods with hostNetwork have metrics?',
			),
		],
	},
	{
		id: 'vpa-no-recommendation',
		family: 'consumers',
		symptoms: [
			symptom(
				podOf('the VPA recommender'),
				/(?:Cannot get ContainerMetricsSnapshot|Failed to get ContainersMetrics|RecommendationProvided.*False|NoPodsMatched)/i,
				'Cannot get ContainerMetricsSnapshot from MetricsClient. Reason: the server could not find the requested resource (get pods.metrics.k8s.io)',
			),
		],
	},
	{
		id: 'dashboard-scraper',
		family: 'consumers',
		symptoms: [
			symptom(
				podOf('dashboard-metrics-scraper, or the dashboard'),
				/Error scraping (?:node|pod) metrics|received 0 resources from sidecar|Metric label not set/,
				'Error scraping node metrics: the server could not find the requested resource (get nodes.metrics.k8s.io)',
			),
		],
	},
	{
		id: 'k9s-na',
		family: 'consumers',
		symptoms: [
			symptom(
				'k9s',
				/no metrics-server detected on cluster|user is not authorized to list (?:node|pods?) metrics/,
				'no metrics-server detected on cluster',
			),
		],
	},
	{
		id: 'lens-prometheus',
		family: 'consumers',
		symptoms: [
			symptom(
				'Lens',
				/Metrics are not available due to missing or invalid Prometheus configuration/,
				'Metrics are not available due to missing or invalid Prometheus configuration.',
			),
		],
	},
	{
		id: 'scheduler-descheduler',
		family: 'consumers',
		symptoms: [
			symptom(
				podOf('a descheduler or another controller that reads usage'),
				/(?:descheduler|LowNodeUtilization|HighNodeUtilization|load-?aware).*metrics/i,
				'descheduler: unable to fetch metrics for LowNodeUtilization: the server is currently unable to handle the request (get nodes.metrics.k8s.io)',
			),
		],
	},
];

export function findToldCause(id: string): ToldCause | undefined {
	return toldCauses.find((cause) => cause.id === id);
}
