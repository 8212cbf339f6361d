/** One node, pod or namespace that has no number for a reason of its own; everything else is well. */
import { namespaceObject } from '../formats/cluster.ts';
import { container, type Workload, workload } from '../model/workload.ts';
import type { Fault, FaultName } from './fault.ts';

/** The namespace that every user of the demo cluster may see. */
const namespace = 'payments';
const registry = 'registry.example.com/payments';

/** A workload that is there besides, made with the pods that show the fault. */
function having(name: FaultName, ...workloads: readonly Workload[]): Fault {
	return {
		name,
		change(behaviour) {
			behaviour.workloads.push(...workloads);
		},
	};
}

const small = { requests: { cpu: 50, memory: 64 }, cpu: { mean: 40 }, memory: { anonymous: 40 } } as const;

export const subjectFaults: readonly Fault[] = [
	{
		name: 'node-too-young',
		change(behaviour) {
			behaviour.adaptNode.push((node) =>
				// It became ready two seconds ago: metrics-server scrapes it twice before it has a number.
				node.name === 'worker-03' ? { ...node, age: 16 / 3600 } : node,
			);
		},
	},
	having(
		'container-restarting',
		workload({
			namespace,
			name: 'reconciler',
			kind: 'StatefulSet',
			age: 3,
			containers: [
				container({
					...small,
					name: 'reconciler',
					image: `${registry}/reconciler:1.2.0`,
					fate: { kind: 'loops', after: 6, backOff: 300, reason: 'Error', exitCode: 2 },
				}),
			],
		}),
	),
	having(
		'idle-container-zero-cpu',
		workload({
			namespace,
			name: 'placeholder',
			kind: 'StatefulSet',
			age: 24 * 9,
			containers: [
				container({
					...small,
					name: 'pause',
					image: 'registry.k8s.io/pause:3.10.1',
					bare: true,
					cpu: { mean: 0, uncounted: true },
					memory: { anonymous: 1 },
				}),
			],
		}),
	),
	having(
		'only-completed-pods',
		workload({
			namespace: 'archive',
			name: 'export-2026-10',
			kind: 'Job',
			age: 24 * 3,
			restartPolicy: 'Never',
			containers: [
				container({
					...small,
					name: 'export',
					image: 'registry.example.com/archive/export:7',
					fate: { kind: 'ends', after: 95, exitCode: 0 },
				}),
			],
		}),
	),
	having(
		'pod-pending-or-init',
		workload({
			namespace,
			name: 'statements',
			kind: 'StatefulSet',
			age: 2,
			containers: [
				container({
					...small,
					name: 'wait-for-ledger',
					kind: 'init',
					image: 'docker.io/library/busybox:1.37.0',
					fate: { kind: 'ends', after: 30 * 24 * 3600, exitCode: 0 },
				}),
				container({ ...small, name: 'statements', image: `${registry}/statements:2.0.1` }),
			],
		}),
	),
	{
		name: 'no-pods-match',
		change(behaviour) {
			behaviour.extra.push((world) => [{ resource: 'namespaces', object: namespaceObject(world, 'staging', 0) }]);
		},
	},
	{
		name: 'node-extra-row',
		change(behaviour) {
			behaviour.edits.push((resource, object) =>
				resource === 'nodes' && object.metadata.name === 'worker-03' ? null : object,
			);
			behaviour.remembered = (node) => node.name === 'worker-03';
		},
	},
];
