import {
	flagField,
	has,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	textField,
	timeField,
} from '../../../sources/json/fields.ts';
import type { ApiServiceFacts } from '../../evidence/objects.ts';
import { metadataOf, textsOf } from './metadata.ts';

/** APIService `apiregistration.k8s.io/v1`. */
export function readApiService(object: JsonObject): ApiServiceFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	const service = objectField(spec, 'service');
	const condition = [...objectsField(objectField(object, 'status'), 'conditions')].find(
		(one) => textField(one, 'type') === 'Available',
	);
	return {
		name: textField(metadata, 'name'),
		group: textField(spec, 'group'),
		version: textField(spec, 'version'),
		service: has(spec, 'service')
			? {
					namespace: textField(service, 'namespace'),
					name: textField(service, 'name'),
					port: numberField(service, 'port', 443),
				}
			: null,
		hasAuthority: textField(spec, 'caBundle') !== '',
		skipsVerification: flagField(spec, 'insecureSkipTLSVerify'),
		status: condition === undefined ? '' : textField(condition, 'status'),
		reason: condition === undefined ? '' : textField(condition, 'reason'),
		message: condition === undefined ? '' : textField(condition, 'message'),
		since: condition === undefined ? Number.NaN : timeField(condition, 'lastTransitionTime'),
		labels: textsOf(metadata, 'labels'),
		annotations: textsOf(metadata, 'annotations'),
	};
}
