import { has, type JsonObject, objectField, objectsField, textField } from '../../../sources/json/fields.ts';
import type { AutoscaledPod, AutoscalerFacts } from '../../evidence/autoscaling.ts';
import { metadataOf, ownerOf } from './metadata.ts';

/** Plurals of what has a scale of its own, by the kind that an autoscaler names. */
const plurals: Readonly<Record<string, string>> = {
	Deployment: 'deployments',
	StatefulSet: 'statefulsets',
	ReplicaSet: 'replicasets',
	ReplicationController: 'replicationcontrollers',
};

export function readAutoscaler(object: JsonObject): AutoscalerFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	const reference = objectField(spec, 'scaleTargetRef');
	const kind = textField(reference, 'kind');
	const name = textField(reference, 'name');
	const namespace = textField(metadata, 'namespace');
	const version = textField(reference, 'apiVersion') || 'apps/v1';
	const plural = Object.hasOwn(plurals, kind) ? plurals[kind] : undefined;
	const known = /^(?:v1|apps\/v1)$/.test(version) && plural !== undefined && /^[a-z0-9][-a-z0-9.]*$/.test(name);
	return {
		namespace,
		name: textField(metadata, 'name'),
		target: `${kind}/${name}`,
		scalePath: known
			? `/${version === 'v1' ? 'api/v1' : `apis/${version}`}/namespaces/${namespace}/${plural}/${name}/scale`
			: '',
		metrics: [...objectsField(spec, 'metrics')].map(readMetric),
		aimedAt: [...objectsField(spec, 'metrics')]
			.map((metric) => textField(objectField(metric, 'containerResource'), 'container'))
			.filter((container) => container !== ''),
		conditions: [...objectsField(objectField(object, 'status'), 'conditions')].map((condition) => ({
			type: textField(condition, 'type'),
			status: textField(condition, 'status'),
			reason: textField(condition, 'reason'),
			message: textField(condition, 'message'),
		})),
	};
}

function readMetric(metric: JsonObject): string {
	const type = textField(metric, 'type');
	const source = objectField(metric, `${type.charAt(0).toLowerCase()}${type.slice(1)}`);
	return `${type} ${textField(source, 'name') || textField(objectField(source, 'metric'), 'name')}`;
}

export function readAutoscaledPod(object: JsonObject): AutoscaledPod {
	const spec = objectField(object, 'spec');
	const status = objectField(object, 'status');
	const ready = [...objectsField(status, 'conditions')].find((one) => textField(one, 'type') === 'Ready');
	const sidecars = [...objectsField(spec, 'initContainers')].filter(
		(container) => textField(container, 'restartPolicy') === 'Always',
	);
	const containers = [...objectsField(spec, 'containers'), ...sidecars];
	const without = (resource: string) =>
		containers
			// A limit stands for a request that is not given.
			.filter((container) => {
				const resources = objectField(container, 'resources');
				return !has(objectField(resources, 'requests'), resource) && !has(objectField(resources, 'limits'), resource);
			})
			.map((container) => textField(container, 'name'));
	return {
		name: textField(metadataOf(object), 'name'),
		owner: ownerOf(object),
		phase: textField(status, 'phase'),
		ready: ready !== undefined && textField(ready, 'status') === 'True',
		containers: containers.map((container) => textField(container, 'name')),
		withoutCpu: without('cpu'),
		withoutMemory: without('memory'),
	};
}
