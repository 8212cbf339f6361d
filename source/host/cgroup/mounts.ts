/** Where the cgroup hierarchies of a machine are mounted, and which controller lives in which. */
import { folderNames, readText } from '../files.ts';
import { type CgroupMount, parseMountinfo } from './mountinfo.ts';

export interface Hierarchy {
	/** The folder where it is mounted, below the root that is read. */
	folder: string;
	/**
	 * The cgroup that is seen at that folder, as /proc/PID/cgroup names it: `/`, the container's own path where only
	 * that part is mounted, `/../..` where the reader is in a cgroup namespace further down.
	 */
	base: string;
	version: 'v1' | 'v2';
	/** `memory`, `cpu`, `cpuacct` …, and `name=systemd` of a hierarchy without controllers. */
	controllers: ReadonlySet<string>;
}

export interface CgroupMounts {
	/** Where the machine's files begin: `/`, or `/host` in a `kubectl debug node` pod. */
	root: string;
	hierarchies: readonly Hierarchy[];
}

/** The hierarchy that a controller is bound to. */
export function hierarchyOf(mounts: CgroupMounts, controller: string): Hierarchy | undefined {
	return mounts.hierarchies.find((hierarchy) => hierarchy.controllers.has(controller));
}

/** The one hierarchy of cgroup v2. Beside v1 ones (hybrid) it often has no controllers, but pressure. */
export function unifiedHierarchy(mounts: CgroupMounts): Hierarchy | undefined {
	return mounts.hierarchies.find(({ version }) => version === 'v2');
}

/** The hierarchy whose tree is shown: memory's, else the unified one, else any. */
export function mainHierarchy(mounts: CgroupMounts): Hierarchy | undefined {
	return hierarchyOf(mounts, 'memory') ?? unifiedHierarchy(mounts) ?? mounts.hierarchies[0];
}

/** The version that decides the formulas: that of the memory controller; '' without cgroups. */
export function cgroupVersionOf(mounts: CgroupMounts): 'v1' | 'v2' | '' {
	return mainHierarchy(mounts)?.version ?? '';
}

/** A path below `root`. */
export function under(root: string, path: string): string {
	return root === '/' ? path : `${root.replace(/\/+$/, '')}${path}`;
}

/**
 * Finds the mounted hierarchies. Under another root the table of process 1 is read, whose mount points are those of
 * that machine. Without a table the usual folders are looked at. Never throws: no cgroups are an empty list.
 */
export async function findCgroupMounts(root = '/'): Promise<CgroupMounts> {
	const tables = root === '/' ? ['/proc/self/mountinfo'] : ['/proc/1/mountinfo', '/proc/self/mountinfo'];
	for (const table of tables) {
		const { text } = await readText(under(root, table));
		const hierarchies = await present(root, parseMountinfo(text));
		if (hierarchies.length > 0) {
			return { root, hierarchies };
		}
	}
	return { root, hierarchies: await probe(root) };
}

/** One mount for each hierarchy that can really be read: the one that shows most of it. */
async function present(root: string, mounts: readonly CgroupMount[]): Promise<readonly Hierarchy[]> {
	const best = new Map<string, { mount: CgroupMount; hierarchy: Hierarchy }>();
	for (const mount of mounts) {
		const folder = under(root, mount.mountPoint);
		const controllers = mount.version === 'v1' ? new Set(mount.controllers) : await unifiedControllers(folder);
		if (controllers === undefined || (mount.version === 'v1' && !(await isV1(folder)))) {
			continue;
		}
		const key = mount.version === 'v2' ? 'v2' : [...controllers].sort().join();
		const known = best.get(key);
		if (known === undefined || isBetter(mount, known.mount)) {
			best.set(key, { mount, hierarchy: { folder, base: mount.base, version: mount.version, controllers } });
		}
	}
	return [...best.values()].map(({ hierarchy }) => hierarchy);
}

/** The whole hierarchy rather than a part; then the usual place; then what was mounted last, which covers the rest. */
function isBetter(mount: CgroupMount, known: CgroupMount): boolean {
	const whole = (candidate: CgroupMount) => (/^\/(\.\.(\/|$))*$/.test(candidate.base) ? 1 : 0);
	const usual = (candidate: CgroupMount) => (candidate.mountPoint.startsWith('/sys/fs/cgroup') ? 1 : 0);
	const difference = whole(mount) - whole(known) || usual(mount) - usual(known);
	return difference === 0 ? mount.mountPoint === known.mountPoint : difference > 0;
}

async function unifiedControllers(folder: string): Promise<ReadonlySet<string> | undefined> {
	const { text, absence } = await readText(`${folder}/cgroup.controllers`);
	return absence === '' ? new Set(text.split(/\s+/).filter((word) => word !== '')) : undefined;
}

/** A tree that was copied may lack the files of its root. */
async function isV1(folder: string): Promise<boolean> {
	return (await readText(`${folder}/cgroup.procs`)).absence !== 'no-file' || (await folderNames(folder)).length > 0;
}

const usualFolder = '/sys/fs/cgroup';

/** v1 controllers that are read here, with the folders that distributions mount them at. */
const usualNames: readonly (readonly [folder: string, ...controllers: string[]])[] = [
	['memory', 'memory'],
	['cpu,cpuacct', 'cpu', 'cpuacct'],
	['cpuacct,cpu', 'cpu', 'cpuacct'],
	['cpu', 'cpu'],
	['cpuacct', 'cpuacct'],
];

async function probe(root: string): Promise<readonly Hierarchy[]> {
	const found: Hierarchy[] = [];
	const bound = new Set<string>();
	const top = under(root, usualFolder);
	for (const [name, ...all] of usualNames) {
		const controllers = all.filter((controller) => !bound.has(controller));
		const folder = `${top}/${name}`;
		// A v2 tree may have a cgroup of that name.
		const isUnified = (await unifiedControllers(folder)) !== undefined;
		if (controllers.length > 0 && !isUnified && (await isV1(folder))) {
			found.push({ folder, base: '/', version: 'v1', controllers: new Set(controllers) });
			for (const controller of controllers) {
				bound.add(controller);
			}
		}
	}
	for (const folder of [top, `${top}/unified`]) {
		const controllers = await unifiedControllers(folder);
		if (controllers !== undefined) {
			found.push({ folder, base: '/', version: 'v2', controllers });
			break;
		}
	}
	return found;
}
