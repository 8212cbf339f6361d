import type { Workload } from '../model/workload.ts';
import type { JsonObject } from './json.ts';

/**
 * Who set which field: more than a quarter of every real object, and of no use to most readers. It is here because a
 * reader must be able to skip it.
 */

const set = (...names: string[]): JsonObject => Object.fromEntries(names.map((name) => [`f:${name}`, {}]));

const conditionFields = {
	'.': {},
	...set('lastProbeTime', 'lastTransitionTime', 'observedGeneration', 'status', 'type'),
};
const conditionTypes = ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'];

const podStatusFields: JsonObject = {
	'f:status': {
		'f:conditions': Object.fromEntries(conditionTypes.map((type) => [`k:{"type":"${type}"}`, conditionFields])),
		...set('containerStatuses', 'hostIP', 'hostIPs', 'observedGeneration', 'phase', 'podIP', 'podIPs', 'startTime'),
	},
};

const byWorkload = new WeakMap<Workload, JsonObject>();

function podFields(workload: Workload): JsonObject {
	let fields = byWorkload.get(workload);
	if (!fields) {
		const containers = Object.fromEntries(
			workload.containers.map((template) => [
				`k:{"name":"${template.name}"}`,
				{
					'.': {},
					...set('image', 'imagePullPolicy', 'name', 'resources', 'terminationMessagePath', 'terminationMessagePolicy'),
				},
			]),
		);
		fields = {
			'f:metadata': {
				...set('generateName'),
				'f:labels': { '.': {}, ...set('app.kubernetes.io/name') },
				'f:ownerReferences': { '.': {} },
			},
			'f:spec': {
				'f:containers': containers,
				...set(
					'dnsPolicy',
					'enableServiceLinks',
					'restartPolicy',
					'schedulerName',
					'securityContext',
					'terminationGracePeriodSeconds',
				),
			},
		};
		byWorkload.set(workload, fields);
	}
	return fields;
}

export function managedPodFields(workload: Workload, time: string): readonly JsonObject[] {
	const common = { operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1' };
	return [
		{ manager: 'kube-controller-manager', ...common, fieldsV1: podFields(workload) },
		{ manager: 'kubelet', ...common, fieldsV1: podStatusFields, subresource: 'status' },
	];
}
