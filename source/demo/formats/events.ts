import type { ContainerLife } from '../model/container-life.ts';
import { type PodLife, podUid } from '../model/life.ts';
import { hexadecimal, makeUid, mixText } from '../model/random.ts';
import { type ApiObject, apiTime, type JsonObject } from './json.ts';
import { noRoom } from './pod-status.ts';

/** An event is kept for an hour. */
export const eventLifetime = 3_600_000;

interface Happening {
	reason: string;
	message: string;
	type: 'Normal' | 'Warning';
	/** First and last time, ms since 1970. */
	first: number;
	last: number;
	count: number;
	component: 'kubelet' | 'default-scheduler';
	/** Name of the container, '' for the pod. */
	container: string;
}

function happened(reason: string, message: string, at: number, more: Partial<Happening> = {}): Happening {
	return {
		reason,
		message,
		type: 'Normal',
		first: at,
		last: at,
		count: 1,
		component: 'kubelet',
		container: '',
		...more,
	};
}

function containerHappenings(pod: PodLife, life: ContainerLife, now: number): Happening[] {
	const { template, state } = life;
	const container = template.name;
	if (state.kind === 'waiting' && state.reason.includes('Image')) {
		const tries = Math.max(1, Math.floor((now - pod.createdAt) / 300_000));
		const warning = { type: 'Warning', container, count: tries, last: now - (now % 15_000) } as const;
		return [
			happened(
				'Failed',
				`Failed to pull image "${template.image}": ${template.fate.kind === 'no-image' ? template.fate.message : ''}`,
				pod.createdAt + 2000,
				warning,
			),
			happened('BackOff', `Back-off pulling image "${template.image}"`, pod.createdAt + 9000, {
				...warning,
				type: 'Normal',
			}),
		];
	}
	if (life.run < 0) return [];
	const startedAt =
		state.kind === 'running'
			? state.startedAt
			: state.kind === 'terminated'
				? state.termination.startedAt
				: (life.last?.startedAt ?? pod.createdAt);
	const again = { container, count: life.restarts + 1, first: life.restarts > 0 ? pod.createdAt + 2000 : startedAt };
	const list = [
		happened(
			'Pulled',
			`Container image "${template.image}" already present on machine and can be accessed by the pod`,
			startedAt - 400,
			again,
		),
		happened('Created', `Container created`, startedAt - 300, again),
		happened('Started', `Container started`, startedAt, again),
	];
	if (life.restarts > 0 && template.fate.kind === 'loops' && template.fate.backOff >= 60) {
		const message = `Back-off restarting failed container ${container} in pod ${pod.name}_${pod.slot.workload.namespace}(${podUid(pod)})`;
		const last = state.kind === 'waiting' ? now - (now % 15_000) : startedAt - 2000;
		list.push(
			happened('BackOff', message, last, {
				type: 'Warning',
				container,
				count: life.restarts * 20,
				first: pod.createdAt + 30_000,
			}),
		);
	}
	return list;
}

/** What the kubelet says of checks that fail, since the newest start or until the last end. */
function probeHappenings(pod: PodLife, life: ContainerLife, now: number): Happening[] {
	const { template, state } = life;
	if (life.run < 0) return [];
	const { startedAt } = state.kind === 'running' ? state : (life.last ?? { startedAt: pod.createdAt });
	const end = state.kind === 'running' ? now - (now % 10_000) : (life.last?.finishedAt ?? now);
	return (template.probes ?? []).flatMap(({ delay, failure, kind }) => {
		const first = startedAt + Math.max(delay, 10) * 1000;
		if (!failure || first > end) return [];
		const count = Math.floor((end - first) / 10_000) + 1;
		const warning = { type: 'Warning', container: template.name, last: end, count } as const;
		const name = kind === 'liveness' ? 'Liveness' : 'Readiness';
		const list = [happened('Unhealthy', `${name} probe failed: ${failure(pod.slot.address)}`, first, warning)];
		if (kind === 'liveness' && life.restarts > 0) {
			const message = `Container ${template.name} failed liveness probe, will be restarted`;
			list.push(
				happened('Killing', message, first + 20_000, {
					container: template.name,
					last: life.last?.finishedAt ?? end,
					count: life.restarts,
				}),
			);
		}
		return list;
	});
}

function happenings(pod: PodLife, now: number): Happening[] {
	const { workload, node } = pod.slot;
	if (!node) {
		const message = `${workload.unschedulable ?? noRoom} preemption: Preemption is not helpful for scheduling.`;
		const last = now - (now % 300_000);
		const tries = Math.max(1, Math.floor((now - pod.createdAt) / 300_000));
		return [
			happened('FailedScheduling', message, last, {
				type: 'Warning',
				component: 'default-scheduler',
				first: pod.createdAt,
				count: tries,
			}),
		];
	}
	const list = pod.containers.flatMap((life) => [
		...containerHappenings(pod, life, now),
		...probeHappenings(pod, life, now),
	]);
	if (workload.kind !== 'Node' && workload.kind !== 'DaemonSet') {
		const message = `Successfully assigned ${workload.namespace}/${pod.name} to ${node.name}`;
		list.push(happened('Scheduled', message, pod.createdAt, { component: 'default-scheduler' }));
	}
	if (!Number.isNaN(pod.deletedAt)) list.push(happened('Killing', 'Stopping container', pod.deletedAt));
	return list.filter((happening) => happening.last > now - eventLifetime && happening.last <= now);
}

function eventObject(pod: PodLife, happening: Happening): ApiObject {
	const { namespace } = pod.slot.workload;
	// One for each check.
	const unhealthy = happening.reason === 'Unhealthy' ? happening.message.slice(0, 9) : '';
	const name = `${pod.name}.${hexadecimal(mixText(pod.key, `${happening.reason}${happening.container}${unhealthy}`), 16)}`;
	const source: JsonObject =
		happening.component === 'kubelet'
			? { component: 'kubelet', host: pod.slot.node?.name ?? '' }
			: { component: happening.component };
	const init = pod.containers.some(
		(life) => life.template.name === happening.container && life.template.kind !== 'app',
	);
	return {
		metadata: {
			name,
			namespace,
			uid: makeUid(mixText(7, name)),
			resourceVersion: '',
			creationTimestamp: apiTime(happening.first),
		},
		involvedObject: {
			kind: 'Pod',
			namespace,
			name: pod.name,
			uid: podUid(pod),
			apiVersion: 'v1',
			...(happening.container
				? { fieldPath: `spec.${init ? 'initContainers' : 'containers'}{${happening.container}}` }
				: {}),
		},
		reason: happening.reason,
		message: happening.message,
		source,
		firstTimestamp: apiTime(happening.first),
		lastTimestamp: apiTime(happening.last),
		count: happening.count,
		type: happening.type,
		eventTime: null,
		reportingComponent: happening.component,
		reportingInstance: happening.component === 'kubelet' ? (pod.slot.node?.name ?? '') : '',
	};
}

/** What has been recorded about a pod within the last hour. @param now ms since 1970 */
export function podEvents(pod: PodLife, now: number): ApiObject[] {
	return happenings(pod, now).map((happening) => eventObject(pod, happening));
}
