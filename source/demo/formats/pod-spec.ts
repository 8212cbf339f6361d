import type { PodLife } from '../model/life.ts';
import type { ContainerTemplate, ProbeTemplate, Workload } from '../model/workload.ts';
import { withLimits } from './allotments.ts';
import type { JsonObject } from './json.ts';
import { resourceList, resourceRequirements } from './quantity.ts';

const accessVolume = 'kube-api-access-x7k2p';
const accessMount = { name: accessVolume, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };

function portOf({ port, portName }: ContainerTemplate): JsonObject {
	return { ...(portName === undefined ? {} : { name: portName }), containerPort: port, protocol: 'TCP' };
}

function probeSpec({ delay, path, port, scheme }: ProbeTemplate): JsonObject {
	return {
		httpGet: { path, port, scheme },
		...(delay > 0 ? { initialDelaySeconds: delay } : {}),
		timeoutSeconds: 1,
		periodSeconds: 10,
		successThreshold: 1,
		failureThreshold: 3,
	};
}

function containerSpec(template: ContainerTemplate, withoutToken: boolean): JsonObject {
	const probe = (kind: ProbeTemplate['kind']): JsonObject => {
		const its = template.probes?.find((one) => one.kind === kind);
		return its ? { [`${kind}Probe`]: probeSpec(its) } : {};
	};
	const environment = Object.entries(template.environment ?? {}).map(([name, value]) => ({ name, value }));
	return {
		name: template.name,
		image: template.image,
		...(template.command ? { command: template.command } : {}),
		...(template.args ? { args: template.args } : {}),
		...(template.port === undefined ? {} : { ports: [portOf(template)] }),
		...(environment.length > 0 ? { env: environment } : {}),
		resources: resourceRequirements(template.limits, withLimits(template)),
		...(template.kind === 'sidecar' ? { restartPolicy: 'Always' } : {}),
		...(withoutToken ? {} : { volumeMounts: [accessMount] }),
		...probe('liveness'),
		...probe('readiness'),
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: 'IfNotPresent',
	};
}

const accessVolumes = [
	{
		name: accessVolume,
		projected: {
			sources: [
				{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
				{ configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
				{
					downwardAPI: {
						items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
					},
				},
			],
			defaultMode: 420,
		},
	},
];

const specs = new WeakMap<Workload, JsonObject>();

/** The part of a spec that all pods of a workload have in common. */
function commonSpec(workload: Workload): JsonObject {
	let spec = specs.get(workload);
	if (!spec) {
		spec = makeCommonSpec(workload);
		specs.set(workload, spec);
	}
	return spec;
}

function makeCommonSpec(workload: Workload): JsonObject {
	const initContainers = workload.containers.filter((template) => template.kind !== 'app');
	const without = workload.withoutToken === true;
	const specOf = (template: ContainerTemplate): JsonObject => containerSpec(template, without);
	return {
		...(without ? { automountServiceAccountToken: false } : { volumes: accessVolumes }),
		...(initContainers.length > 0 ? { initContainers: initContainers.map(specOf) } : {}),
		containers: workload.containers.filter((template) => template.kind === 'app').map(specOf),
		restartPolicy: workload.restartPolicy ?? 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		serviceAccountName: workload.serviceAccount ?? 'default',
		serviceAccount: workload.serviceAccount ?? 'default',
	};
}

/** What a pod is to be. */
export function podSpec(pod: PodLife): JsonObject {
	const { workload, node } = pod.slot;
	const { runtimeClass, podRequests, podLimits, priorityClass } = workload;
	const perNode = workload.kind === 'DaemonSet' || workload.kind === 'Node';
	return {
		...commonSpec(workload),
		...(node ? { nodeName: node.name } : {}),
		...(workload.hostNetwork ? { hostNetwork: true } : {}),
		securityContext: {},
		schedulerName: 'default-scheduler',
		tolerations: perNode ? [{ operator: 'Exists' }] : defaultTolerations,
		...(priorityClass ? { priorityClassName: priorityClass.name } : {}),
		priority: priorityClass?.value ?? 0,
		...(runtimeClass ? { runtimeClassName: runtimeClass.name } : {}),
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
		...(runtimeClass ? { overhead: resourceList(runtimeClass.overhead) } : {}),
		...(podRequests || podLimits ? { resources: resourceRequirements(podLimits, podRequests) } : {}),
	};
}

const defaultTolerations = ['not-ready', 'unreachable'].map((taint) => ({
	key: `node.kubernetes.io/${taint}`,
	operator: 'Exists',
	effect: 'NoExecute',
	tolerationSeconds: 300,
}));
