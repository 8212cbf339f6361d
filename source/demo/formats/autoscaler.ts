/** A HorizontalPodAutoscaler that cannot count, with the events that its controller records; and its row of a table. */
import { lifeAt } from '../model/life.ts';
import { makeUid, mixText } from '../model/random.ts';
import type { Workload } from '../model/workload.ts';
import type { Slot, World } from '../model/world.ts';
import { type ApiObject, apiTime, type JsonObject } from './json.ts';
import { madeByHand, type StoredObject } from './policy.ts';
import { age, ageColumn, count, integer, nameColumn, part, parts, type TableFormat, text } from './table.ts';

/** What it aims at. */
export type AutoscalerAim =
	| { kind: 'Resource'; resource: 'cpu' | 'memory'; utilization: number }
	| { kind: 'ContainerResource'; resource: 'cpu' | 'memory'; container: string; utilization: number }
	| { kind: 'Pods'; metric: string; average: string };

export interface Autoscaler {
	/** The Deployment that it scales; it has the same name. */
	target: Workload;
	aim: AutoscalerAim;
	/** The place of the pod that it looks at first; else that of the target's first. */
	first?: Slot | undefined;
	/** Why it cannot count, in the words of its controller. @param pod the first pod that it looks at */
	words(pod: string): string;
}

const minute = 60_000;

function metricOf(aim: AutoscalerAim): JsonObject {
	switch (aim.kind) {
		case 'Resource':
			return {
				type: 'Resource',
				resource: { name: aim.resource, target: { type: 'Utilization', averageUtilization: aim.utilization } },
			};
		case 'ContainerResource':
			return {
				type: 'ContainerResource',
				containerResource: {
					name: aim.resource,
					target: { type: 'Utilization', averageUtilization: aim.utilization },
					container: aim.container,
				},
			};
		default:
			return {
				type: 'Pods',
				pods: { metric: { name: aim.metric }, target: { type: 'AverageValue', averageValue: aim.average } },
			};
	}
}

/** What the controller puts before the words where it adds up that nothing could be counted. */
function aimedAt(aim: AutoscalerAim): string {
	switch (aim.kind) {
		case 'Resource':
			return `${aim.resource} resource metric value`;
		case 'ContainerResource':
			return `${aim.resource} container metric value`;
		default:
			return 'pods metric value';
	}
}

/**
 * The autoscaler and its two events as the controller of 1.36 leaves them (pkg/controller/podautoscaler/horizontal.go): the
 * condition, one event with the same words, and one that adds up. It never worked, so it has no current metrics.
 */
export function autoscalerObjects(
	world: World,
	{ aim, first: given, target, words: wordsOf }: Autoscaler,
): StoredObject[] {
	const { name, namespace } = target;
	const slots = world.slots.filter(({ workload }) => workload === target);
	const first = given ?? slots[0];
	const words = wordsOf((first && lifeAt(world, first, world.origin).pod?.name) ?? '');
	const reason = `FailedGet${aim.kind}Metric`;
	const metadata = madeByHand(world, 'horizontalpodautoscalers', name, { namespace, days: 2 });
	const since = apiTime(world.origin - 2 * 24 * 60 * minute + 15_000);
	const condition = (type: string, status: string, itsReason: string, message: string): JsonObject => ({
		type,
		status,
		lastTransitionTime: since,
		reason: itsReason,
		message,
	});
	const event = (itsReason: string, message: string): StoredObject => {
		const its = `${name}.${makeUid(mixText(11, `${namespace}/${name}/${itsReason}`))
			.replaceAll('-', '')
			.slice(0, 16)}`;
		return {
			resource: 'events',
			object: {
				metadata: { ...madeByHand(world, 'events', its, { namespace }), creationTimestamp: since },
				involvedObject: {
					kind: 'HorizontalPodAutoscaler',
					namespace,
					name,
					uid: metadata.uid ?? '',
					apiVersion: 'autoscaling/v2',
				},
				reason: itsReason,
				message,
				source: { component: 'horizontal-pod-autoscaler' },
				firstTimestamp: since,
				lastTimestamp: apiTime(world.origin - 9_000),
				count: 11_519,
				type: 'Warning',
				eventTime: null,
				reportingComponent: 'horizontal-pod-autoscaler',
				reportingInstance: '',
			},
		};
	};
	const object: ApiObject = {
		metadata,
		spec: {
			scaleTargetRef: { kind: 'Deployment', name, apiVersion: 'apps/v1' },
			minReplicas: slots.length,
			maxReplicas: slots.length + 6,
			metrics: [metricOf(aim)],
		},
		status: {
			currentReplicas: slots.length,
			desiredReplicas: 0,
			currentMetrics: null,
			conditions: [
				condition(
					'AbleToScale',
					'True',
					'SucceededGetScale',
					"the HPA controller was able to get the target's current scale",
				),
				condition('ScalingActive', 'False', reason, `the HPA was unable to compute the replica count: ${words}`),
			],
		},
	};
	return [
		{ resource: 'horizontalpodautoscalers', object },
		event(reason, words),
		event(
			'FailedComputeMetricsReplicas',
			`invalid metrics (1 invalid out of 1), first error is: failed to get ${aimedAt(aim)}: ${words}`,
		),
	];
}

/** `cpu: <unknown>/80%`; nothing current is ever known here. */
function targetsOf(object: ApiObject): string {
	const metrics = parts(part(object['spec'])['metrics']);
	const list = metrics.map((metric) => {
		const source = part(metric['resource'] ?? metric['containerResource'] ?? metric['pods']);
		const target = part(source['target']);
		const wanted = text(target['averageValue'], `${count(target['averageUtilization'])}%`);
		const name = text(source['name']);
		return `${name === '' ? '' : `${name}: `}<unknown>/${wanted}`;
	});
	return list.join(', ') || '<none>';
}

export const autoscalerTable: TableFormat = {
	columns: [
		nameColumn,
		{ name: 'Reference' },
		{ name: 'Targets' },
		{ name: 'MinPods' },
		integer('MaxPods'),
		integer('Replicas'),
		ageColumn,
	],
	cells(object, now) {
		const spec = part(object['spec']);
		const reference = part(spec['scaleTargetRef']);
		return [
			object.metadata.name,
			`${text(reference['kind'])}/${text(reference['name'])}`,
			targetsOf(object),
			text(spec['minReplicas'], '<unset>'),
			count(spec['maxReplicas']),
			count(part(object['status'])['currentReplicas']),
			age(object, now),
		];
	},
};
