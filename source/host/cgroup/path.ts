/**
 * Paths of cgroups. Everywhere in whytop a cgroup is named by its place below the mount of its hierarchy, with a slash
 * in front: `/` is the mount itself, `/kubepods/burstable` two folders below.
 */
import type { Hierarchy } from './mounts.ts';

/** `/a/b` of `a//b/`; undefined if it would lead out of the hierarchy. */
export function normalCgroupPath(path: string): string | undefined {
	const parts = path.split('/').filter((part) => part !== '' && part !== '.');
	return parts.includes('..') || path.includes('\0') ? undefined : `/${parts.join('/')}`;
}

/** The folder of a cgroup; undefined for a path that leads out of the hierarchy. */
export function cgroupFolder(hierarchy: Hierarchy, path: string): string | undefined {
	const normal = normalCgroupPath(path);
	return normal === undefined ? undefined : normal === '/' ? hierarchy.folder : `${hierarchy.folder}${normal}`;
}

/** The path below the mount of what /proc/PID/cgroup says; undefined if the process is outside of what is mounted. */
export function belowMount(hierarchy: Hierarchy, processPath: string): string | undefined {
	const base = hierarchy.base === '/' ? '' : hierarchy.base.replace(/\/$/, '');
	if (processPath !== base && !processPath.startsWith(`${base}/`)) {
		return undefined;
	}
	return normalCgroupPath(processPath.slice(base.length));
}
