import { kubeletPodUid } from '../model/cgroups.ts';
import { type PodLife, podUid } from '../model/life.ts';
import type { NodeModel } from '../model/node.ts';
import { hexadecimal, mixText } from '../model/random.ts';
import type { Workload } from '../model/workload.ts';
import { type ApiObject, apiTime, type ObjectMeta, type OwnerReference } from './json.ts';
import { managedPodFields } from './managed-fields.ts';
import { podSpec } from './pod-spec.ts';
import { podStatus } from './pod-status.ts';
import { selectorLabels, workloadUid } from './workload-names.ts';

/** The object that controls a pod: the ReplicaSet of a Deployment, the Job of a CronJob. */
function ownerOf(workload: Workload, revision: string, node: NodeModel | undefined): OwnerReference | undefined {
	const common = { controller: true, blockOwnerDeletion: true } as const;
	switch (workload.kind) {
		case 'Deployment':
			return {
				apiVersion: 'apps/v1',
				kind: 'ReplicaSet',
				name: `${workload.name}-${revision}`,
				uid: workloadUid(workload, revision),
				...common,
			};
		case 'CronJob':
			return {
				apiVersion: 'batch/v1',
				kind: 'Job',
				name: `${workload.name}-${revision}`,
				uid: workloadUid(workload, revision),
				...common,
			};
		case 'Job':
			return { apiVersion: 'batch/v1', kind: 'Job', name: workload.name, uid: workloadUid(workload), ...common };
		case 'Node':
			return { apiVersion: 'v1', kind: 'Node', name: node?.name ?? '', uid: node?.uid ?? '', ...common };
		case 'Pod':
			return undefined;
		default:
			return { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name, uid: workloadUid(workload), ...common };
	}
}

export function podLabels(pod: PodLife): Readonly<Record<string, string>> {
	const { workload, ordinal } = pod.slot;
	const labels: Record<string, string> = { ...selectorLabels(workload) };
	switch (workload.kind) {
		case 'Deployment':
			labels['pod-template-hash'] = pod.revision;
			break;
		case 'StatefulSet':
			labels['apps.kubernetes.io/pod-index'] = String(ordinal);
			labels['controller-revision-hash'] = `${workload.name}-${hexadecimal(mixText(5, workload.name), 8)}`;
			labels['statefulset.kubernetes.io/pod-name'] = pod.name;
			break;
		case 'DaemonSet':
			labels['controller-revision-hash'] = hexadecimal(mixText(5, workload.name), 8);
			labels['pod-template-generation'] = '1';
			break;
		case 'Job':
		case 'CronJob': {
			const job = workload.kind === 'Job' ? workload.name : `${workload.name}-${pod.revision}`;
			const uid = workloadUid(workload, workload.kind === 'Job' ? '' : pod.revision);
			labels['batch.kubernetes.io/controller-uid'] = uid;
			labels['batch.kubernetes.io/job-name'] = job;
			labels['controller-uid'] = uid;
			labels['job-name'] = job;
			break;
		}
		case 'Node':
			return { component: workload.name, tier: 'control-plane' };
		default:
	}
	return labels;
}

function podMetadata(pod: PodLife, resourceVersion: number): ObjectMeta {
	const { workload, node } = pod.slot;
	const owner = ownerOf(workload, pod.revision, node);
	const generated =
		workload.kind !== 'Pod' && workload.kind !== 'Node' ? pod.name.slice(0, pod.name.lastIndexOf('-') + 1) : undefined;
	const deleted = !Number.isNaN(pod.deletedAt);
	return {
		name: pod.name,
		...(generated === undefined ? {} : { generateName: generated }),
		namespace: workload.namespace,
		uid: podUid(pod),
		resourceVersion: String(resourceVersion),
		generation: deleted ? 2 : 1,
		creationTimestamp: apiTime(pod.createdAt),
		...(deleted ? { deletionTimestamp: apiTime(pod.deletedAt + 30_000), deletionGracePeriodSeconds: 30 } : {}),
		labels: podLabels(pod),
		...annotationsOf(workload, pod),
		...(owner ? { ownerReferences: [owner] } : {}),
		managedFields: managedPodFields(workload, apiTime(pod.createdAt)),
	};
}

function annotationsOf(workload: Workload, pod: PodLife): { annotations?: Readonly<Record<string, string>> } {
	if (workload.kind === 'Node') {
		const hash = kubeletPodUid(pod);
		const seen = apiTime(pod.createdAt);
		return {
			annotations: {
				'kubernetes.io/config.hash': hash,
				'kubernetes.io/config.mirror': hash,
				'kubernetes.io/config.seen': seen,
				'kubernetes.io/config.source': 'file',
			},
		};
	}
	return workload.annotations ? { annotations: workload.annotations } : {};
}

/** A pod as the API server writes it. */
export function podObject(pod: PodLife, resourceVersion: number): ApiObject {
	return { metadata: podMetadata(pod, resourceVersion), spec: podSpec(pod), status: podStatus(pod) };
}
