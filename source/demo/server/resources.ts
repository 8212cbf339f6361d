import { autoscalerTable } from '../formats/autoscaler.ts';
import {
	cronJobTable,
	daemonSetTable,
	deploymentTable,
	jobTable,
	replicaSetTable,
	statefulSetTable,
} from '../formats/controller-tables.ts';
import type { ApiObject } from '../formats/json.ts';
import { podMetricsSum } from '../formats/metrics.ts';
import { podTable } from '../formats/pod-table.ts';
import type { TableFormat } from '../formats/table.ts';
import { part, text } from '../formats/table.ts';
import {
	apiServiceTable,
	endpointSliceTable,
	endpointsTable,
	eventTable,
	leaseTable,
	metricsTable,
	namespaceTable,
	nodeTable,
	plainTable,
	serviceTable,
} from '../formats/tables.ts';

/** One kind of object that the API serves. */
export interface ResourceType {
	group: string;
	version: string;
	/** Plural: `pods`. */
	name: string;
	singular: string;
	kind: string;
	namespaced: boolean;
	shortNames?: readonly string[];
	categories?: readonly string[];
	/** Besides metadata.name and metadata.namespace. */
	fields: readonly string[];
	table: TableFormat;
	/** It can be had as protobuf. */
	protobuf: boolean;
	/** It has a scale of its own, by which an autoscaler reads and changes how many there are. */
	scale?: boolean;
	/** Answered from samples, not from stored objects: no watch, no paging, no resourceVersion. */
	metrics?: boolean;
}

const read = ['get', 'list', 'watch'];

export function verbsOf(type: ResourceType): readonly string[] {
	return type.metrics ? ['get', 'list'] : read;
}

function resource(
	group: string,
	kind: string,
	name: string,
	namespaced: boolean,
	table: TableFormat,
	more: Partial<ResourceType> = {},
): ResourceType {
	return {
		group,
		version: 'v1',
		name,
		singular: kind.toLowerCase(),
		kind,
		namespaced,
		fields: [],
		table,
		protobuf: false,
		...more,
	};
}

const podFields = [
	'spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork',
	'status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName',
]; // biome-ignore format: a list of names
const eventFields = [
	'involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid', 'involvedObject.apiVersion',
	'involvedObject.resourceVersion', 'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type',
]; // biome-ignore format: a list of names

export const storedResources: readonly ResourceType[] = [
	resource('', 'Pod', 'pods', true, podTable, {
		shortNames: ['po'],
		categories: ['all'],
		fields: podFields,
		protobuf: true,
	}),
	resource('', 'Node', 'nodes', false, nodeTable, {
		shortNames: ['no'],
		fields: ['spec.unschedulable'],
		protobuf: true,
	}),
	resource('', 'Namespace', 'namespaces', false, namespaceTable, {
		shortNames: ['ns'],
		fields: ['status.phase', 'name'],
		protobuf: true,
	}),
	resource('', 'Event', 'events', true, eventTable, { shortNames: ['ev'], fields: eventFields }),
	resource('', 'Service', 'services', true, serviceTable, {
		shortNames: ['svc'],
		categories: ['all'],
		fields: ['spec.clusterIP', 'spec.type'],
	}),
	resource('', 'Endpoints', 'endpoints', true, endpointsTable, { shortNames: ['ep'] }),
	resource('apps', 'Deployment', 'deployments', true, deploymentTable, {
		shortNames: ['deploy'],
		categories: ['all'],
		scale: true,
	}),
	resource('apps', 'ReplicaSet', 'replicasets', true, replicaSetTable, {
		shortNames: ['rs'],
		categories: ['all'],
		fields: ['status.replicas'],
		scale: true,
	}),
	resource('apps', 'StatefulSet', 'statefulsets', true, statefulSetTable, {
		shortNames: ['sts'],
		categories: ['all'],
		scale: true,
	}),
	resource('apps', 'DaemonSet', 'daemonsets', true, daemonSetTable, { shortNames: ['ds'], categories: ['all'] }),
	resource('batch', 'Job', 'jobs', true, jobTable, { categories: ['all'], fields: ['status.successful'] }),
	resource('batch', 'CronJob', 'cronjobs', true, cronJobTable, { shortNames: ['cj'], categories: ['all'] }),
	resource('autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', true, autoscalerTable, {
		version: 'v2',
		shortNames: ['hpa'],
		categories: ['all'],
	}),
	resource('discovery.k8s.io', 'EndpointSlice', 'endpointslices', true, endpointSliceTable),
	resource('', 'ConfigMap', 'configmaps', true, plainTable, { shortNames: ['cm'] }),
	resource('rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles', false, plainTable),
	resource('rbac.authorization.k8s.io', 'ClusterRoleBinding', 'clusterrolebindings', false, plainTable),
	resource('rbac.authorization.k8s.io', 'Role', 'roles', true, plainTable),
	resource('rbac.authorization.k8s.io', 'RoleBinding', 'rolebindings', true, plainTable),
	resource('certificates.k8s.io', 'CertificateSigningRequest', 'certificatesigningrequests', false, plainTable, {
		shortNames: ['csr'],
		fields: ['spec.signerName'],
	}),
	resource('coordination.k8s.io', 'Lease', 'leases', true, leaseTable),
	resource('apiregistration.k8s.io', 'APIService', 'apiservices', false, apiServiceTable, {
		categories: ['api-extensions'],
	}),
];

const nodeMetricsTable = metricsTable((object) => {
	const usage = part(object['usage']);
	return [text(usage['cpu']), text(usage['memory'])];
});

/** The resources of metrics.k8s.io in one of its versions. */
export function metricsResources(version: string): ResourceType[] {
	const common = { version, protobuf: true, metrics: true, singular: '' } as const;
	return [
		resource('metrics.k8s.io', 'NodeMetrics', 'nodes', false, nodeMetricsTable, common),
		resource('metrics.k8s.io', 'PodMetrics', 'pods', true, metricsTable(podMetricsSum), common),
	];
}

/** The value of a field in an object: '' if it is not set. */
export function fieldOf(object: ApiObject, field: string): string {
	if (field === 'source') return text(part(object['source'])['component']);
	if (field === 'name') return object.metadata.name;
	let value: unknown = object;
	for (const step of field.split('.')) {
		if (typeof value !== 'object' || value === null) return '';
		value = (value as Record<string, unknown>)[step];
	}
	return value === undefined || value === null
		? field === 'spec.unschedulable' || field === 'spec.hostNetwork'
			? 'false'
			: ''
		: String(value);
}
