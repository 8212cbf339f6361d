import { type JsonObject, numberField, objectField, objectsField, textField } from '../../../sources/json/fields.ts';
import type { EndpointFacts } from '../../evidence/objects.ts';
import { textList } from './metadata.ts';

/** The addresses of one EndpointSlice `discovery.k8s.io/v1`. A condition that is not told counts as ready, as the API says. */
export function readEndpointSlice(slice: JsonObject): readonly EndpointFacts[] {
	const ports = [...objectsField(slice, 'ports')].map((port) => ({
		name: textField(port, 'name'),
		port: numberField(port, 'port', 0),
	}));
	return [...objectsField(slice, 'endpoints')].map((endpoint) => {
		const target = objectField(endpoint, 'targetRef');
		return {
			addresses: textList(endpoint, 'addresses'),
			ready: objectField(endpoint, 'conditions')['ready'] !== false,
			pod: textField(target, 'kind') === 'Pod' ? textField(target, 'name') : '',
			ports,
		};
	});
}
