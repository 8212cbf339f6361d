/** Reads one subject of a cluster: the API server, the metrics API, the kubelet of its node alone, and the machine if it runs there. */
import { joinInsides } from '../../gather/exec/pod.ts';
import { type ExecAnswer, readByExec } from '../../gather/exec.ts';
import { readNode } from '../../gather/node.ts';
import { readPod } from '../../gather/pod.ts';
import { sentences, unreadFiles } from '../../gather/sentences.ts';
import type { Machine } from '../../gather/subject.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { MetricsVersion } from '../../kube/discovery.ts';
import { KubeError } from '../../kube/errors.ts';
import { depthText } from '../../messages/en/ledger-screen.ts';
import type { Reading, Versions } from '../../model/reading.ts';
import type { ContainerSubject, NodeSubject, PodSubject } from '../../model/subject.ts';
import type { FindMachine } from '../machines.ts';
import type { Subject } from '../messages.ts';
import { readerOfContainer, readerOfNode, readerOfPod } from './here.ts';
import { type DepthReader, type FarPart, Gone, type NearPart, type NearReader, type Target } from './reader.ts';

export interface ClusterReaderOptions {
	client: KubeClient;
	/** Asked once for a subject that is looked at, and for no other. */
	findMachine: FindMachine;
	/** Names by uid; null if it is gone. */
	target: (subject: Subject) => NodeSubject | PodSubject | ContainerSubject | null;
	/** As the polls have found it; '' while they have not. */
	metricsVersion: () => string;
	/** What is known of a node's pods anyway. */
	podsOfNode: (node: string) => readonly Reading[];
}

const notFound = 404;

export class ClusterReader implements DepthReader {
	readonly #options: ClusterReaderOptions;

	constructor(options: ClusterReaderOptions) {
		this.#options = options;
	}

	target(subject: Subject): Target | null {
		const found = this.#options.target(subject);
		return found === null ? null : { subject: found, kind: found.kind };
	}

	async readFar({ subject }: Target, signal: AbortSignal): Promise<FarPart> {
		try {
			switch (subject.kind) {
				case 'node':
					return await this.#readNode(subject.name, signal);
				case 'pod':
					return await this.#readPod(subject, signal);
				case 'container':
					return await this.#readContainer(subject, signal);
				default:
					throw new Gone();
			}
		} catch (error) {
			throw error instanceof KubeError && error.status === notFound ? new Gone() : error;
		}
	}

	async findNear({ subject }: Target, far: FarPart): Promise<NearReader | undefined> {
		try {
			const machine = await this.#options.findMachine(far.node);
			const read = machine === undefined ? undefined : await readerOn(machine, subject, far);
			return read === undefined ? undefined : upToDate(read, machine);
		} catch (error) {
			return async () => ofProblem(error);
		}
	}

	async readInside({ subject }: Target, signal: AbortSignal): Promise<NearPart> {
		const { client } = this.#options;
		switch (subject.kind) {
			case 'container':
				return ofInside(await readByExec(client, subject, { signal }));
			case 'pod': {
				const { containers } = await readPod(client, subject.namespace, subject.name, { signal, asks: [] });
				const running = containers.filter(({ startedAt }) => !Number.isNaN(startedAt));
				const insides = running.map(async ({ subject: one }) => ({
					container: one.container,
					inside: await readByExec(client, one, { signal }),
				}));
				const { previous, problems, readings, versions } = joinInsides(await Promise.all(insides));
				return { readings, previous, problems, versions: knownInside(versions) };
			}
			default:
				return { readings: [], previous: [], versions: {}, problems: [depthText.noInside] };
		}
	}

	now(): number {
		return this.#options.client.serverTime();
	}

	#asked(signal: AbortSignal) {
		const version = this.#options.metricsVersion();
		return { signal, ...(isVersion(version) && { metricsVersion: version }) };
	}

	async #readNode(name: string, signal: AbortSignal): Promise<FarPart> {
		const { client, podsOfNode } = this.#options;
		const { bootId, problems, readings, versions } = await readNode(client, name, this.#asked(signal));
		return {
			readings: [...readings.all, ...podsOfNode(name)],
			versions,
			problems: sentences(problems),
			key: bootId,
			node: name,
		};
	}

	async #readPod({ name, namespace }: PodSubject, signal: AbortSignal): Promise<FarPart> {
		const pod = await readPod(this.#options.client, namespace, name, this.#asked(signal));
		const { node, problems, readings, subject, versions } = pod;
		return { readings: readings.all, versions, problems: sentences(problems), key: subject.uid, node };
	}

	async #readContainer({ container, namespace, pod }: ContainerSubject, signal: AbortSignal): Promise<FarPart> {
		const { client } = this.#options;
		const { containers, node, problems, versions } = await readPod(client, namespace, pod, this.#asked(signal));
		const found = containers.find(({ subject }) => subject.container === container);
		if (found === undefined) {
			throw new Gone();
		}
		return { readings: found.readings.all, versions, problems: sentences(problems), key: found.subject.id, node };
	}
}

function readerOn(machine: Machine, subject: Target['subject'], far: FarPart): Promise<NearReader | undefined> {
	const { environment, root } = machine;
	switch (subject.kind) {
		case 'node':
			return readerOfNode(far.key, root);
		case 'pod':
			return readerOfPod(far.key, root);
		case 'container':
			return readerOfContainer(far.key, root, far.versions.runtime.startsWith('docker:') ? environment : null);
		default:
			return Promise.resolve(undefined);
	}
}

/** Files that somebody writes are written anew before each reading. */
function upToDate(read: NearReader, machine: Machine | undefined): NearReader {
	const refresh = machine?.refresh;
	return refresh === undefined
		? read
		: async (signal) => {
				try {
					await refresh();
				} catch (error) {
					return ofProblem(error);
				}
				return read(signal);
			};
}

function ofProblem(error: unknown): NearPart {
	return {
		readings: [],
		previous: [],
		versions: {},
		problems: [error instanceof Error ? error.message : String(error)],
	};
}

function ofInside({ missing, previous, problems, readings, versions }: ExecAnswer): NearPart {
	return {
		readings,
		previous,
		problems: [...sentences(problems), ...unreadFiles(missing)],
		versions: knownInside(versions),
	};
}

/** What a container sees of the machine; of the runtime and the kubelet it knows nothing. */
function knownInside(versions: Versions | undefined): Partial<Versions> {
	if (versions === undefined) {
		return {};
	}
	const { cgroup, kernel, multiGenerationalLru } = versions;
	return { ...(cgroup !== '' && { cgroup }), ...(kernel !== '' && { kernel }), multiGenerationalLru };
}

function isVersion(text: string): text is MetricsVersion {
	return text === 'v1' || text === 'v1beta1';
}
