/**
 * What the path of a cgroup tells of its container and pod, whichever driver and runtime made it:
 * `/kubepods/burstable/pod<uid>/<id>`, `…/kubepods-burstable-pod<uid with _>.slice/cri-containerd-<id>.scope`,
 * `/docker/<id>`, `/system.slice/docker-<id>.scope`, `…/crio-<id>.scope/container`.
 */

const containerId = /[0-9a-f]{64}/g;

/** UIDs of the API server, and the hashes that the kubelet gives to pods from files. */
const podUid = /pod([0-9a-f]{32}|[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?:\.slice)?(?=\/|$)/;

/** The innermost container's id, '' if the path holds none. */
export function containerIdOf(path: string): string {
	return path.match(containerId)?.at(-1) ?? '';
}

/** The pod's UID as the API has it, '' if the path holds none. */
export function podUidOf(path: string): string {
	return (podUid.exec(path)?.[1] ?? '').replaceAll('_', '-');
}

/** True if the path is that of a pod's own cgroup. */
export function isPodCgroup(path: string): boolean {
	const match = podUid.exec(path);
	return match !== null && match.index + match[0].length === path.length;
}
