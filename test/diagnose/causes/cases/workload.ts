import type { Evidence } from '../../../../source/diagnose/evidence/evidence.ts';
import type { ContainerFacts, DeploymentFacts, PodFacts } from '../../../../source/diagnose/evidence/objects.ts';
import {
	apiService,
	condition,
	container,
	deployment,
	evidenceOf,
	healthy,
	log,
	node,
	now,
	read,
	refused,
	samples,
	seconds,
	service,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

type Answers = Parameters<typeof evidenceOf>[0];

const gone = 'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"';

/** The API server finds no ready address, and this is what stands behind it. */
const down = (answers: Answers): Evidence =>
	evidenceOf({ ...condition('MissingEndpoints', gone), endpoints: read([]), ...answers });

const event = (about: string, reason: string, message: string) => ({
	about,
	type: 'Warning',
	reason,
	message,
	count: 7,
	at: now - seconds(30),
});

/** A Deployment whose ReplicaSet cannot make a pod. */
function withoutPods(more: Partial<DeploymentFacts>, ...said: readonly string[]): Evidence {
	return down({
		'workload-pods': read([]),
		deployments: read([deployment({ existing: 0, readyReplicas: 0, ...more })]),
		events: read(said.map((message) => event('ReplicaSet/metrics-server-5d7f9c6b8', 'FailedCreate', message))),
	});
}

const refusal = (proves: string, message: string, title?: string): Case => ({
	proves,
	...(title === undefined ? {} : { title }),
	evidence: withoutPods({}, message),
});

const pending = (message: string, more: Partial<PodFacts> = {}): Evidence =>
	down({
		'workload-pods': read([
			workloadPod({
				phase: 'Pending',
				node: '',
				ip: '',
				ready: false,
				startedAt: Number.NaN,
				unscheduled: message,
				containers: [container({ state: '', ready: false, startedAt: Number.NaN })],
				...more,
			}),
		]),
	});

const unscheduled = (proves: string, message: string, more: Partial<PodFacts> = {}, title?: string): Case => ({
	proves,
	...(title === undefined ? {} : { title }),
	evidence: pending(message, more),
});

/** A pod whose container is like that. */
const withContainer = (more: Partial<ContainerFacts>, answers: Answers = {}, pod: Partial<PodFacts> = {}): Evidence =>
	down({
		'workload-pods': read([workloadPod({ ready: false, containers: [container({ ready: false, ...more })], ...pod })]),
		...answers,
	});

const pulling = (proves: string, image: string, message: string, title?: string): Case => ({
	proves,
	...(title === undefined ? {} : { title }),
	evidence: withContainer(
		{ image, state: 'waiting', reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` },
		{ events: read([event('Pod/metrics-server-1', 'Failed', `Failed to pull image "${image}": ${message}`)]) },
	),
});

const crashLoop: Partial<ContainerFacts> = {
	state: 'waiting',
	reason: 'CrashLoopBackOff',
	restarts: 6,
	startedAt: Number.NaN,
	lastReason: 'Error',
	lastExitCode: 1,
	lastFinishedAt: now - seconds(40),
};

const crash = (
	proves: string,
	line: string,
	more: Partial<ContainerFacts> = {},
	pod: Partial<PodFacts> = {},
): Case => ({
	proves,
	evidence: withContainer({ ...crashLoop, ...more }, { log: log(), 'previous-log': log('I1128 start', line) }, pod),
});

const mayNotList =
	'E1128 11:59:50.1 1 reflector.go:158] "Unhandled Error" err="failed to list *v1.Node: nodes is forbidden: User \\"system:serviceaccount:monitoring:metrics-server\\" cannot list resource \\"nodes\\" in API group \\"\\" at the cluster scope"';

const policyFor = (...subjects: readonly string[]) =>
	read({ ...(healthy.policy.value as NonNullable<typeof healthy.policy.value>), metricsServerSubjects: subjects });

const running: Partial<ContainerFacts> = { state: 'running', ready: false };
const probeFails = (kind: string) =>
	read([event('Pod/metrics-server-1', 'Unhealthy', `${kind} probe failed: HTTP probe failed with statuscode: 500`)]);

const creation: readonly Case[] = [
	{ proves: 'ms-replicas-zero', evidence: withoutPods({ replicas: 0 }) },
	{
		proves: 'ms-replicas-zero',
		title: 'beside another one that the Service does not select',
		evidence: down({
			'workload-pods': read([]),
			deployments: read([
				deployment({ name: 'other', podLabels: { app: 'other' }, existing: 1 }),
				deployment({ replicas: 0, existing: 0 }),
			]),
		}),
	},
	{ proves: 'ms-no-pods-created', evidence: withoutPods({}) },
	{
		proves: 'ms-no-pods-created',
		title: 'for a reason that the condition names, and no other cause',
		evidence: withoutPods({ failure: 'pods "metrics-server-1" is forbidden: exceeded quota: small' }),
	},
	refusal(
		'ms-quota-priorityclass',
		'Error creating: insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]',
	),
	refusal(
		'ms-podsecurity',
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
	),
	{
		proves: 'ms-podsecurity',
		title: 'by the condition, where events are gone after an hour',
		evidence: withoutPods({
			failure: 'pods "m" is forbidden: violates PodSecurity "baseline:latest": host namespaces',
		}),
	},
	refusal(
		'ms-psp',
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: PodSecurityPolicy: unable to validate against any pod security policy: []',
	),
	refusal(
		'ms-psp',
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: unable to validate against any security context constraint: []',
		'on OpenShift',
	),
	refusal(
		'ms-admission-webhook',
		'Error creating: Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": connection refused',
	),
	refusal(
		'ms-admission-webhook',
		'Error creating: admission webhook "policy.example.com" denied the request: no',
		'that says no',
	),
	refusal(
		'ms-serviceaccount-missing',
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: error looking up service account kube-system/metrics-server: serviceaccount "metrics-server" not found',
	),
];

const scheduling: readonly Case[] = [
	unscheduled(
		'ms-unschedulable-taints',
		'0/3 nodes are available: 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
	),
	unscheduled(
		'ms-unschedulable-taints',
		"0/1 nodes are available: 1 node(s) had taint {node.kubernetes.io/not-ready: }, that the pod didn't tolerate.",
		{},
		'in the words of older schedulers',
	),
	unscheduled(
		'ms-unschedulable-selector',
		"0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
		{
			nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
		},
	),
	unscheduled('ms-unschedulable-resources', '0/2 nodes are available: 2 Insufficient cpu, 1 Insufficient memory.'),
	unscheduled(
		'ms-unschedulable-resources',
		'0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient memory.',
		{},
		'beside a tainted control plane',
	),
	{
		...unscheduled(
			'ms-unschedulable-resources',
			'0/3 nodes are available: 1 Insufficient memory, 2 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.',
			{},
			'beside nodes that are lost',
		),
		also: { 'ms-unschedulable-taints': 'those nodes are missing because they are not well' },
	},
	unscheduled(
		'ms-hostport-conflict',
		"0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. preemption: not helpful.",
		{ hostNetwork: true },
	),
	unscheduled(
		'ms-hostport-conflict',
		'',
		{
			phase: 'Failed',
			reason: 'NodePorts',
			message:
				"Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
			hostNetwork: true,
		},
		'of a pod that its kubelet turned away',
	),
	{
		proves: 'ms-unschedulable-antiaffinity',
		evidence: evidenceOf({
			...healthy,
			'workload-pods': read([
				workloadPod(),
				workloadPod({
					name: 'metrics-server-2',
					phase: 'Pending',
					node: '',
					ready: false,
					unscheduled: "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.",
					containers: [container({ state: '', ready: false })],
				}),
			]),
		}),
	},
	{
		proves: 'ms-node-not-ready',
		evidence: down({
			nodes: read([
				node('n1', {
					ready: 'Unknown',
					readyReason: 'NodeStatusUnknown',
					readyMessage: 'Kubelet stopped posting node status.',
				}),
				node('n2'),
			]),
			'workload-pods': read([workloadPod({ ready: false })]),
		}),
	},
	{
		proves: 'ms-node-not-ready',
		title: 'and whose last events tell of a check that failed',
		evidence: withContainer(running, {
			nodes: read([node('n1', { ready: 'Unknown', readyReason: 'NodeStatusUnknown' })]),
			events: probeFails('Readiness'),
		}),
	},
];

const images: readonly Case[] = [
	pulling(
		'ms-image-pull',
		'registry.k8s.io/metrics-server/metrics-server:v0.99.0',
		'rpc error: code = NotFound desc = failed to resolve reference: not found',
	),
	pulling(
		'ms-image-k8s-gcr-io',
		'k8s.gcr.io/metrics-server/metrics-server:v0.6.3',
		'manifest for v0.6.3 not found: manifest unknown',
	),
	pulling(
		'ms-image-k8s-gcr-io',
		'k8s.gcr.io/metrics-server/metrics-server:v0.6.1',
		'dial tcp: lookup europe-west1-docker.pkg.dev: no such host',
		'where only the redirect fails',
	),
	pulling(
		'ms-image-gcr-google-containers',
		'gcr.io/google_containers/metrics-server-amd64:v0.2.1',
		'rpc error: code = Unknown desc = manifest unknown',
	),
	pulling(
		'ms-image-airgap',
		'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
		'dial tcp: lookup registry.k8s.io on 10.0.0.2:53: no such host',
	),
	pulling(
		'ms-image-arch',
		'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
		'no matching manifest for linux/s390x in the manifest list entries',
	),
	crash('ms-image-arch', 'exec /metrics-server: exec format error', {
		image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6',
	}),
];

const crashes: readonly Case[] = [
	crash(
		'ms-crash-bind-permission',
		'panic: failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
	),
	crash(
		'ms-port-conflict-hostnetwork',
		'panic: failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
		{},
		{ hostNetwork: true },
	),
	crash(
		'ms-readonly-fs',
		'error creating self-signed certificates: mkdir apiserver.local.config: read-only file system',
	),
	crash('ms-unknown-flag', 'Error: unknown flag: --source'),
	crash('ms-resolution-too-small', 'metric-resolution should be a time duration at least 10s, but value 5s provided'),
	crash(
		'ms-resolution-vs-timeout',
		'metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value 10s kubelet-request-timeout value 10s provided',
	),
	crash('ms-flag-conflict', 'cannot use both --kubelet-certificate-authority and --kubelet-insecure-tls'),
	crash(
		'ms-token-mount-missing',
		'panic: open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
		{},
		{ automountsToken: false },
	),
	{
		proves: 'ms-command-overrides-entrypoint',
		evidence: withContainer(
			{ ...crashLoop, reason: 'RunContainerError', command: ['--kubelet-insecure-tls'] },
			{
				events: read([
					event(
						'Pod/metrics-server-1',
						'Failed',
						'Error: failed to create containerd task: exec: "--kubelet-insecure-tls": executable file not found in $PATH: unknown',
					),
				]),
			},
		),
	},
	{
		proves: 'ms-oomkilled',
		evidence: withContainer({ ...crashLoop, lastReason: 'OOMKilled', lastExitCode: 137 }),
	},
	{
		proves: 'ms-oomkilled',
		title: 'whose dead liveness check only followed',
		evidence: withContainer(
			{ ...crashLoop, lastReason: 'OOMKilled', lastExitCode: 137 },
			{ events: probeFails('Liveness') },
		),
	},
	{
		proves: 'ms-liveness-killed',
		evidence: withContainer(
			{ ...crashLoop, lastExitCode: 137 },
			{
				events: probeFails('Liveness'),
				'previous-log': log(
					'I1128 11:59:50.1 1 probe.go:32] "Failed probe" probe="metric-collection-timely" err="metric collection didn\'t finish on time"',
				),
			},
		),
	},
];

const monitoring: Partial<PodFacts> = { namespace: 'monitoring' };

const others: readonly Case[] = [
	{
		proves: 'ms-not-ready-just-started',
		evidence: withContainer({ ...running, startedAt: now - seconds(15) }, { events: probeFails('Readiness') }),
	},
	{
		proves: 'ms-not-ready-no-metrics',
		evidence: withContainer(running, { readiness: read({ ready: false, failing: ['metric-storage-ready'] }) }),
	},
	{
		proves: 'ms-not-ready-no-metrics',
		title: 'by the kubelet’s own check, for who may not ask it itself',
		evidence: withContainer(running, { events: probeFails('Readiness') }),
	},
	{
		proves: 'ms-informers-never-sync',
		evidence: withContainer(
			{ ...running, restarts: 4 },
			{ log: log(mayNotList), readiness: refused(503, 'dial tcp: connect: connection refused'), policy: policyFor() },
		),
	},
	{
		proves: 'ms-clusterrolebinding-wrong-ns',
		evidence: withContainer(
			running,
			{ log: log(mayNotList), policy: policyFor('kube-system/metrics-server') },
			monitoring,
		),
	},
	{
		proves: 'ms-port-mismatch',
		evidence: withContainer({
			...running,
			restarts: 3,
			args: ['--secure-port=10250'],
			ports: [{ name: 'https', port: 4443 }],
		}),
	},
	crash('ms-crash-bind-permission', 'panic: listen tcp 0.0.0.0:443: bind: permission denied', {
		args: ['--secure-port=443'],
	}),
	{
		proves: 'ms-port-mismatch',
		title: 'with a number in the Service, refused at the pod',
		evidence: evidenceOf({
			...condition(
				'FailedDiscoveryCheck',
				'failing or missing response from https://10.244.1.7:4443/apis/metrics.k8s.io/v1beta1: Get "https://10.244.1.7:4443/apis/metrics.k8s.io/v1beta1": dial tcp 10.244.1.7:4443: connect: connection refused',
			),
			service: read(service({ ports: [{ name: 'https', port: 443, targetPort: '4443' }] })),
			readiness: refused(503, 'dial tcp 10.244.1.7:4443: connect: connection refused'),
			'workload-pods': read([workloadPod({ ready: false, containers: [container({ ready: false })] })]),
		}),
	},
	{
		proves: 'ms-clock-skew',
		title: 'of a node whose samples are of the future',
		evidence: evidenceOf({
			...healthy,
			'metrics-nodes': read({
				namespace: null,
				samples: new Map(
					[...samples(['n1', 'n2']).samples].map(([name, sample]) => [
						name,
						name === 'n2' ? { ...sample, timestamp: now + seconds(3_600) } : sample,
					]),
				),
			}),
		}),
	},
	{
		proves: 'ms-clock-skew',
		title: 'of its own node, whose time is before its certificates',
		evidence: withContainer(running, {
			log: log(
				'E1128 10:00:00.1 1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.0.0.6:10250/metrics/resource\\": x509: certificate has expired or is not yet valid: current time 2026-11-20T10:00:00Z is before 2026-11-27T10:00:00Z" node="n2"',
			),
		}),
	},
	{
		proves: 'ms-duplicate-deployments',
		evidence: evidenceOf({
			...healthy,
			deployments: read([deployment(), deployment({ name: 'my-metrics-server' })]),
		}),
	},
	...(
		[
			['addonmanager.kubernetes.io/mode', 'Reconcile'],
			['objectset.rio.cattle.io/hash', '1234'],
			['eks.amazonaws.com/component', 'metrics-server'],
		] as const
	).map(
		([label, value]): Case => ({
			proves: 'ms-addon-manager-reverts',
			title: label,
			evidence: evidenceOf({ ...healthy, deployments: read([deployment({ labels: { [label]: value } })]) }),
		}),
	),
];

export const workloadCases: readonly Case[] = [
	...creation,
	...scheduling,
	...images,
	...crashes,
	...others,
	{
		proves: 'ms-oomkilled',
		title: 'while the condition still says that all is well',
		evidence: evidenceOf({
			...condition('Passed', 'all checks passed', {}, 'True'),
			'metrics-version': refused(
				503,
				'error trying to reach service: dial tcp 10.244.1.7:10250: connect: connection refused',
			),
			apiservice: read(apiService()),
			'workload-pods': read([
				workloadPod({
					ready: false,
					containers: [container({ ...crashLoop, ready: false, lastReason: 'OOMKilled', lastExitCode: 137 })],
				}),
			]),
		}),
	},
];
