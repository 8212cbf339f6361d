/** How many there are of what makes pods, apart from its kind: what an autoscaler reads. */
import type { ApiObject, JsonObject } from './json.ts';
import { count, formatLabels, part } from './table.ts';

/** The `scale` of a Deployment, ReplicaSet or StatefulSet. */
export function scaleObject(object: ApiObject): JsonObject {
	const { creationTimestamp, name, namespace, resourceVersion, uid } = object.metadata;
	const spec = part(object['spec']);
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
		spec: { replicas: count(spec['replicas']) },
		status: {
			replicas: count(part(object['status'])['replicas']),
			selector: formatLabels(part(part(spec['selector'])['matchLabels'])),
		},
	};
}
