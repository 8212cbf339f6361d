import type { Exchange, Service } from './context.ts';
import type { PodEntry } from './pod-entry.ts';
import { sendBytes } from './send.ts';
import { badRequest, notFound } from './status.ts';

/**
 * What a container wrote. Of all of them what serves the metrics API alone writes something here.
 * @throws ApiError if there is no such pod or container, or it has not begun
 */
export async function answerLog(exchange: Exchange, namespace: string, name: string): Promise<void> {
	const { service, url } = exchange;
	const type = service.resources.find((other) => other.group === '' && other.name === 'pods');
	const entry = type && (service.cluster.collection(type).get(`${namespace}/${name}`) as PodEntry | undefined);
	if (!entry) throw notFound('', 'pods', name);
	const pod = entry.life();
	const asked = url.searchParams.get('container');
	const life = asked === null ? pod.containers[0] : pod.containers.find(({ template }) => template.name === asked);
	if (!life) throw badRequest(`container ${asked ?? ''} is not valid for pod ${name}`);
	const previous = ['true', '1'].includes(url.searchParams.get('previous') ?? '');
	const container = life.template.name;
	if (previous && !life.last)
		throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
	if (life.state.kind === 'waiting' && life.run < 0)
		throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waitingFor(life.state.reason)}`);
	const lines = /^(?:metrics-server|prometheus-adapter)$/.test(pod.slot.workload.name)
		? linesOf(service, previous)
		: [];
	const tail = Number(url.searchParams.get('tailLines') ?? Number.NaN);
	const kept = tail >= 0 ? lines.slice(Math.max(0, lines.length - tail)) : lines;
	return sendBytes(exchange, 200, 'text/plain', Buffer.from(kept.map((line) => `${line}\n`).join('')));
}

function waitingFor(reason: string): string {
	return /Image/.test(reason) ? 'trying and failing to pull image' : reason;
}

function linesOf({ behaviour, cluster, clock }: Service, previous: boolean): string[] {
	return behaviour.logs
		.map((make) => make(cluster.world, clock.now()))
		.filter((log) => log.previous === previous)
		.flatMap(({ lines }) => lines);
}
