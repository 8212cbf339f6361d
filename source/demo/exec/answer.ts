/** Starts programs in containers, as an API server, a kubelet and containerd do it together: over a websocket. */
import { type WebSocket, WebSocketServer } from 'ws';
import type { JsonObject } from '../formats/json.ts';
import { type Cgroup, walk } from '../model/cgroups.ts';
import type { PodLife } from '../model/life.ts';
import { hexadecimal, mixText } from '../model/random.ts';
import type { Slot } from '../model/world.ts';
import { cgroupsOf } from '../server/cgroups.ts';
import type { Exchange, Service } from '../server/context.ts';
import type { ResourcePath } from '../server/path.ts';
import { ApiError, badRequest, forbidden, notFound } from '../server/status.ts';
import { isAllowed } from '../server/users.ts';
import { containerView, pidOfProgram } from './container-view.ts';
import { type Ended, hasProgram, noSuchProgram, runCat } from './programs.ts';

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const channels = { stdout: 1, stderr: 2, status: 3 } as const;

const sockets = new WebSocketServer({
	noServer: true,
	handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
});

/**
 * Answers what is asked of `pods/exec`.
 * @throws ApiError for whatever the API server itself refuses
 */
export async function answerExec(exchange: Exchange, { name, namespace }: ResourcePath): Promise<void> {
	const { request, response, service, upgrade, url, user } = exchange;
	// Reading opens the websocket, and yet a program is started.
	const create = { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace, name };
	if (!isAllowed(user, create)) throw forbidden(user.name, create);
	const pod = findPod(service, namespace, name);
	if (!pod) throw notFound('', 'pods', name);
	const container = containerName(pod, url.searchParams.get('container') ?? '');
	if (!pod.slot.node) throw badRequest(`pod ${name} does not have a host assigned`);
	if (request.headers.upgrade?.toLowerCase() !== 'websocket' || !upgrade) throw badRequest('Upgrade request required');
	service.requests++;
	const command = url.searchParams.getAll('command');
	response.detachSocket(upgrade.socket);
	sockets.handleUpgrade(request, upgrade.socket, upgrade.head, (socket) => {
		socket.on('error', () => {});
		run(socket, service, pod.slot, container, command);
	});
}

function findPod({ cluster }: Service, namespace: string, name: string): PodLife | undefined {
	for (const slot of cluster.world.slots) {
		if (slot.workload.namespace !== namespace) continue;
		const pod = cluster.podOf(slot);
		if (pod?.name === name) return pod;
	}
	return undefined;
}

/** The one that is named, or the only one. */
function containerName({ name, slot }: PodLife, asked: string): string {
	const { containers } = slot.workload;
	const names = (init: boolean): string[] =>
		containers.filter(({ kind }) => (kind !== 'app') === init).map((template) => template.name);
	if (asked !== '') {
		if (!containers.some((template) => template.name === asked))
			throw badRequest(`container ${asked} is not valid for pod ${name}`);
		return asked;
	}
	const [only, ...others] = names(false);
	if (only !== undefined && others.length === 0) return only;
	const first = names(true).length === 0 ? '' : ` or one of the init containers: [${names(true).join(' ')}]`;
	throw badRequest(
		`a container name must be specified for pod ${name}, choose one of: [${names(false).join(' ')}]${first}`,
	);
}

/** From here on whatever goes wrong is told by the status, and the connection has been opened. */
function run(socket: WebSocket, service: Service, slot: Slot, container: string, command: readonly string[]): void {
	const send = (channel: number, text: string): void => {
		if (text !== '' || channel === channels.stdout) socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
	};
	// An empty message says that the connection is there.
	send(channels.stdout, '');
	const { stderr, stdout, status } = outcomeOf(service, slot, container, command);
	send(channels.stdout, stdout);
	send(channels.stderr, stderr);
	send(channels.status, JSON.stringify({ metadata: {}, ...status }));
	socket.close(1000);
}

interface Outcome {
	stdout: string;
	stderr: string;
	/** What the last message says. */
	status: JsonObject;
}

function outcomeOf(service: Service, slot: Slot, name: string, command: readonly string[]): Outcome {
	const [program = '', ...words] = command;
	const { cluster, clock, requests } = service;
	const { node } = slot;
	if (!node || node.role === 'virtual')
		return failed(`error dialing backend: dial tcp ${node?.address ?? ''}:10250: connect: connection refused`);
	const root = cgroupsOf(service, node);
	const group = containerGroup(root, slot, name);
	if (!group) return failed(`unable to upgrade connection: container not found ("${name}")`);
	if (!hasProgram(program, group.template?.bare === true)) {
		const why = noSuchProgram(program, hexadecimal(mixText(requests, program), 64));
		// The kubelet has said it once already, and the API server says it of what the kubelet said.
		return failed(`Internal error occurred: error executing command in container: ${why}`);
	}
	const now = clock.now();
	const pid = pidOfProgram(group.pages(now).processes.length, requests);
	return statusOf(runCat(words, containerView(cluster.world, node, root, group, now, [pid])));
}

/** Of one that runs. */
function containerGroup(root: Cgroup, slot: Slot, name: string): Cgroup | undefined {
	for (const group of walk(root)) {
		if (group.pod?.slot === slot && group.template?.name === name) return group;
	}
	return undefined;
}

function failed(message: string): Outcome {
	const error = new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
	const { message: said, reason, status, details, code } = error.toStatus();
	return { stdout: '', stderr: '', status: { status, message: said, reason, details, code } };
}

function statusOf({ exitCode, stderr, stdout }: Ended): Outcome {
	if (exitCode === 0) return { stdout, stderr, status: { status: 'Success' } };
	return {
		stdout,
		stderr,
		status: {
			status: 'Failure',
			message: `command terminated with non-zero exit code: command terminated with exit code ${exitCode}`,
			reason: 'NonZeroExitCode',
			details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
		},
	};
}
