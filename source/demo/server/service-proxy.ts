import { parts } from '../formats/table.ts';
import type { Exchange, Service } from './context.ts';
import type { PodEntry } from './pod-entry.ts';
import { sendRaw, sendText } from './send.ts';
import { ApiError, notFound } from './status.ts';

/**
 * Passes a request on to a Service: metrics-server's answers its probes, others have nothing to say.
 * @param name of the Service, as the path has it: `https:NAME:PORT`
 * @throws ApiError if there is no such Service
 */
export async function answerService(
	exchange: Exchange,
	namespace: string,
	name: string,
	path: readonly string[],
): Promise<void> {
	const { service } = exchange;
	const own = hostOf(name);
	const type = service.resources.find((other) => other.group === '' && other.name === 'services');
	if (!type || !service.cluster.collection(type).get(`${namespace}/${own}`)) throw notFound('', 'services', own);
	// It dials one that is ready, and looks at no other.
	if (own !== 'metrics-server' || !isReady(service))
		throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
	return answerCheck(exchange, path);
}

/**
 * Passes a request on to a pod, be it ready or not: metrics-server's answer its probes.
 * @param name of the pod, as the path has it: `https:NAME:PORT`
 * @throws ApiError if there is no such pod
 */
export async function answerPodProxy(
	exchange: Exchange,
	namespace: string,
	name: string,
	path: readonly string[],
): Promise<void> {
	const { service } = exchange;
	const own = hostOf(name);
	const type = service.resources.find((other) => other.group === '' && other.name === 'pods');
	const entry = type && (service.cluster.collection(type).get(`${namespace}/${own}`) as PodEntry | undefined);
	if (!entry) throw notFound('', 'pods', own);
	const { address, workload } = entry.slot;
	if (workload.name !== 'metrics-server') return sendText(exchange, 404, '404 page not found\n');
	if (entry.life().containers[0]?.state.kind === 'running') return answerCheck(exchange, path);
	const port = /:(\d+)$/.exec(name)?.[1] ?? '';
	const body = `error trying to reach service: dial tcp ${address}:${port}: connect: connection refused`;
	return sendRaw(exchange, { status: 502, type: 'text/plain; charset=utf-8', body });
}

const hostOf = (name: string): string => /^(?:https?:)?([^:]+)/.exec(name)?.[1] ?? name;

/** A pod of metrics-server is ready, by the word of the endpoints. */
function isReady({ cluster, resources }: Service): boolean {
	const type = resources.find((other) => other.group === '' && other.name === 'endpoints');
	const object = type && cluster.collection(type).get('kube-system/metrics-server')?.object();
	return parts(object?.['subsets']).some(({ addresses }) => parts(addresses).length > 0);
}

async function answerCheck(exchange: Exchange, path: readonly string[]): Promise<void> {
	const [wanted = ''] = path;
	if (!['healthz', 'livez', 'readyz'].includes(wanted)) return sendText(exchange, 404, '404 page not found\n');
	const { readiness } = exchange.service.behaviour;
	if (readiness && (wanted === 'readyz' || readiness.status === 503)) return sendRaw(exchange, readiness);
	return sendText(exchange, 200, 'ok');
}
