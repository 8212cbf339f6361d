import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerExec } from '../exec/answer.ts';
import type { Json } from '../formats/json.ts';
import { decodeObject } from '../formats/protobuf/decode.ts';
import { scaleObject } from '../formats/scale.ts';
import { minorOf } from '../model/node.ts';
import { metricsFailure } from './aggregated.ts';
import { clientCertificate } from './client-certificate.ts';
import type { Entry } from './collection.ts';
import type { Exchange, Service, Upgrade } from './context.ts';
import {
	aggregatedDiscovery,
	aggregatedDiscoveryType,
	apiVersions,
	groupList,
	groupOf,
	isSilent,
	resourceList,
	versionInfo,
} from './discovery.ts';
import { encodeObject, type IncludeObject } from './encode.ts';
import { answerKubelet } from './kubelet.ts';
import { readPage } from './list.ts';
import { keepReady, metricsEntry, metricsPage, samplesName } from './metrics.ts';
import { sendCachedPage } from './page-cache.ts';
import { type ResourcePath, readPath } from './path.ts';
import { answerLog } from './pod-log.ts';
import { contentTypes, negotiate } from './representation.ts';
import type { ResourceType } from './resources.ts';
import { answerReview } from './reviews.ts';
import { readSelection } from './select.ts';
import { sendBytes, sendError, sendJson, sendRaw, sendText } from './send.ts';
import { answerPodProxy, answerService } from './service-proxy.ts';
import {
	ApiError,
	badRequest,
	forbidden,
	forbiddenPath,
	methodNotAllowed,
	noSuchResource,
	notFound,
	unauthorized,
	watchNotSupported,
} from './status.ts';
import { authenticate, isAllowed, mayReadPath, type User, userNamed } from './users.ts';
import { serveWatch } from './watch.ts';

const metricsGroup = 'metrics.k8s.io';

function whoAsks({ behaviour }: Service, request: IncomingMessage): User {
	const { authorization } = request.headers;
	const shown = clientCertificate(request);
	if (behaviour.refused || (shown && !shown.accepted && !authorization)) throw unauthorized();
	// A certificate before a token, and a token before one that is not accepted.
	const user = shown?.accepted ? userNamed(shown.name) : authenticate(authorization);
	if (!user) throw unauthorized();
	const as = request.headers['impersonate-user'];
	if (typeof as !== 'string') return user;
	const asked = { verb: 'impersonate', group: '', resource: 'users', subresource: '', namespace: '', name: as };
	if (!isAllowed(user, asked)) throw forbidden(user.name, asked);
	return userNamed(as);
}

async function answerDiscovery(exchange: Exchange, segments: readonly string[]): Promise<void> {
	const { service, request } = exchange;
	const [first = '', second = '', third = ''] = segments;
	const aggregated =
		minorOf(service.behaviour.kubernetes) >= 27 &&
		/as=APIGroupDiscoveryList/.test(String(request.headers.accept ?? '')) &&
		/v=v2(;|,|$)/.test(String(request.headers.accept));
	if (segments.length === 1) {
		if (aggregated) {
			exchange.response.setHeader('Vary', 'Accept');
			return sendJson(exchange, 200, aggregatedDiscovery(service, first === 'api'), aggregatedDiscoveryType, 'public');
		}
		return sendJson(exchange, 200, first === 'api' ? apiVersions(service) : groupList(service));
	}
	const group = first === 'api' ? '' : second;
	if (first === 'apis' && segments.length === 2) {
		const document = groupOf(service, group);
		return document ? sendJson(exchange, 200, document) : sendText(exchange, 404, '404 page not found\n');
	}
	if (isSilent(service, group, third)) return sendText(exchange, 503, 'service unavailable\n');
	const list = resourceList(service, group, first === 'api' ? second : third);
	if (!list) return sendText(exchange, 404, '404 page not found\n');
	// One that does not get its lists done knows all the same what it has.
	const hangs = service.behaviour.metricsApi.answer === 'hangs';
	if (group === metricsGroup && !hangs && (await metricsFailure(exchange))) return;
	return sendJson(exchange, 200, list);
}

async function readBody(request: IncomingMessage): Promise<Json> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request) {
		size += (part as Buffer).length;
		if (size > 1024 * 1024)
			throw new ApiError(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 1048576');
		parts.push(part as Buffer);
	}
	const body = Buffer.concat(parts);
	const protobuf = /^application\/vnd\.kubernetes\.protobuf/.test(String(request.headers['content-type'] ?? ''));
	try {
		return protobuf ? decodeObject(body) : (JSON.parse(body.toString()) as Json);
	} catch (error) {
		throw badRequest(
			`the body of the request cannot be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
}

/** Reads, lists and watches. */
async function answerResource(exchange: Exchange, type: ResourceType, path: ResourcePath): Promise<void> {
	const { service, request, url } = exchange;
	const form = negotiate(request.headers.accept, type.protobuf && !service.behaviour.jsonOnly);
	const include = includeObject(url.searchParams);
	const selection = readSelection(type, path.namespace, url.searchParams);
	if (path.name) {
		const entry = type.metrics
			? await findMetrics(service, type, path)
			: service.cluster.collection(type).get(path.namespace ? `${path.namespace}/${path.name}` : path.name);
		if (!entry) throw missing(service, type, path);
		const encoded = encodeObject(type, entry, form, include, service.clock.now());
		return Buffer.isBuffer(encoded)
			? sendBytes(exchange, 200, contentTypes.protobuf, encoded)
			: sendJson(exchange, 200, encoded);
	}
	const wantsWatch = ['true', '1'].includes(url.searchParams.get('watch') ?? '');
	const rendering = { type, form, include };
	if (type.metrics) {
		if (wantsWatch) throw watchNotSupported(type.group, type.name);
		const { large } = service.cluster.world;
		if (large) await keepReady(service, rendering, selection);
		// Only now: whoever had to wait gets the samples that are the newest by then.
		const key = large ? `${samplesName(service)} ${selection.text}` : '';
		return sendCachedPage(exchange, () => metricsPage(service, type, selection), rendering, key);
	}
	if (wantsWatch) return serveWatch(exchange, type, selection, form, include);
	const page = readPage(exchange, type, selection);
	// Ages in a table are of the moment, so it is kept only if that stands still.
	const keep = service.cluster.world.large && (form !== 'table' || service.clock.frozen);
	const { searchParams } = url;
	const part = `${searchParams.get('limit') ?? ''} ${searchParams.get('continue') ?? ''}`;
	return sendCachedPage(exchange, () => page, rendering, keep ? `${page.version} ${selection.text} ${part}` : '');
}

function includeObject(query: URLSearchParams): IncludeObject {
	const asked = query.get('includeObject');
	return asked === 'None' || asked === 'Object' ? asked : 'Metadata';
}

function findMetrics(service: Service, type: ResourceType, path: ResourcePath): Promise<Entry | undefined> {
	const query = new URLSearchParams({ fieldSelector: `metadata.name=${path.name}` });
	return metricsEntry(service, type, readSelection(type, path.namespace, query));
}

/** metrics-server has two ways to say no: it knows the pod and has no sample, or it does not know the pod. */
function missing(service: Service, type: ResourceType, path: ResourcePath): ApiError {
	if (!type.metrics) return notFound(type.group, type.name, path.name);
	const stored = service.resources.find((other) => other.group === '' && other.name === type.name);
	const key = type.namespaced ? `${path.namespace}/${path.name}` : path.name;
	const entry = stored && service.cluster.collection(stored).get(key);
	const running =
		entry && (!type.namespaced || (entry.object()['status'] as { phase?: string } | undefined)?.phase === 'Running');
	if (!running) return notFound('', type.namespaced ? 'pods' : 'node', path.name);
	return notFound(type.group, type.namespaced ? 'podmetrics' : 'nodemetrics', key);
}

async function answerObjects(exchange: Exchange, path: ResourcePath): Promise<void> {
	const { service, request, user, url } = exchange;
	const { group, resource, name, subresource, namespace } = path;
	const wantsWatch = ['true', '1'].includes(url.searchParams.get('watch') ?? '');
	const read = name ? 'get' : wantsWatch ? 'watch' : 'list';
	const write = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[request.method ?? ''];
	const verb = request.method === 'GET' || request.method === 'HEAD' ? read : (write ?? 'get');
	// Asking for a namespace is asking within it, as the real authorizer has it.
	const within = group === '' && resource === 'namespaces' ? name : namespace;
	const asked = { verb, group, resource, subresource, namespace: within, name };
	if (!isAllowed(user, asked)) throw forbidden(user.name, asked);
	if (group === '' && resource === 'nodes' && subresource === 'proxy') return answerKubelet(exchange, name, path.rest);
	if (group === '' && resource === 'pods' && subresource === 'proxy')
		return answerPodProxy(exchange, namespace, name, path.rest);
	if (group === '' && resource === 'pods' && subresource === 'log') return answerLog(exchange, namespace, name);
	if (group === '' && resource === 'services' && subresource === 'proxy')
		return answerService(exchange, namespace, name, path.rest);
	if (group === '' && resource === 'pods' && subresource === 'exec') return answerExec(exchange, path);
	if (verb === 'create') {
		const answer = answerReview(user, resource, group.endsWith('.k8s.io') ? await readBody(request) : null);
		if (answer) return sendJson(exchange, 201, answer);
	}
	if (isSilent(service, group, path.version)) return sendText(exchange, 503, 'service unavailable\n');
	const type = service.resources.find(
		(other) => other.group === group && other.version === path.version && other.name === resource,
	);
	if (!type) {
		const known = service.resources.some((other) => other.group === group && other.version === path.version);
		if (known || group === '') throw noSuchResource();
		return sendText(exchange, 404, '404 page not found\n');
	}
	if (group === metricsGroup && (await metricsFailure(exchange))) return;
	if (verb !== read) throw methodNotAllowed();
	if (subresource === 'scale' && type.scale) {
		const entry = service.cluster.collection(type).get(`${namespace}/${name}`);
		if (!entry) throw notFound(group, resource, name);
		return sendJson(exchange, 200, scaleObject(entry.object()));
	}
	if ((subresource !== '' && subresource !== 'status') || (namespace !== '' && !type.namespaced))
		throw noSuchResource();
	if (name && type.namespaced && namespace === '') throw noSuchResource();
	return answerResource(exchange, type, path);
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw badRequest(`the path has a percent sign that escapes nothing: ${segment}`);
	}
}

async function route(exchange: Exchange): Promise<void> {
	const { request, service, url, user } = exchange;
	const segments = url.pathname
		.split('/')
		.filter((segment) => segment !== '')
		.map(decode);
	const [first = ''] = segments;
	const path = first === 'api' || first === 'apis' ? readPath(segments) : undefined;
	if (path) return answerObjects(exchange, path);
	if (!mayReadPath(user, url.pathname))
		throw forbiddenPath(user.name, (request.method ?? 'get').toLowerCase(), url.pathname);
	if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
	if (first === 'api' || first === 'apis') return answerDiscovery(exchange, segments);
	if (first === 'version' && segments.length === 1) return sendJson(exchange, 200, versionInfo(service));
	if (['healthz', 'readyz', 'livez'].includes(first)) return sendText(exchange, 200, 'ok');
	if (first === 'openapi' && segments[1] === 'v3') return sendJson(exchange, 200, { paths: {} });
	return sendText(exchange, 404, '404 page not found\n');
}

/** Answers one request. @param upgrade if it asks for another protocol */
export async function answer(
	service: Service,
	request: IncomingMessage,
	response: ServerResponse,
	upgrade?: Upgrade,
): Promise<void> {
	const { behaviour, cluster, clock } = service;
	const url = URL.parse(request.url ?? '/', 'http://demo') ?? new URL('http://demo/');
	// Until it is known who asks, it is nobody.
	const nobody = userNamed('system:anonymous');
	const exchange: Exchange = { service, request, response, url, user: nobody, ...(upgrade && { upgrade }) };
	try {
		if (behaviour.delay > 0) await wait(behaviour.delay, undefined, { ref: false });
		cluster.advance(clock.now());
		if (behaviour.throttled > 0 && service.requests % behaviour.throttled === behaviour.throttled - 1) {
			response.setHeader('Retry-After', 1);
			return await sendText(exchange, 429, 'Too many requests, please try again later.\n');
		}
		const front = behaviour.front?.(url.pathname);
		if (front) return await sendRaw(exchange, front);
		exchange.user = whoAsks(service, request);
		await route(exchange);
	} catch (error) {
		if (response.headersSent) {
			response.destroy();
			return;
		}
		const known =
			error instanceof ApiError
				? error
				: new ApiError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
		await sendError(exchange, known);
	}
}
