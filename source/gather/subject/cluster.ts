/** Subjects of a cluster. */
import { findPodCgroup } from '../../host/cgroup/find.ts';
import { findCgroupMounts } from '../../host/cgroup/mounts.ts';
import { bootId } from '../../host/kernel.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { ownShare } from '../../messages/en/exec.ts';
import { explainText } from '../../messages/en/explain.ts';
import { Readings } from '../../model/reading.ts';
import { readCgroup } from '../cgroup.ts';
import { joinInsides } from '../exec/pod.ts';
import { type ExecAnswer, readByExec } from '../exec.ts';
import { readHost } from '../host.ts';
import { kubeletAt } from '../kubelet.ts';
import { readNode } from '../node.ts';
import { readPodsOfNode } from '../node-pods.ts';
import { containerOf, type PodReadings, readPod } from '../pod.ts';
import { joinSecondSample, type SecondSample, secondSample } from '../second-sample.ts';
import { sentences } from '../sentences.ts';
import { joined, withCgroup } from './files.ts';
import {
	type Gathered,
	type GatherOptions,
	type Machine,
	NotFound,
	unread,
	withCadvisor,
	withFiles,
} from './gathered.ts';

export async function gatherPod(namespace: string, name: string, options: GatherOptions): Promise<Gathered> {
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
	const machine = await options.machine(found.node);
	return withSecond(
		machine === undefined ? gathered : await withPodCgroup(gathered, found.subject.uid, machine),
		await second,
	);
}

/** Adds what this machine's files say of a pod, if it runs here. */
async function withPodCgroup(gathered: Gathered, uid: string, machine: Machine): Promise<Gathered> {
	const { root } = machine;
	const mounts = await findCgroupMounts(root);
	const path = uid === '' ? undefined : await findPodCgroup(mounts, uid);
	return path === undefined ? gathered : joined(gathered, machine, () => readCgroup(path, { root, mounts }));
}

export async function gatherContainer(
	namespace: string,
	podName: string,
	name: string,
	options: GatherOptions,
): Promise<Gathered> {
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
	if (options.exec === true) {
		const inside = await readByExec(client, { namespace, pod: podName, container: name });
		return withSecond(withInside(gathered, inside), await second);
	}
	const machine = await options.machine(found.node);
	const here = machine === undefined ? gathered : await withCgroup(gathered, wanted.subject.id, machine);
	return withSecond(here, await second);
}

export async function gatherNode(name: string, options: GatherOptions): Promise<Gathered> {
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
	const told = await withCadvisor(gathered, { kind: 'machine' }, options);
	const machine = await options.machine(name);
	// Names and addresses are given twice; this is not, so what is read here is the node's.
	const same = machine !== undefined && found.bootId !== '' && (await bootId(machine.root)) === found.bootId;
	return withSecond(same ? await joined(told, machine, () => readHost({ root: machine.root })) : told, await second);
}

async function readOptions(options: GatherOptions) {
	if (options.kubelet === '') {
		return {};
	}
	const client = await options.connectKubelet(options.kubelet);
	return { kubelet: kubeletAt(client, '') };
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

/** Adds what was read inside a container. */
function withInside(gathered: Gathered, inside: ExecAnswer): Gathered {
	return withOwnShare(withFiles(gathered, inside, [...sentences(inside.problems), ...unread(inside)]), inside.exists);
}

function withOwnShare(gathered: Gathered, read: boolean): Gathered {
	return read ? { ...gathered, notes: [...(gathered.notes ?? []), ownShare] } : gathered;
}

/** Adds what was read inside the containers of a pod that run: each one's cgroup, and the processes of all together. */
async function insidePod(gathered: Gathered, client: KubeClient, found: PodReadings): Promise<Gathered> {
	const running = found.containers.filter(({ startedAt }) => !Number.isNaN(startedAt)).map(({ subject }) => subject);
	const insides = await Promise.all(
		running.map(async (subject) => ({ container: subject.container, inside: await readByExec(client, subject) })),
	);
	const inside = joinInsides(insides);
	return withOwnShare(withFiles(gathered, inside, inside.problems), inside.readings.length > 0);
}

/** Without its pods and groups, whose rates no row of a node's ledger has. */
function whole(readings: Readings): Readings {
	return new Readings(readings.all.filter(({ part }) => part === undefined));
}
