import type { Exchange } from './context.ts';
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
	const own = /^(?:https?:)?([^:]+)/.exec(name)?.[1] ?? name;
	const type = service.resources.find((other) => other.group === '' && other.name === 'services');
	if (!type || !service.cluster.collection(type).get(`${namespace}/${own}`)) throw notFound('', 'services', own);
	if (own !== 'metrics-server')
		throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${own}"`);
	const [wanted = ''] = path;
	if (!['healthz', 'livez', 'readyz'].includes(wanted)) return sendText(exchange, 404, '404 page not found\n');
	const { readiness } = service.behaviour;
	if (readiness && (wanted === 'readyz' || readiness.status === 503)) return sendRaw(exchange, readiness);
	return sendText(exchange, 200, 'ok');
}
