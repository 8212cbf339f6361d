/** What the kubelet of a node answers, through the API server's node proxy. */
import { setTimeout as wait } from 'node:timers/promises';
import { cadvisorText } from '../formats/kubelet/cadvisor.ts';
import { configz } from '../formats/kubelet/configz.ts';
import { resourceText } from '../formats/kubelet/resource.ts';
import { summary } from '../formats/kubelet/summary.ts';
import { type CadvisorSample, cadvisorSample, isWatched } from '../model/cadvisor.ts';
import { type Cgroup, walk } from '../model/cgroups.ts';
import type { MemoryCounters } from '../model/counters.ts';
import type { NodeModel } from '../model/node.ts';
import { cgroupsOf } from './cgroups.ts';
import type { Exchange, Service } from './context.ts';
import { sendBytes, sendJson, sendRaw, sendText } from './send.ts';
import { notFound } from './status.ts';

/** The kubelet finds no memory of this container. */
function isUnread({ samples }: Service, { kind, pod, template }: Cgroup): boolean {
	const life = kind === 'container' ? pod?.containers.find((each) => each.template === template) : undefined;
	return pod !== undefined && life !== undefined && samples.zero?.(pod, life) === true;
}

function withoutMemory(sample: CadvisorSample): CadvisorSample {
	const zeros = Object.fromEntries(Object.keys(sample.memory).map((name) => [name, 0])) as unknown as MemoryCounters;
	return { ...sample, workingSet: 0, memory: { ...zeros, limit: sample.memory.limit } };
}

/** The newest readings of all cgroups that a node's kubelet watches: parents first. */
function samplesOf(service: Service, node: NodeModel): readonly CadvisorSample[] {
	const now = service.clock.now();
	const { world } = service.cluster;
	const ahead = service.samples.ahead?.(node) ?? 0;
	const samples: CadvisorSample[] = [];
	for (const group of walk(cgroupsOf(service, node))) {
		if (!isWatched(node, group)) continue;
		const sample = cadvisorSample(world, node, group, now);
		if (!sample) continue;
		const read = isUnread(service, group) ? withoutMemory(sample) : sample;
		samples.push(ahead === 0 ? read : { ...read, at: read.at + ahead });
	}
	return service.behaviour.readings.reduce<readonly CadvisorSample[]>((all, next) => next(node, world, all), samples);
}

/** Waits; false if nobody waits for the answer any more. */
async function isStillWanted({ response }: Exchange, delay: number): Promise<boolean> {
	const closed = new AbortController();
	response.once('close', () => closed.abort());
	return wait(delay, true, { signal: closed.signal, ref: false }).catch(() => false);
}

const prometheus = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';

function sendPrometheus(exchange: Exchange, text: string): Promise<void> {
	return sendBytes(exchange, 200, prometheus, Buffer.from(text));
}

/**
 * Passes a request on to a node's kubelet.
 * @param name of the node, as the path has it: with a port perhaps
 * @param path of the kubelet, by its segments
 * @throws ApiError if there is no such node
 */
export async function answerKubelet(exchange: Exchange, name: string, path: readonly string[]): Promise<void> {
	const { service, url } = exchange;
	const node = service.cluster.world.nodes.find((each) => each.name === name.replace(/^https?:|:\d*$/g, ''));
	if (!node) throw notFound('', 'nodes', name);
	const { behaviour, cluster } = service;
	const wanted = path.join('/');
	const delay = behaviour.kubeletDelay.reduce((longest, of) => Math.max(longest, of(node, cluster.world)), 0);
	if (delay > 0 && !(await isStillWanted(exchange, delay))) return;
	for (const answerOf of behaviour.kubelets) {
		const answer = answerOf(node, cluster.world, wanted);
		if (answer) return sendRaw(exchange, answer);
	}
	if (node.role === 'virtual') {
		// It takes the paths that every kubelet has, and its provider measures nothing.
		return wanted === 'stats/summary' || wanted === 'metrics/resource'
			? sendText(exchange, 501, '501 not implemented\n')
			: sendText(exchange, 404, '404 request not found\n');
	}
	switch (wanted) {
		case 'stats/summary': {
			const little = ['true', '1'].includes(url.searchParams.get('only_cpu_and_memory') ?? '');
			return sendJson(exchange, 200, summary(node, samplesOf(service, node), little ? 'cpu-and-memory' : 'all'));
		}
		case 'metrics/resource':
			return sendPrometheus(exchange, resourceText(node, samplesOf(service, node)));
		case 'metrics/cadvisor':
			return sendPrometheus(exchange, cadvisorText(node, samplesOf(service, node), service.clock.now()));
		case 'configz':
			return sendJson(exchange, 200, configz({ featureGates: behaviour.featureGates(node, cluster.world) }));
		case 'healthz':
			return sendText(exchange, 200, 'ok');
		default:
			return sendText(exchange, 404, '404 page not found\n');
	}
}
