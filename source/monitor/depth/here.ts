/** What a machine tells of a subject that runs on it: its cgroup, its processes, and Docker if Docker runs it. */
import { type CgroupAnswer, readCgroup } from '../../gather/cgroup.ts';
import { readDockerContainer } from '../../gather/docker.ts';
import { readHost } from '../../gather/host.ts';
import { unreadFiles } from '../../gather/sentences.ts';
import { findContainerCgroup, findPodCgroup } from '../../host/cgroup/find.ts';
import { findCgroupMounts } from '../../host/cgroup/mounts.ts';
import { DockerClient } from '../../host/docker/client.ts';
import { dockerEndpoint } from '../../host/docker/endpoint.ts';
import { bootId } from '../../host/kernel.ts';
import type { NearPart, NearReader } from './reader.ts';

export async function readerOfPod(uid: string, root: string): Promise<NearReader | undefined> {
	const mounts = await findCgroupMounts(root);
	const path = await findPodCgroup(mounts, uid);
	return path === undefined ? undefined : async () => fromAnswer(await readCgroup(path, { root, mounts }));
}

/** @param environment where the engine is told, if Docker runs the container; else null */
export async function readerOfContainer(
	id: string,
	root: string,
	environment: NodeJS.ProcessEnv | null,
): Promise<NearReader | undefined> {
	const mounts = await findCgroupMounts(root);
	const path = await findContainerCgroup(mounts, id);
	if (path === undefined) {
		return undefined;
	}
	const docker = environment === null ? null : engineOf(environment, root);
	return async (signal) => {
		const [answer, measured] = await Promise.all([
			readCgroup(path, { root, mounts }),
			docker === null ? null : readDocker(docker, id, signal),
		]);
		const part = fromAnswer(answer);
		return part === null || measured === null ? part : together(part, measured);
	};
}

/** Names and addresses are given twice, as `node1` is; what a kernel calls itself when it starts is not. */
export async function readerOfNode(boot: string, root: string): Promise<NearReader | undefined> {
	if (boot === '' || (await bootId(root)) !== boot) {
		return undefined;
	}
	const mounts = await findCgroupMounts(root);
	return async () => fromAnswer(await readHost({ root, mounts }));
}

export function fromAnswer(answer: CgroupAnswer): NearPart | null {
	if (!answer.exists) {
		return null;
	}
	const { cgroup, kernel, multiGenerationalLru } = answer.versions;
	return {
		readings: answer.readings,
		previous: [],
		versions: { cgroup, kernel, multiGenerationalLru },
		problems: unreadFiles(answer.missing),
	};
}

/** The engine of this machine; one elsewhere does not run what is in this machine's cgroups. */
function engineOf(environment: NodeJS.ProcessEnv, root: string): DockerClient | null {
	try {
		const endpoint = dockerEndpoint(environment, root);
		return endpoint.kind === 'unix' ? new DockerClient(endpoint) : null;
	} catch {
		return null;
	}
}

async function readDocker(client: DockerClient, id: string, signal: AbortSignal): Promise<NearPart> {
	try {
		const { previous, readings, versions } = await readDockerContainer(client, id, { signal });
		return { readings: readings.all, previous: previous.all, versions: { docker: versions.docker }, problems: [] };
	} catch (error) {
		return { readings: [], previous: [], versions: {}, problems: [error instanceof Error ? error.message : ''] };
	}
}

function together(one: NearPart, other: NearPart): NearPart {
	return {
		readings: [...one.readings, ...other.readings],
		previous: [...one.previous, ...other.previous],
		versions: { ...one.versions, ...other.versions },
		problems: [...one.problems, ...other.problems],
	};
}
