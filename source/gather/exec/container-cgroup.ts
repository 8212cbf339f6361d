/** Where a container sees its own cgroup: by what is mounted there, and by where its processes are. */
import { parseMembership, pathIn } from '../../host/cgroup/membership.ts';
import { parseMountinfo } from '../../host/cgroup/mountinfo.ts';
import type { CgroupMounts, Hierarchy } from '../../host/cgroup/mounts.ts';
import { hierarchyOf, mainHierarchy, unifiedHierarchy } from '../../host/cgroup/mounts.ts';
import { cgroupFolder } from '../../host/cgroup/path.ts';
import { cgroupV1Files } from '../../sources/cgroup-v1.ts';
import { cgroupV2Files } from '../../sources/cgroup-v2.ts';

export const mountinfoFile = '/proc/self/mountinfo';
export const membershipFile = '/proc/self/cgroup';

/** Files that tell of a version 2 hierarchy at its usual places, wherever it is. */
const unifiedFolders = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'] as const;

/** What has to be read to find it. */
export const placeFiles: readonly string[] = [
	mountinfoFile,
	membershipFile,
	...unifiedFolders.flatMap((folder) => [`${folder}/cgroup.controllers`, `${folder}/memory.current`]),
];

export interface ContainerCgroup {
	mounts: CgroupMounts;
	version: 'v1' | 'v2' | '';
	/** Below the mount of the main hierarchy. */
	path: string;
	/** Files by their names in the kernel, and where they are. */
	memory: readonly File[];
	cpu: readonly File[];
	/** Of a version 2 hierarchy, also of one that stands beside those of version 1. */
	pressure: readonly File[];
	/** One that lists the processes, '' without a hierarchy. */
	processList: string;
}

export interface File {
	name: string;
	path: string;
}

/** @param texts of {@link placeFiles}, '' of those that are not there */
export function findContainerCgroup(texts: ReadonlyMap<string, string>): ContainerCgroup {
	const mounts: CgroupMounts = { root: '/', hierarchies: hierarchies(texts) };
	const membership = parseMembership(texts.get(membershipFile) ?? '');
	const ownFolder = (hierarchy: Hierarchy): string =>
		cgroupFolder(hierarchy, ownPath(hierarchy, membership, texts)) ?? '';
	const files = (hierarchy: Hierarchy | undefined, names: readonly string[]): readonly File[] =>
		hierarchy === undefined ? [] : names.map((name) => ({ name, path: `${ownFolder(hierarchy)}/${name}` }));
	const main = mainHierarchy(mounts);
	const pressure = files(unifiedHierarchy(mounts), cgroupV2Files.pressure);
	const common = {
		mounts,
		path: main === undefined ? '/' : ownPath(main, membership, texts),
		pressure,
		processList: main === undefined ? '' : `${ownFolder(main)}/cgroup.procs`,
	};
	if (main?.version === 'v2') {
		return {
			...common,
			version: 'v2',
			memory: files(main, cgroupV2Files.memory),
			cpu: files(main, cgroupV2Files.cpu),
		};
	}
	return {
		...common,
		version: main === undefined ? '' : 'v1',
		memory: files(hierarchyOf(mounts, 'memory'), cgroupV1Files.memory),
		cpu: [
			...files(hierarchyOf(mounts, 'cpuacct'), cgroupV1Files.cpuacct),
			...files(hierarchyOf(mounts, 'cpu'), cgroupV1Files.cpu),
		],
	};
}

/** Those that are read here, each at the place that images and tools expect. */
function hierarchies(texts: ReadonlyMap<string, string>): readonly Hierarchy[] {
	const found = new Map<string, Hierarchy>();
	for (const { base, controllers, mountPoint, version } of parseMountinfo(texts.get(mountinfoFile) ?? '')) {
		const own = version === 'v1' ? controllers : controllersOf(texts.get(`${mountPoint}/cgroup.controllers`) ?? '');
		const key = version === 'v2' ? 'v2' : own.join();
		const usual = mountPoint.startsWith('/sys/fs/cgroup');
		if (!found.has(key) || usual) {
			found.set(key, { folder: mountPoint, base, version, controllers: new Set(own) });
		}
	}
	return [...found.values()];
}

function controllersOf(text: string): readonly string[] {
	return text.split(/\s+/).filter((word) => word !== '');
}

/**
 * The container's cgroup below a mount. In a cgroup namespace, and where only the container's own part is mounted, that
 * is the mount itself, although its processes may be further down (an init that makes cgroups of its own). With the
 * whole hierarchy in sight it is where the processes are.
 */
function ownPath(
	hierarchy: Hierarchy,
	membership: ReadonlyMap<string, string>,
	texts: ReadonlyMap<string, string>,
): string {
	// Only the root of a machine has no such file.
	const isNoRoot = hierarchy.version === 'v2' && (texts.get(`${hierarchy.folder}/memory.current`) ?? '') !== '';
	return isNoRoot || hierarchy.base !== '/' ? '/' : (pathIn(hierarchy, membership) ?? '/');
}

/** Whether a process is one of the container's: containers of a pod may see each other's. */
export function isInside(cgroup: ContainerCgroup, membershipText: string | undefined): boolean {
	const main = mainHierarchy(cgroup.mounts);
	const paths = parseMembership(membershipText ?? '');
	if (main === undefined || paths.size === 0) {
		return true;
	}
	const path = pathIn(main, paths);
	return path !== undefined && (cgroup.path === '/' || path === cgroup.path || path.startsWith(`${cgroup.path}/`));
}
