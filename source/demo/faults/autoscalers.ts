/** A HorizontalPodAutoscaler that cannot count, in the words that its controller leaves. */
import { type AutoscalerAim, autoscalerObjects } from '../formats/autoscaler.ts';
import { part, parts, text } from '../formats/table.ts';
import { container, type Workload, workload } from '../model/workload.ts';
import type { Behaviour } from '../server/behaviour.ts';
import { editObjects } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';

const namespace = 'payments';
const registry = 'registry.example.com/payments';

/** What is scaled, unless the fault is about it. */
function receipts(more: Partial<Workload> = {}, its: Partial<Workload['containers'][number]> = {}): Workload {
	return workload({
		namespace,
		name: 'receipts',
		kind: 'Deployment',
		replicas: 2,
		age: 48,
		containers: [
			container({
				name: 'receipts',
				image: `${registry}/receipts:3.4.1`,
				requests: { cpu: 100, memory: 128 },
				cpu: { mean: 70, jitter: 0.4 },
				memory: { anonymous: 84, mapped: 12 },
				...its,
			}),
		],
		...more,
	});
}

const ofCpu: AutoscalerAim = { kind: 'Resource', resource: 'cpu', utilization: 80 };
/** How the controller says that it got no numbers at all. */
const notFetched = (why: string): string =>
	`failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: ${why}`;

interface Plan {
	target?: Workload;
	aim?: AutoscalerAim;
	words(pod: string): string;
	more?: (behaviour: Behaviour) => void;
}

function autoscaler(name: FaultName, { aim = ofCpu, more, target = receipts(), words }: Plan): Fault {
	return {
		name,
		change(behaviour) {
			behaviour.workloads.push(target);
			behaviour.extra.push((world) => autoscalerObjects(world, { target, aim, words }));
			more?.(behaviour);
		},
	};
}

const labels = { app: 'receipts' };
const account = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler';

/** A Job whose pods have the labels that select those of the Deployment, and no requests. */
const backfill = workload({
	namespace,
	name: 'receipts-backfill',
	kind: 'Job',
	age: 6,
	restartPolicy: 'Never',
	labels,
	containers: [
		container({
			name: 'backfill',
			image: `${registry}/receipts:3.4.1`,
			cpu: { mean: 210, jitter: 0.3 },
			memory: { anonymous: 130 },
		}),
	],
});

export const autoscalerFaults: readonly Fault[] = [
	autoscaler('hpa-missing-request', {
		target: receipts({}, { requests: { memory: 128 } }),
		words: (pod) => `failed to get cpu utilization: missing request for cpu in container receipts of Pod ${pod}`,
	}),
	autoscaler('hpa-metrics-api-missing', {
		// The controller asks an API server of its own, and that one does not get at what the others do.
		words: () => notFetched('the server is currently unable to handle the request (get pods.metrics.k8s.io)'),
	}),
	autoscaler('hpa-no-metrics-returned', {
		target: receipts({}, { readyAfter: 30 * 24 * 3600 }),
		words: () => 'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)',
	}),
	{
		name: 'hpa-selector-overlap',
		change(behaviour) {
			const target = receipts({ labels });
			behaviour.workloads.push(target, backfill);
			behaviour.extra.push((world) => {
				const job = world.slots.find(({ workload: its }) => its === backfill);
				return autoscalerObjects(world, {
					target,
					aim: ofCpu,
					first: job,
					words: (pod) => `failed to get cpu utilization: missing request for cpu in container backfill of Pod ${pod}`,
				});
			});
		},
	},
	autoscaler('hpa-custom-missing', {
		aim: { kind: 'Pods', metric: 'http_requests_per_second', average: '50' },
		words: () =>
			'unable to get metric http_requests_per_second: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
	}),
	autoscaler('hpa-controller-rbac', {
		words: () =>
			notFetched(
				`pods.metrics.k8s.io is forbidden: User "${account}" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "${namespace}"`,
			),
		more: (behaviour) =>
			editObjects(behaviour, 'clusterroles', (object) =>
				object.metadata.name === 'system:controller:horizontal-pod-autoscaler'
					? {
							...object,
							rules: parts(object['rules']).filter(
								(rule) => text((part(rule)['apiGroups'] as readonly string[])[0]) !== 'metrics.k8s.io',
							),
						}
					: object,
			),
	}),
	autoscaler('hpa-container-missing', {
		// It was called so before, and the autoscaler does not follow.
		aim: { kind: 'ContainerResource', resource: 'cpu', container: 'app', utilization: 70 },
		// The controller passes over pods without the container, and has none left.
		words: () => 'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)',
	}),
];
