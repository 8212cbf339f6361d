/** What the Docker Engine says of itself and of its containers: `/version`, `/containers/json`, `/containers/ID/json`. */
import { damagedAnswer } from '../messages/en/sources.ts';
import { clean } from '../model/clean.ts';
import { parseTime } from '../model/time.ts';
import { WireError } from './answer.ts';
import {
	flagField,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	parseJson,
	textField,
} from './json/fields.ts';

/** A line of `docker ps`. */
export interface DockerContainer {
	id: string;
	/** The first one, without its slash. */
	name: string;
	image: string;
	/** `running`, `paused`, `exited` … */
	state: string;
	/** `Up 3 hours (healthy)` */
	status: string;
	/** ms since 1970. */
	created: number;
	/** `io.kubernetes.container.name` and its like join a container to its pod. */
	labels: Readonly<Record<string, string>>;
}

/** What `docker inspect` knows of a container beside that. */
export interface DockerContainerState {
	id: string;
	name: string;
	image: string;
	state: string;
	/** Of its first process, on this machine; 0 if it does not run. */
	pid: number;
	/** '' for the engine's own: `/docker`, or `system.slice` with the systemd driver. */
	cgroupParent: string;
	/** Bytes, NaN without a limit. */
	memoryLimit: number;
	/** Memory and swap together, bytes; NaN without one, Infinity if swap is unlimited. */
	memorySwapLimit: number;
	/** Nanocores, NaN without a limit. */
	cpuLimit: number;
	restarts: number;
	/** Of this run: false again after a restart. */
	oomKilled: boolean;
	/** ms since 1970, NaN if it was never started. */
	started: number;
}

export interface DockerVersion {
	/** Of the engine: `20.10.24`. */
	version: string;
	apiVersion: string;
	kernel: string;
	/** `linux`, `windows` */
	system: string;
}

/** @throws Error with a sentence if the bytes are no list of containers. */
export function readDockerContainers(bytes: Buffer): DockerContainer[] {
	return readAnswer('docker containers', () =>
		listOf(bytes).map((item) => ({
			id: textField(item, 'Id'),
			name: firstName(item['Names']),
			image: textField(item, 'Image'),
			state: textField(item, 'State'),
			status: textField(item, 'Status'),
			created: numberField(item, 'Created', Number.NaN) * 1000,
			labels: texts(objectField(item, 'Labels')),
		})),
	);
}

/** @throws Error with a sentence if the bytes are no container. */
export function readDockerState(bytes: Buffer): DockerContainerState {
	return readAnswer('docker container', () => {
		const container = parseJson(bytes);
		const state = objectField(container, 'State');
		const limits = objectField(container, 'HostConfig');
		const memorySwap = numberField(limits, 'MemorySwap', 0);
		return {
			id: textField(container, 'Id'),
			name: textField(container, 'Name').replace(/^\//, ''),
			image: textField(objectField(container, 'Config'), 'Image'),
			state: textField(state, 'Status'),
			pid: numberField(state, 'Pid', 0),
			cgroupParent: textField(limits, 'CgroupParent'),
			memoryLimit: positive(numberField(limits, 'Memory', 0)),
			memorySwapLimit: memorySwap === -1 ? Number.POSITIVE_INFINITY : positive(memorySwap),
			cpuLimit: cpuLimit(limits),
			restarts: numberField(container, 'RestartCount', 0),
			oomKilled: flagField(state, 'OOMKilled'),
			started: parseTime(textField(state, 'StartedAt')),
		};
	});
}

/** @throws Error with a sentence if the bytes are no version. */
export function readDockerVersion(bytes: Buffer): DockerVersion {
	return readAnswer('docker version', () => {
		const version = parseJson(bytes);
		return {
			version: textField(version, 'Version'),
			apiVersion: textField(version, 'ApiVersion'),
			kernel: textField(version, 'KernelVersion'),
			system: textField(version, 'Os'),
		};
	});
}

function readAnswer<Result>(what: string, read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		if (error instanceof WireError) {
			throw new Error(damagedAnswer(what, 'JSON', error.message));
		}
		throw error;
	}
}

/** `--cpus` is kept as NanoCpus; `--cpu-quota` of `--cpu-period` says the same in µs. */
function cpuLimit(limits: JsonObject): number {
	const nanocores = numberField(limits, 'NanoCpus', 0);
	if (nanocores > 0) {
		return nanocores;
	}
	const quota = numberField(limits, 'CpuQuota', 0);
	const period = numberField(limits, 'CpuPeriod', 0) || 100_000;
	return quota > 0 ? (quota / period) * 1e9 : Number.NaN;
}

function positive(value: number): number {
	return value > 0 ? value : Number.NaN;
}

/** The list has no object around it, which is all that `parseJson` reads. */
function listOf(bytes: Buffer): JsonObject[] {
	return [...objectsField(parseJson(Buffer.concat([Buffer.from('{"list":'), bytes, Buffer.from('}')])), 'list')];
}

function firstName(names: unknown): string {
	const [first] = Array.isArray(names) ? (names as readonly unknown[]) : [];
	return typeof first === 'string' ? clean(first).replace(/^\//, '') : '';
}

function texts(object: JsonObject): Record<string, string> {
	const result: Record<string, string> = {};
	for (const [name, value] of Object.entries(object)) {
		if (typeof value === 'string') {
			result[clean(name)] = clean(value);
		}
	}
	return result;
}
