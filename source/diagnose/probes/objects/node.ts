import {
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	quantityField,
	textField,
	timeField,
} from '../../../sources/json/fields.ts';
import type { NodeFacts } from '../../evidence/objects.ts';
import { metadataOf, textsOf } from './metadata.ts';

export function readNodeFacts(object: JsonObject): NodeFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	const status = objectField(object, 'status');
	const info = objectField(status, 'nodeInfo');
	const kubelet = objectField(objectField(status, 'daemonEndpoints'), 'kubeletEndpoint');
	const ready = [...objectsField(status, 'conditions')].find((one) => textField(one, 'type') === 'Ready');
	return {
		name: textField(metadata, 'name'),
		labels: textsOf(metadata, 'labels'),
		annotations: textsOf(metadata, 'annotations'),
		taints: [...objectsField(spec, 'taints')].map((taint) => textField(taint, 'key')),
		addresses: [...objectsField(status, 'addresses')].map((address) => ({
			type: textField(address, 'type'),
			address: textField(address, 'address'),
		})),
		kubeletPort: numberField(kubelet, 'Port', 0),
		ready: ready === undefined ? 'Unknown' : textField(ready, 'status'),
		readyReason: ready === undefined ? '' : textField(ready, 'reason'),
		readyMessage: ready === undefined ? '' : textField(ready, 'message'),
		createdAt: timeField(metadata, 'creationTimestamp'),
		allocatableCpu: cpuOf(objectField(status, 'allocatable')),
		capacityCpu: cpuOf(objectField(status, 'capacity')),
		kubeletVersion: textField(info, 'kubeletVersion'),
		runtime: textField(info, 'containerRuntimeVersion'),
		osImage: textField(info, 'osImage'),
		operatingSystem: textField(info, 'operatingSystem'),
		architecture: textField(info, 'architecture'),
		providerId: textField(spec, 'providerID'),
	};
}

/** NaN where it is not said, or not in a way that can be read: the rest of the node is worth knowing all the same. */
function cpuOf(list: JsonObject): number {
	try {
		return quantityField(list, 'cpu', 'cpu');
	} catch {
		return Number.NaN;
	}
}
