import { makeUid, mixText } from '../model/random.ts';
import type { Workload } from '../model/workload.ts';
import type { World } from '../model/world.ts';
import { type ApiObject, apiMicroTime, apiTime, type JsonObject, type ObjectMeta } from './json.ts';
import { selectorLabels, workloadUid } from './workload-names.ts';

const hour = 3_600_000;

/** Objects that stand around pods and change rarely or never. */

export function namespaceObject(world: World, name: string, version: number): ApiObject {
	const old = name === 'default' || name.startsWith('kube-');
	return {
		metadata: {
			name,
			uid: makeUid(mixText(world.seed, `namespace/${name}`)),
			resourceVersion: String(version),
			creationTimestamp: apiTime(world.origin - (old ? 210 : 112) * 24 * hour),
			labels: { 'kubernetes.io/metadata.name': name },
		},
		spec: { finalizers: ['kubernetes'] },
		status: { phase: 'Active' },
	};
}

function serviceMetadata(world: World, workload: Workload, version: number, part: string): ObjectMeta {
	return {
		name: workload.name,
		namespace: workload.namespace,
		uid: workloadUid(workload, part),
		resourceVersion: String(version),
		creationTimestamp: apiTime(world.origin - workload.age * hour),
		labels: selectorLabels(workload),
	};
}

function portsOf(workload: Workload): JsonObject {
	const port = workload.containers.find((template) => template.port !== undefined);
	// Its manifests before 0.4 name no port.
	const own = workload.name === 'metrics-server' ? port?.portName : workload.name === 'coredns' ? 'dns-tcp' : 'main';
	return { ...(own === undefined ? {} : { name: own }), port: workload.service, protocol: 'TCP' };
}

/** Port that the pods listen on, behind the Service's own. */
function targetPort(workload: Workload): number {
	return workload.containers.find((template) => template.port !== undefined)?.port ?? workload.service ?? 0;
}

/** Where the pods call that port by a name, its Service does too. */
function targetName(workload: Workload): string | undefined {
	return workload.containers.find((template) => template.port !== undefined)?.portName;
}

/** The same in every demo cluster: the texts of the aggregator name it. */
export const metricsServiceAddress = '10.96.71.18';

export function serviceObject(world: World, workload: Workload, version: number): ApiObject {
	const number = mixText(world.seed, `${workload.namespace}/${workload.name}`) % 65_000;
	const headless = workload.kind === 'StatefulSet';
	const address =
		workload.name === 'metrics-server'
			? metricsServiceAddress
			: headless
				? 'None'
				: `10.96.${number >> 8}.${(number & 253) + 2}`;
	return {
		metadata: serviceMetadata(world, workload, version, 'service'),
		spec: {
			ports: [{ ...portsOf(workload), targetPort: targetName(workload) ?? targetPort(workload) }],
			selector: selectorLabels(workload),
			clusterIP: address,
			clusterIPs: [address],
			type: 'ClusterIP',
			sessionAffinity: 'None',
			ipFamilies: ['IPv4'],
			ipFamilyPolicy: 'SingleStack',
			internalTrafficPolicy: 'Cluster',
		},
		status: { loadBalancer: {} },
	};
}

/** A pod behind a Service. */
export interface Endpoint {
	ip: string;
	nodeName: string;
	pod: string;
	uid: string;
	ready: boolean;
}

const targetOf = (endpoint: Endpoint, namespace: string): JsonObject => ({
	kind: 'Pod',
	namespace,
	name: endpoint.pod,
	uid: endpoint.uid,
});

export function endpointsObject(
	world: World,
	workload: Workload,
	endpoints: readonly Endpoint[],
	version: number,
): ApiObject {
	const addresses = (ready: boolean): JsonObject[] =>
		endpoints
			.filter((endpoint) => endpoint.ready === ready)
			.map((endpoint) => ({
				ip: endpoint.ip,
				nodeName: endpoint.nodeName,
				targetRef: targetOf(endpoint, workload.namespace),
			}));
	const ready = addresses(true);
	const notReady = addresses(false);
	return {
		metadata: serviceMetadata(world, workload, version, 'endpoints'),
		...(endpoints.length > 0
			? {
					subsets: [
						{
							...(ready.length > 0 ? { addresses: ready } : {}),
							...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
							ports: [{ ...portsOf(workload), port: targetPort(workload) }],
						},
					],
				}
			: {}),
	};
}

export function endpointSliceObject(
	world: World,
	workload: Workload,
	endpoints: readonly Endpoint[],
	version: number,
): ApiObject {
	const metadata = serviceMetadata(world, workload, version, 'endpointslice');
	return {
		metadata: {
			...metadata,
			name: `${workload.name}-${workloadUid(workload, 'slice').slice(0, 5)}`,
			generateName: `${workload.name}-`,
			labels: {
				...metadata.labels,
				'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
				'kubernetes.io/service-name': workload.name,
			},
		},
		addressType: 'IPv4',
		endpoints: endpoints.map((endpoint) => ({
			addresses: [endpoint.ip],
			conditions: { ready: endpoint.ready, serving: endpoint.ready, terminating: false },
			targetRef: targetOf(endpoint, workload.namespace),
			nodeName: endpoint.nodeName,
		})),
		ports: [{ ...portsOf(workload), port: targetPort(workload) }],
	};
}

/** Says who answers for one version of an API group. */
export interface ApiServiceState {
	available: 'True' | 'False' | 'Unknown';
	reason: string;
	message: string;
	/** An authority of its own that the certificate is held against, in base64; without it nothing is verified. */
	caBundle?: string;
}

export function apiServiceObject(
	world: World,
	group: string,
	apiVersion: string,
	service: string,
	state: ApiServiceState,
	version: number,
): ApiObject {
	const name = `${apiVersion}.${group}`;
	const since = apiTime(world.origin - (service ? 31 : 210) * 24 * hour);
	return {
		metadata: {
			name,
			uid: makeUid(mixText(world.seed, `apiservice/${name}`)),
			resourceVersion: String(version),
			creationTimestamp: since,
			...(service
				? { labels: { 'k8s-app': service } }
				: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } }),
		},
		spec: {
			...(service ? { service: { namespace: 'kube-system', name: service, port: 443 } } : {}),
			...(group ? { group } : {}),
			version: apiVersion,
			...(service
				? {
						...(state.caBundle === undefined ? { insecureSkipTLSVerify: true } : { caBundle: state.caBundle }),
						groupPriorityMinimum: 100,
						versionPriority: 100,
					}
				: { groupPriorityMinimum: 17_000, versionPriority: 15 }),
		},
		status: {
			conditions: [
				{
					type: 'Available',
					status: state.available,
					lastTransitionTime: state.available === 'True' ? since : apiTime(world.origin - 6 * 60_000),
					reason: state.reason,
					message: state.message,
				},
			],
		},
	};
}

/** What a kubelet renews to say that it is alive. @param beat ms since 1970 */
export function leaseObject(world: World, node: string, createdAt: number, beat: number, version: number): ApiObject {
	return {
		metadata: {
			name: node,
			namespace: 'kube-node-lease',
			uid: makeUid(mixText(world.seed, `lease/${node}`)),
			resourceVersion: String(version),
			creationTimestamp: apiTime(createdAt),
		},
		spec: { holderIdentity: node, leaseDurationSeconds: 40, renewTime: apiMicroTime(beat) },
	};
}
