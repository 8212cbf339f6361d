import type { PodLife } from '../model/life.ts';
import type { Workload } from '../model/workload.ts';
import type { World } from '../model/world.ts';
import { type ApiObject, apiTime, type JsonObject } from './json.ts';
import { podObject } from './pod.ts';
import { part } from './table.ts';
import { selectorLabels, workloadUid } from './workload-names.ts';

/** Objects that make pods, and what they say about the pods they have now. */
export interface ControllerObject {
	/** Plural of its kind. */
	resource: 'deployments' | 'replicasets' | 'statefulsets' | 'daemonsets' | 'jobs' | 'cronjobs';
	object: ApiObject;
}

const hour = 3_600_000;

function templateOf(workload: Workload, pod: PodLife | undefined): JsonObject {
	const spec = pod ? part(podObject(pod, 0)['spec']) : {};
	const { nodeName: _, ...template } = spec;
	return { metadata: { labels: selectorLabels(workload) }, spec: template };
}

const isReady = (pod: PodLife): boolean => !Number.isNaN(pod.readySince) && Number.isNaN(pod.deletedAt);
const isThere = (pod: PodLife): boolean => Number.isNaN(pod.deletedAt);

function metadata(
	world: World,
	workload: Workload,
	suffix = '',
	createdAt = world.origin - workload.age * hour,
): ApiObject['metadata'] {
	return {
		name: suffix ? `${workload.name}-${suffix}` : workload.name,
		namespace: workload.namespace,
		uid: workloadUid(workload, suffix),
		resourceVersion: '',
		generation: 1,
		creationTimestamp: apiTime(createdAt),
		labels: selectorLabels(workload),
	};
}

function replicaSets(
	world: World,
	workload: Workload,
	pods: readonly PodLife[],
	deployment: ApiObject,
): ControllerObject[] {
	const revisions = new Map<string, PodLife[]>();
	for (const pod of pods) revisions.set(pod.revision, [...(revisions.get(pod.revision) ?? []), pod]);
	return [...revisions].map(([revision, own]) => {
		const there = own.filter(isThere).length;
		const hash = { 'pod-template-hash': revision };
		const labels = { ...selectorLabels(workload), ...hash };
		const base = metadata(world, workload, revision, Math.min(...own.map((pod) => pod.createdAt)));
		const owner = {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			name: workload.name,
			uid: deployment.metadata.uid ?? '',
		};
		return {
			resource: 'replicasets',
			object: {
				metadata: { ...base, labels, ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] },
				spec: { replicas: there, selector: { matchLabels: labels }, template: templateOf(workload, own[0]) },
				status: {
					replicas: there,
					fullyLabeledReplicas: there,
					readyReplicas: own.filter(isReady).length,
					observedGeneration: 1,
				},
			},
		} satisfies ControllerObject;
	});
}

function deployment(world: World, workload: Workload, pods: readonly PodLife[]): ControllerObject[] {
	const there = pods.filter(isThere);
	const ready = there.filter(isReady).length;
	const wanted =
		workload.comings.kind === 'elastic'
			? there.length
			: Math.min(workload.replicas, Math.max(1, Math.min(workload.replicas, there.length)));
	const newest = there.reduce((latest, pod) => Math.max(latest, pod.createdAt), 0);
	const updated = there.filter(
		(pod) => pod.revision === there.find((other) => other.createdAt === newest)?.revision,
	).length;
	const object: ApiObject = {
		metadata: metadata(world, workload),
		spec: {
			replicas: wanted,
			selector: { matchLabels: selectorLabels(workload) },
			template: templateOf(workload, pods[0]),
			strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
			revisionHistoryLimit: 10,
			progressDeadlineSeconds: 600,
		},
		status: {
			observedGeneration: 1,
			replicas: there.length,
			updatedReplicas: Math.min(updated, wanted),
			readyReplicas: ready,
			availableReplicas: ready,
			...(ready < wanted ? { unavailableReplicas: wanted - ready } : {}),
		},
	};
	return [{ resource: 'deployments', object }, ...replicaSets(world, workload, pods, object)];
}

function jobObject(world: World, workload: Workload, pods: readonly PodLife[], suffix: string): ApiObject {
	const [first] = pods;
	const succeeded = pods.filter((pod) => pod.phase === 'Succeeded');
	const failed = pods.filter((pod) => pod.phase === 'Failed').length;
	const ends = succeeded.map((pod) => (Number.isNaN(pod.unreadySince) ? pod.createdAt : pod.unreadySince));
	const complete = succeeded.length >= pods.length && pods.length > 0;
	const createdAt = first?.createdAt ?? world.origin;
	const end = Math.max(createdAt, ...ends) + 2000;
	const base = metadata(world, workload, suffix, createdAt);
	const controller = { 'batch.kubernetes.io/controller-uid': base.uid ?? '' };
	const conditions =
		complete || failed > 0
			? [{ type: complete ? 'Complete' : 'Failed', status: 'True', lastTransitionTime: apiTime(end) }]
			: [];
	return {
		metadata: base,
		spec: {
			parallelism: pods.length,
			completions: pods.length,
			backoffLimit: 0,
			selector: { matchLabels: controller },
			template: templateOf(workload, first),
			completionMode: 'NonIndexed',
			suspend: false,
		},
		status: {
			...(conditions.length > 0 ? { conditions } : {}),
			startTime: apiTime(createdAt),
			...(complete ? { completionTime: apiTime(end) } : {}),
			...(complete || failed > 0 ? {} : { active: pods.length }),
			...(succeeded.length > 0 ? { succeeded: succeeded.length } : {}),
			...(failed > 0 ? { failed } : {}),
		},
	};
}

function cronJob(world: World, workload: Workload, pods: readonly PodLife[]): ControllerObject[] {
	const every = workload.comings.kind === 'schedule' ? workload.comings.every / 60 : 1;
	const active = pods.filter((pod) => pod.phase === 'Running' || pod.phase === 'Pending');
	const last = pods.reduce((latest, pod) => Math.max(latest, pod.createdAt), 0);
	const jobs = pods.map((pod) => jobObject(world, workload, [pod], pod.revision));
	const object: ApiObject = {
		metadata: metadata(world, workload),
		spec: {
			schedule: `*/${every} * * * *`,
			concurrencyPolicy: 'Forbid',
			suspend: false,
			jobTemplate: { metadata: {}, spec: { template: templateOf(workload, pods[0]) } },
			successfulJobsHistoryLimit: 3,
			failedJobsHistoryLimit: 1,
		},
		status: {
			...(active.length > 0
				? {
						active: active.map((pod) => ({
							kind: 'Job',
							namespace: workload.namespace,
							name: `${workload.name}-${pod.revision}`,
							apiVersion: 'batch/v1',
						})),
					}
				: {}),
			...(last > 0 ? { lastScheduleTime: apiTime(last) } : {}),
		},
	};
	return [{ resource: 'cronjobs', object }, ...jobs.map((job) => ({ resource: 'jobs' as const, object: job }))];
}

/** The objects behind a workload, given its pods of now. */
export function controllerObjects(world: World, workload: Workload, pods: readonly PodLife[]): ControllerObject[] {
	const ready = pods.filter(isReady).length;
	const selector = { matchLabels: selectorLabels(workload) };
	switch (workload.kind) {
		case 'Deployment':
			return deployment(world, workload, pods);
		case 'StatefulSet': {
			const spec = {
				replicas: pods.length,
				selector,
				template: templateOf(workload, pods[0]),
				serviceName: workload.name,
			};
			const status = {
				observedGeneration: 1,
				replicas: pods.length,
				readyReplicas: ready,
				currentReplicas: pods.length,
				updatedReplicas: pods.length,
				availableReplicas: ready,
			};
			return [{ resource: 'statefulsets', object: { metadata: metadata(world, workload), spec, status } }];
		}
		case 'DaemonSet': {
			const total = pods.length;
			const status = {
				currentNumberScheduled: total,
				numberMisscheduled: 0,
				desiredNumberScheduled: total,
				numberReady: ready,
				observedGeneration: 1,
				updatedNumberScheduled: total,
				numberAvailable: ready,
			};
			const spec = { selector, template: templateOf(workload, pods[0]) };
			return [{ resource: 'daemonsets', object: { metadata: metadata(world, workload), spec, status } }];
		}
		case 'Job':
			return [{ resource: 'jobs', object: jobObject(world, workload, pods, '') }];
		case 'CronJob':
			return cronJob(world, workload, pods);
		default:
			return [];
	}
}
