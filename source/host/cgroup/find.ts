/** Finds the cgroup of a container or a pod, whichever driver and runtime made it. */
import { describeCgroup } from './describe.ts';
import { type CgroupMounts, mainHierarchy } from './mounts.ts';
import { walkCgroups } from './tree.ts';

/** docker prints 12 digits of an id. */
const shortestId = 12;

/**
 * The container's own cgroup; undefined if it is not there.
 *
 * @param containerId without `containerd://`; the first 12 digits or more do
 */
export async function findContainerCgroup(mounts: CgroupMounts, containerId: string): Promise<string | undefined> {
	if (containerId.length < shortestId) {
		return undefined;
	}
	return first(mounts, (path) => {
		const cgroup = describeCgroup(path);
		return cgroup.kind === 'container' && cgroup.containerId.startsWith(containerId);
	});
}

/**
 * The pod's own cgroup; undefined if it is not there.
 *
 * @param podUid as in the pod's metadata, or the hash of a static pod (`kubernetes.io/config.hash`)
 */
export async function findPodCgroup(mounts: CgroupMounts, podUid: string): Promise<string | undefined> {
	const wanted = podUid.replaceAll('_', '-');
	return first(mounts, (path) => {
		const cgroup = describeCgroup(path);
		return cgroup.kind === 'pod' && cgroup.podUid !== '' && cgroup.podUid === wanted;
	});
}

async function first(mounts: CgroupMounts, is: (path: string) => boolean): Promise<string | undefined> {
	const hierarchy = mainHierarchy(mounts);
	if (hierarchy !== undefined) {
		for await (const path of walkCgroups(hierarchy)) {
			if (is(path)) {
				return path;
			}
		}
	}
	return undefined;
}
