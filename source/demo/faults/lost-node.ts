/** A machine that nobody hears from any more. */
import { type ApiObject, apiMicroTime, apiTime, type JsonObject } from '../formats/json.ts';
import { part, parts } from '../formats/table.ts';
import type { NodeModel } from '../model/node.ts';
import type { World } from '../model/world.ts';
import type { Behaviour } from '../server/behaviour.ts';
import { editObjects, isMetricsServer } from './changes.ts';

/** Since when, before the world was looked at first, ms. */
const ago = 130_000;

/** Its status as the node controller leaves it, its lease as it was, its pods no longer ready. */
export function loseNode(behaviour: Behaviour, nodeOf: (world: World) => NodeModel | undefined): void {
	editObjects(behaviour, 'nodes', (object, world) =>
		object.metadata.name === nodeOf(world)?.name ? { ...object, status: lost(part(object['status']), world) } : object,
	);
	editObjects(behaviour, 'leases', (object, world) =>
		object.metadata.name === nodeOf(world)?.name
			? { ...object, spec: { ...part(object['spec']), renewTime: apiMicroTime(world.origin - ago - 40_000) } }
			: object,
	);
	editObjects(behaviour, 'pods', (object, world) =>
		part(object['spec'])['nodeName'] === nodeOf(world)?.name
			? { ...object, status: unready(part(object['status']), world) }
			: object,
	);
}

function lost(status: JsonObject, world: World): JsonObject {
	return {
		...status,
		conditions: parts(status['conditions']).map((condition) => ({
			...condition,
			status: 'Unknown',
			reason: 'NodeStatusUnknown',
			message: 'Kubelet stopped posting node status.',
			lastTransitionTime: apiTime(world.origin - ago),
		})),
	};
}

/** What the controller says of the pods there: it leaves what the kubelet said last of their containers. */
function unready(status: JsonObject, world: World): JsonObject {
	return {
		...status,
		conditions: parts(status['conditions']).map((condition) =>
			condition['type'] === 'Ready'
				? { ...condition, status: 'False', lastTransitionTime: apiTime(world.origin - ago) }
				: condition,
		),
	};
}

/** Where metrics-server runs. */
export function nodeOfMetricsServer({ slots }: World): NodeModel | undefined {
	return slots.find(({ workload }) => isMetricsServer(workload))?.node;
}

/** The addresses behind its Service are there, and not ready. */
export function unreadyEndpoints(behaviour: Behaviour): void {
	const isIts = ({ metadata: { name, namespace } }: ApiObject): boolean =>
		namespace === 'kube-system' && /^metrics-server(?:-|$)/.test(name);
	editObjects(behaviour, 'endpoints', (object) =>
		isIts(object)
			? {
					...object,
					subsets: parts(object['subsets']).map(({ addresses, ...rest }) => ({
						notReadyAddresses: addresses,
						...rest,
					})),
				}
			: object,
	);
	editObjects(behaviour, 'endpointslices', (object) =>
		isIts(object)
			? {
					...object,
					endpoints: parts(object['endpoints']).map((endpoint) => ({
						...endpoint,
						conditions: { ready: false, serving: false, terminating: false },
					})),
				}
			: object,
	);
}
