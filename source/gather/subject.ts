/** What is read for each kind of subject before its ledger is made, and what could not be read. */

import { findContainerCgroup, findPodCgroup } from '../host/cgroup/find.ts';
import { findCgroupMounts } from '../host/cgroup/mounts.ts';
import { DockerClient } from '../host/docker/client.ts';
import { dockerEndpoint } from '../host/docker/endpoint.ts';
import type { KubeClient } from '../kube/client.ts';
import { KubeError } from '../kube/errors.ts';
import { explainText } from '../messages/en/explain.ts';
import type { LedgerKind } from '../model/ledger.ts';
import { type Reading, Readings, type Versions } from '../model/reading.ts';
import type { Subject } from '../model/subject.ts';
import { type CadvisorWanted, readCadvisor } from './cadvisor.ts';
import { type CgroupAnswer, readCgroup } from './cgroup.ts';
import { readDockerContainer } from './docker.ts';
import { joinInsides } from './exec/pod.ts';
import { type ExecAnswer, readByExec } from './exec.ts';
import { readHost } from './host.ts';
import { type connectKubelet, kubeletAt } from './kubelet.ts';
import { readNode } from './node.ts';
import { readPodsOfNode } from './node-pods.ts';
import { containerOf, type PodReadings, readPod } from './pod.ts';
import { readOneProcess } from './process.ts';
import { joinSecondSample, type SecondSample, secondSample } from './second-sample.ts';

/** All that a ledger is made of. */
export interface Gathered {
	kind: LedgerKind;
	readings: Readings;
	/** The same a moment before, where rates have to be made of counters. */
	previous?: Readings;
	versions: Versions;
	/** What could not be read, and why: a sentence each. */
	problems: readonly string[];
}

export interface GatherOptions {
	/** Where this machine's files begin. */
	root: string;
	environment: NodeJS.ProcessEnv;
	/** Makes the connection to the cluster; called only for subjects of a cluster. */
	connect: () => Promise<KubeClient>;
	/** A kubelet to be asked directly; '' to go through the API server. */
	kubelet: string;
	connectKubelet: (address: string) => ReturnType<typeof connectKubelet>;
	/** The address of a cAdvisor that runs by itself, on the machine of the subject; '' if there is none. */
	cadvisor?: string;
	/** Start a shell or cat in a container that is asked for, to read its files from inside. Only where the user says so. */
	exec?: boolean;
}

/** There is no such thing: said as it is. */
export class NotFound extends Error {}

/** Between two readings of a counter, ms: long against its ticks, short against patience. */
const between = 1_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @throws NotFound, and the errors of the connection or the engine, which are sentences */
export async function gatherSubject(subject: Subject, options: GatherOptions): Promise<Gathered> {
	switch (subject.kind) {
		case 'host':
			return withCadvisor(await local('host', () => readHost({ root: options.root })), { kind: 'machine' }, options);
		case 'cgroup':
			return withCadvisor(
				await local(
					'cgroup',
					() => readCgroup(subject.path, { root: options.root }),
					explainText.noCgroup(subject.path),
				),
				{ kind: 'cgroup', path: subject.path },
				options,
			);
		case 'process':
			return process(subject.pid, options.root);
		case 'docker':
			return docker(subject.name, options);
		case 'pod':
			return pod(subject.namespace, subject.name, options);
		case 'container':
			return container(subject.namespace, subject.pod, subject.container, options);
		case 'node':
			return node(subject.name, options);
		default:
			throw new NotFound(explainText.notBySelf(subject.kind));
	}
}

/** What went wrong, each thing once: several sources may share one reason. */
function sentences(problems: readonly { sentence: string }[]): string[] {
	return [...new Set(problems.map(({ sentence }) => sentence))];
}

/** Reads twice, so that counters give rates. */
async function local(kind: LedgerKind, read: () => Promise<CgroupAnswer>, otherwise = ''): Promise<Gathered> {
	const before = await read();
	if (!before.exists && otherwise !== '') {
		throw new NotFound(otherwise);
	}
	await pause(between);
	const now = await read();
	return {
		kind,
		readings: new Readings(now.readings),
		previous: new Readings(before.readings),
		versions: now.versions,
		problems: unread(now),
	};
}

async function process(pid: number, root: string): Promise<Gathered> {
	const before = await readOneProcess(pid, { root });
	if (!before.exists) {
		throw new NotFound(explainText.noProcess(pid));
	}
	await pause(between);
	const now = await readOneProcess(pid, { root });
	return {
		kind: 'process',
		readings: new Readings(now.readings),
		previous: new Readings(before.readings),
		versions: now.versions,
		problems: now.cgroup === '' ? [] : [explainText.chargedTo(pid, now.cgroup)],
	};
}

async function docker(name: string, options: GatherOptions): Promise<Gathered> {
	const { environment, root } = options;
	const endpoint = dockerEndpoint(environment);
	const measured = await readDockerContainer(new DockerClient(endpoint), name);
	const gathered: Gathered = { kind: 'container', ...measured, problems: [] };
	// An engine behind a socket of this machine keeps its containers' cgroups here.
	const { id } = measured.container;
	const here = endpoint.kind === 'unix' ? await withCgroup(gathered, id, root) : gathered;
	return withCadvisor(here, { kind: 'container', id }, options);
}

/** Adds what a cAdvisor on the subject's machine says, if one is named. */
async function withCadvisor(
	gathered: Gathered,
	wanted: CadvisorWanted,
	{ cadvisor = '' }: GatherOptions,
): Promise<Gathered> {
	if (cadvisor === '') {
		return gathered;
	}
	const { cgroup, problems, readings } = await readCadvisor(cadvisor, wanted);
	return {
		...gathered,
		readings: gathered.readings.with(readings),
		versions: { ...gathered.versions, cgroup: gathered.versions.cgroup || cgroup },
		problems: [...gathered.problems, ...problems],
	};
}

/** Adds what this machine's files say of a container, if it runs here. */
async function withCgroup(gathered: Gathered, containerId: string, root: string): Promise<Gathered> {
	const mounts = await findCgroupMounts(root);
	const path = containerId === '' ? undefined : await findContainerCgroup(mounts, containerId);
	return path === undefined ? gathered : joined(gathered, () => readCgroup(path, { root, mounts }));
}

/** Reads twice, so that counters give rates; the second time counts. */
async function joined(gathered: Gathered, read: () => Promise<CgroupAnswer>): Promise<Gathered> {
	const before = await read();
	await pause(between);
	const here = await read();
	return withFiles(gathered, { ...here, previous: before.readings }, unread(here));
}

interface FilesRead {
	readings: readonly Reading[];
	previous: readonly Reading[];
	versions: Versions | undefined;
}

/** What the kernel's own files say goes before what others say of them. */
function withFiles(
	gathered: Gathered,
	{ readings, previous, versions }: FilesRead,
	problems: readonly string[],
): Gathered {
	const known = gathered.versions;
	const { cgroup, kernel, multiGenerationalLru } = versions ?? known;
	return {
		...gathered,
		readings: gathered.readings.with(readings),
		previous: (gathered.previous ?? new Readings([])).with(previous),
		versions: { ...known, cgroup: cgroup || known.cgroup, kernel: kernel || known.kernel, multiGenerationalLru },
		problems: [...gathered.problems, ...problems],
	};
}

function unread(answer: CgroupAnswer): string[] {
	return answer.missing
		.filter(({ why }) => why !== 'no-file')
		.map(({ file, why }) => explainText.fileUnread(file, why));
}

async function readOptions(options: GatherOptions) {
	if (options.kubelet === '') {
		return {};
	}
	const client = await options.connectKubelet(options.kubelet);
	return { kubelet: kubeletAt(client, '') };
}

async function pod(namespace: string, name: string, options: GatherOptions): Promise<Gathered> {
	const client = await options.connect();
	const asked = await readOptions(options);
	const found = await readPod(client, namespace, name, asked);
	const second = secondSample(
		found.readings,
		async (ask) => (await readPod(client, namespace, name, { ...asked, asks: [ask] })).readings,
		() => client.serverTime(),
	);
	const containers = new Map(found.containers.map(({ subject }) => [subject.container, subject.id]));
	const gathered = await withCadvisor(
		{ kind: 'pod', readings: found.readings, versions: found.versions, problems: sentences(found.problems) },
		{ kind: 'pod', uid: found.subject.uid, containers },
		options,
	);
	if (options.exec === true) {
		return withSecond(await insidePod(gathered, client, found), await second);
	}
	const mounts = await findCgroupMounts(options.root);
	const path = found.subject.uid === '' ? undefined : await findPodCgroup(mounts, found.subject.uid);
	return withSecond(
		path === undefined ? gathered : await joined(gathered, () => readCgroup(path, { root: options.root, mounts })),
		await second,
	);
}

/** Adds the newer counters of a kubelet, or why there are none. */
function withSecond(gathered: Gathered, second: SecondSample): Gathered {
	const { previous, readings } = joinSecondSample(gathered.readings, second);
	return {
		...gathered,
		readings,
		previous: (gathered.previous ?? new Readings([])).with(previous),
		problems: second.problem === '' ? gathered.problems : [...gathered.problems, second.problem],
	};
}

async function container(namespace: string, podName: string, name: string, options: GatherOptions): Promise<Gathered> {
	const client = await options.connect();
	const asked = await readOptions(options);
	const found = await readPod(client, namespace, podName, asked);
	const wanted = containerOf(found, name);
	if (wanted === undefined) {
		const names = found.containers.map(({ subject }) => subject.container);
		throw new NotFound(explainText.noContainer(podName, name, names));
	}
	const second = secondSample(
		wanted.readings,
		async (ask) => {
			const again = await readPod(client, namespace, podName, { ...asked, asks: [ask] });
			return containerOf(again, name)?.readings ?? new Readings([]);
		},
		() => client.serverTime(),
	);
	const gathered = await withCadvisor(
		{ kind: 'container', readings: wanted.readings, versions: found.versions, problems: sentences(found.problems) },
		{ kind: 'container', id: wanted.subject.id },
		options,
	);
	const whole =
		options.exec === true
			? withInside(gathered, await readByExec(client, { namespace, pod: podName, container: name }))
			: await withCgroup(gathered, wanted.subject.id, options.root);
	return withSecond(whole, await second);
}

/** Adds what was read inside a container. */
function withInside(gathered: Gathered, inside: ExecAnswer): Gathered {
	return withFiles(gathered, inside, [...sentences(inside.problems), ...unread(inside)]);
}

/** Adds what was read inside the containers of a pod that run: each one's cgroup, and the processes of all together. */
async function insidePod(gathered: Gathered, client: KubeClient, found: PodReadings): Promise<Gathered> {
	const running = found.containers.filter(({ startedAt }) => !Number.isNaN(startedAt)).map(({ subject }) => subject);
	const insides = await Promise.all(
		running.map(async (subject) => ({ container: subject.container, inside: await readByExec(client, subject) })),
	);
	const inside = joinInsides(insides);
	return withFiles(gathered, inside, inside.problems);
}

async function node(name: string, options: GatherOptions): Promise<Gathered> {
	const client = await options.connect();
	const asked = await readOptions(options);
	const [found, pods] = await Promise.all([
		readNode(client, name, asked),
		readPodsOfNode(client, name).catch((error: unknown) =>
			error instanceof KubeError ? error : Promise.reject(error),
		),
	]);
	if (found.record === null && found.readings.all.length === 0) {
		throw new NotFound(found.problems[0]?.sentence ?? explainText.noNode(name));
	}
	const unlisted = pods instanceof KubeError ? [explainText.podsUnread(pods.message)] : [];
	const gathered: Gathered = {
		kind: 'node',
		readings: pods instanceof KubeError ? found.readings : found.readings.with(pods),
		versions: found.versions,
		problems: [...sentences(found.problems), ...unlisted],
	};
	const second = secondSample(
		whole(found.readings),
		async (ask) => whole((await readNode(client, name, { ...asked, asks: [ask] })).readings),
		() => client.serverTime(),
	);
	return withSecond(await withCadvisor(gathered, { kind: 'machine' }, options), await second);
}

/** Without its pods and groups, whose rates no row of a node's ledger has. */
function whole(readings: Readings): Readings {
	return new Readings(readings.all.filter(({ part }) => part === undefined));
}
