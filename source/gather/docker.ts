/** What the Docker Engine knows of its containers, in readings for their ledgers. */
import type { DockerClient } from '../host/docker/client.ts';
import { DockerError } from '../host/docker/errors.ts';
import { dockerAnswer } from '../messages/en/docker.ts';
import { clean } from '../model/clean.ts';
import { type Reading, Readings, type Versions } from '../model/reading.ts';
import { type DockerFrame, readDockerFrame } from '../sources/docker.ts';
import {
	type DockerContainer,
	type DockerContainerState,
	readDockerContainers,
	readDockerState,
	readDockerVersion,
} from '../sources/docker-containers.ts';

export interface DockerMeasurement {
	container: DockerContainerState;
	/** The second of two samples, with docker's own `cpuRate` between them. */
	readings: Readings;
	/** The first: its CPU counters are what the rate began with. */
	previous: Readings;
	versions: Versions;
}

interface Asked {
	signal?: AbortSignal;
}

/** What is asked of the engine at the same time. */
const inspectionsAtOnce = 8;

/** The containers that run, with process and cgroup of each. One that ends meanwhile is left out. */
export async function listDockerContainers(
	client: DockerClient,
	asked: Asked = {},
): Promise<(DockerContainer & DockerContainerState)[]> {
	const waiting = understood(client, readDockerContainers)(await client.containers(asked)).entries();
	const found: (DockerContainer & DockerContainerState)[] = [];
	const inspect = async (): Promise<void> => {
		for (const [index, container] of waiting) {
			try {
				found[index] = {
					...container,
					...understood(client, readDockerState)(await client.inspect(container.id, asked)),
				};
			} catch (error) {
				if (!(error instanceof DockerError && error.kind === 'not-found')) {
					throw error;
				}
			}
		}
	};
	await Promise.all(Array.from({ length: inspectionsAtOnce }, inspect));
	return found.filter((container) => container !== undefined && container.pid !== 0);
}

/**
 * Two samples of one container, about a second apart, as `docker stats` takes them.
 *
 * @param nameOrId Name, id or the beginning of an id.
 * @param beside Called with each of the two, for what is to be read at the same moment.
 * @throws DockerError `not-found`, `not-running` …, or the signal's reason.
 */
export async function readDockerContainer(
	client: DockerClient,
	nameOrId: string,
	asked: Asked = {},
	beside: (container: DockerContainerState) => Promise<void> = async () => {},
): Promise<DockerMeasurement> {
	const [version, container] = await Promise.all([
		client.version(asked).then(understood(client, readDockerVersion)),
		client.inspect(nameOrId, asked).then(understood(client, readDockerState)),
	]);
	if (container.pid === 0) {
		throw notRunning(nameOrId, container.state);
	}
	let first: DockerFrame | null = null;
	// By id: the name may be given to another container meanwhile.
	for await (const bytes of client.stats(container.id, asked)) {
		const frame = understood(client, readDockerFrame)(bytes);
		if (Number.isNaN(frame.at)) {
			throw notRunning(nameOrId, 'exited');
		}
		await beside(container);
		if (first === null) {
			first = frame;
			continue;
		}
		return {
			container,
			readings: new Readings(withLimits(container, frame)),
			previous: new Readings(first.readings),
			versions: {
				cgroup: frame.cgroup,
				kubelet: '',
				runtime: `docker://${version.version}`,
				docker: version.version,
				kernel: version.kernel,
				multiGenerationalLru: null,
			},
		};
	}
	throw new DockerError('not-running', dockerAnswer.ended(clean(nameOrId)));
}

/** What cannot be read is the engine's failure, like any other of it. */
function understood<Result>({ endpoint }: DockerClient, read: (bytes: Buffer) => Result): (bytes: Buffer) => Result {
	return (bytes) => {
		try {
			return read(bytes);
		} catch {
			throw new DockerError('protocol', dockerAnswer.unreadable(endpoint.address));
		}
	};
}

function notRunning(nameOrId: string, state: string): DockerError {
	return new DockerError('not-running', dockerAnswer.notRunning(clean(nameOrId), state));
}

/** A CPU limit is in no frame. That of memory is; but without one it is the memory of the machine, which is no limit. */
function withLimits(container: DockerContainerState, { at, readings }: DockerFrame): Reading[] {
	const reading = (quantity: 'cpuLimit' | 'memoryLimit', value: number, field: string): Reading => ({
		quantity,
		value,
		source: 'docker',
		field,
		at,
		window: Number.NaN,
	});
	return [
		...readings.map((one) =>
			one.quantity === 'memoryLimit' && Number.isNaN(container.memoryLimit)
				? { ...one, quantity: 'memTotal' as const }
				: one,
		),
		...(Number.isNaN(container.memoryLimit) ? [reading('memoryLimit', Number.NaN, 'HostConfig.Memory')] : []),
		...(Number.isNaN(container.cpuLimit) ? [] : [reading('cpuLimit', container.cpuLimit, 'HostConfig.NanoCpus')]),
	];
}
