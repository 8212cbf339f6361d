/** What several faults do to the cluster, each in the words of the real component. */
import { metricsServiceAddress } from '../formats/cluster.ts';
import type { ApiObject, JsonObject } from '../formats/json.ts';
import { part } from '../formats/table.ts';
import type { NodeModel } from '../model/node.ts';
import type { ContainerTemplate, Workload } from '../model/workload.ts';
import type { World } from '../model/world.ts';
import type { Behaviour, RawAnswer } from '../server/behaviour.ts';

const plainText = 'text/plain; charset=utf-8';

/** An answer as Go's `http.Error` writes it. */
export function textAnswer(status: number, body: string): RawAnswer {
	return { status, type: plainText, body, headers: { 'X-Content-Type-Options': 'nosniff' } };
}

/** The aggregator's words while its condition is not True. */
export const serviceUnavailable = textAnswer(503, 'service unavailable\n');

/** The aggregator's words where its condition is True and the connection failed all the same. */
export function unreached(reason: string): RawAnswer {
	return textAnswer(503, `error trying to reach service: ${reason}`);
}

const discovery = `https://${metricsServiceAddress}:443/apis/metrics.k8s.io/v1beta1`;

/** The condition of an APIService whose discovery got no answer, by the error of Go's client. */
export function noDiscovery(error: string): string {
	return `failing or missing response from ${discovery}: Get "${discovery}": ${error}`;
}

export function badDiscovery(status: number): string {
	return `bad status from ${discovery}: ${status}`;
}

/** The APIService is there and not available; discovery of what is behind it worked before (not stale), or does not. */
export function notAvailable(behaviour: Behaviour, reason: string, message: string, stale = false): void {
	behaviour.metricsApi = {
		registered: true,
		state: { available: 'False', reason, message },
		stale,
		answer: serviceUnavailable,
	};
}

export function isMetricsServer({ namespace, name }: { namespace?: string; name: string }): boolean {
	return namespace === 'kube-system' && name === 'metrics-server';
}

/** Changes the one workload that serves the metrics API. */
export function adaptMetricsServer(behaviour: Behaviour, change: (workload: Workload) => Partial<Workload>): void {
	behaviour.adapt.push((workload) => (isMetricsServer(workload) ? { ...workload, ...change(workload) } : workload));
}

/** Changes its container. */
export function adaptContainer(
	behaviour: Behaviour,
	change: (container: ContainerTemplate) => Partial<ContainerTemplate>,
): void {
	adaptMetricsServer(behaviour, ({ containers }) => ({
		containers: containers.map((container) => ({ ...container, ...change(container) })),
	}));
}

/** Changes one kind of object, or takes it away. */
export function editObjects(
	behaviour: Behaviour,
	resource: string,
	change: (object: ApiObject, world: World) => ApiObject | null,
): void {
	behaviour.edits.push((kind, object, world) => (kind === resource ? change(object, world) : object));
}

/** Changes the spec of one object. */
export function editSpec(
	behaviour: Behaviour,
	resource: string,
	matches: (object: ApiObject) => boolean,
	change: (spec: JsonObject) => JsonObject,
): void {
	editObjects(behaviour, resource, (object) =>
		matches(object) ? { ...object, spec: change(part(object['spec'])) } : object,
	);
}

/** Takes one object away. */
export function removeObject(behaviour: Behaviour, resource: string, name: string): void {
	editObjects(behaviour, resource, (object) => (object.metadata.name === name ? null : object));
}

/** Leaves nothing behind the Service of metrics-server. */
export function withoutEndpoints(behaviour: Behaviour): void {
	const own = ({ metadata }: ApiObject): boolean => /^metrics-server(?:-|$)/.test(metadata.name);
	editObjects(behaviour, 'endpointslices', (object) =>
		own(object) ? { ...object, endpoints: [], ports: null } : object,
	);
	editObjects(behaviour, 'endpoints', (object) => (own(object) ? { metadata: object.metadata } : object));
}

export const isMetricsApiService = ({ metadata }: ApiObject): boolean => metadata.name.endsWith('.metrics.k8s.io');

/** One of the workers, always the same one. */
export function brokenNode({ nodes }: Pick<World, 'nodes'>): NodeModel | undefined {
	const workers = nodes.filter((node) => node.role === 'worker');
	return workers[Math.min(2, workers.length - 1)];
}

const resolution = 15_000;

/** Lines of klog, the newest last, one for each scrape of the last minutes. @param text what follows the head */
export function klog(
	now: number,
	level: 'I' | 'W' | 'E' | 'F',
	source: string,
	texts: readonly string[],
	times = 1,
): string[] {
	const lines: string[] = [];
	for (let back = times - 1; back >= 0; back--) {
		const time = now - (now % resolution) + 600 - back * resolution - (times === 1 ? resolution : 0);
		const [, month = '', day = '', clock = ''] =
			/^\d+-(\d+)-(\d+)T([\d:.]+)Z$/.exec(new Date(time).toISOString()) ?? [];
		for (const text of texts) lines.push(`${level}${month}${day} ${clock}000       1 ${source}] ${text}`);
	}
	return lines;
}

/** What metrics-server of 0.9 writes when it starts and all is well. */
export function startLines(now: number, port = 10_250): string[] {
	return [
		...klog(now, 'I', 'serving.go:405', ['Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)']),
		...klog(now, 'I', 'handler.go:304', ['Adding GroupVersion metrics.k8s.io v1beta1 to ResourceManager']),
		...klog(now, 'I', 'secure_serving.go:214', [`Serving securely on [::]:${port}`]),
	];
}
