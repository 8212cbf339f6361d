/**
 * The Docker Engine that runs on some machines of the demo beside Kubernetes, on a unix socket. It knows its own
 * containers only: pods are containerd's, and no docker command has ever shown those.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { cannotListenOn } from '../../messages/en/demo.ts';
import { DemoError } from '../error.ts';
import { containerName, inspectedContainer, listedContainer } from '../formats/docker/containers.ts';
import { apiVersion, infoAnswer, versionAnswer } from '../formats/docker/engine.ts';
import { type Measured, statsFrame } from '../formats/docker/stats.ts';
import type { Json } from '../formats/json.ts';
import { type Cgroup, walk } from '../model/cgroups.ts';
import { processesOf } from '../model/machine.ts';
import type { NodeModel } from '../model/node.ts';
import { cgroupsOf } from '../server/cgroups.ts';
import type { Service } from '../server/context.ts';

/** The engine reads each container so often, ms. */
const period = 1000;

export class DockerEngine {
	readonly #service: Service;
	readonly #node: NodeModel;
	readonly #server: Server;
	readonly #ended = new AbortController();

	constructor(service: Service, node: NodeModel) {
		this.#service = service;
		this.#node = node;
		this.#server = createServer((request, response) => {
			this.#answer(request, response).catch(() => response.destroy());
		});
		// Whoever waits for it only must be able to end.
		this.#server.unref();
	}

	/** @throws DemoError if there can be no socket at this path */
	async listen(path: string): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(path, resolve);
		}).catch((error: unknown) => {
			throw new DemoError(cannotListenOn(path, error instanceof Error ? error.message : String(error)));
		});
	}

	async close(): Promise<void> {
		this.#ended.abort();
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
			this.#server.closeAllConnections();
		});
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = URL.parse(request.url ?? '/', 'http://docker') ?? new URL('http://docker/');
		const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
		response.setHeader('Api-Version', apiVersion(this.#node));
		response.setHeader('Server', `Docker/${this.#node.docker} (linux)`);
		if (path === '/_ping') {
			response.setHeader('Content-Type', 'text/plain; charset=utf-8');
			response.end(request.method === 'HEAD' ? '' : 'OK');
			return;
		}
		const { clock, cluster } = this.#service;
		cluster.advance(clock.now());
		const root = cgroupsOf(this.#service, this.#node);
		const containers = [...walk(root)].filter(({ kind }) => kind === 'engine');
		switch (path) {
			case '/version':
				return send(response, 200, versionAnswer(this.#node));
			case '/info':
				return send(response, 200, infoAnswer(this.#node, containers.length));
			case '/containers/json':
				return send(
					response,
					200,
					containers.map((group) => listedContainer(group, clock.now())),
				);
			default:
		}
		const [, asked = '', what = ''] = /^\/containers\/([^/]+)\/(json|stats)$/.exec(path) ?? [];
		if (what === '') return send(response, 404, { message: 'page not found' });
		const name = decodeURIComponent(asked);
		const group = containers.find((each) => containerName(each) === name || each.id.startsWith(name));
		if (!group) return send(response, 404, { message: `No such container: ${name}` });
		if (what === 'json') {
			const first = processesOf(root, clock.now()).find((process) => process.group === group);
			return send(response, 200, inspectedContainer(this.#node, group, first?.pid ?? 0));
		}
		return this.#stats(response, root, group, url.searchParams);
	}

	/** The reading that is `back` periods older than the newest one. */
	#readAt(back: number): number {
		return this.#service.clock.now() - back * period;
	}

	async #stats(response: ServerResponse, root: Cgroup, group: Cgroup, query: URLSearchParams): Promise<void> {
		const world = this.#service.cluster.world;
		const measured: Measured = { world, node: this.#node, root, group, name: containerName(group) };
		const isSet = (flag: string, standard: boolean): boolean =>
			query.has(flag) ? !['0', 'false', ''].includes(query.get(flag) ?? '') : standard;
		if (!isSet('stream', true)) {
			const before = isSet('one-shot', false) ? Number.NaN : this.#readAt(1);
			return send(response, 200, statsFrame(measured, this.#readAt(0), before));
		}
		response.setHeader('Content-Type', 'application/json');
		const gone = new AbortController();
		response.once('close', () => gone.abort());
		const signal = AbortSignal.any([gone.signal, this.#ended.signal]);
		// While the clock stands still, the first frame is of the second before, and the others are all of that instant.
		const still = this.#service.clock.frozen;
		for (let count = 0; !signal.aborted; count++) {
			const at = this.#readAt(still && count === 0 ? 1 : 0);
			const frame = statsFrame(measured, at, count === 0 ? Number.NaN : at - period);
			response.write(`${JSON.stringify(frame)}\n`);
			await wait(period, undefined, { signal }).catch(() => {});
		}
		response.end();
	}
}

function send(response: ServerResponse, code: number, value: Json): void {
	const body = Buffer.from(`${JSON.stringify(value)}\n`);
	response.writeHead(code, { 'Content-Type': 'application/json', 'Content-Length': body.length });
	response.end(body);
}
