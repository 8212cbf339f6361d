import {
	has,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	textField,
} from '../../../sources/json/fields.ts';
import type { ServiceFacts } from '../../evidence/objects.ts';
import { metadataOf, textsOf } from './metadata.ts';

export function readService(object: JsonObject): ServiceFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	return {
		namespace: textField(metadata, 'namespace'),
		name: textField(metadata, 'name'),
		type: textField(spec, 'type') || 'ClusterIP',
		clusterIp: textField(spec, 'clusterIP'),
		selector: has(spec, 'selector') ? textsOf(spec, 'selector') : null,
		ports: [...objectsField(spec, 'ports')].map((port) => ({
			name: textField(port, 'name'),
			port: numberField(port, 'port', 0),
			targetPort: String(port['targetPort'] ?? port['port'] ?? ''),
		})),
	};
}
