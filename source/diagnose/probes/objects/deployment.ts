import { type JsonObject, numberField, objectField, objectsField, textField } from '../../../sources/json/fields.ts';
import type { DeploymentFacts } from '../../evidence/objects.ts';
import { metadataOf, textsOf } from './metadata.ts';

export function readDeployment(object: JsonObject): DeploymentFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	const status = objectField(object, 'status');
	const template = objectField(spec, 'template');
	const failure = [...objectsField(status, 'conditions')].find(
		(one) => textField(one, 'type') === 'ReplicaFailure' && textField(one, 'status') === 'True',
	);
	return {
		namespace: textField(metadata, 'namespace'),
		name: textField(metadata, 'name'),
		replicas: numberField(spec, 'replicas', 1),
		existing: numberField(status, 'replicas', 0),
		readyReplicas: numberField(status, 'readyReplicas', 0),
		labels: textsOf(metadata, 'labels'),
		podLabels: textsOf(objectField(template, 'metadata'), 'labels'),
		failure: failure === undefined ? '' : textField(failure, 'message'),
		images: [...objectsField(objectField(template, 'spec'), 'containers')].map((one) => textField(one, 'image')),
	};
}
