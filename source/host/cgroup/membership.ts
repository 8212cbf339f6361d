/** Which cgroup a process is in: /proc/PID/cgroup. */
import { readText } from '../files.ts';
import { type CgroupMounts, type Hierarchy, mainHierarchy, under } from './mounts.ts';
import { belowMount } from './path.ts';

/**
 * The paths of one process, by controller, `name=systemd`, or '' for the unified hierarchy; as the kernel writes them,
 * from the root of the reader's cgroup namespace.
 */
export function parseMembership(text: string): ReadonlyMap<string, string> {
	const paths = new Map<string, string>();
	for (const line of text.split('\n')) {
		const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
		if (match !== null) {
			const path = (match[2] ?? '').replace(/ \(deleted\)$/, '');
			for (const controller of (match[1] ?? '').split(',')) {
				paths.set(controller, path);
			}
		}
	}
	return paths;
}

/** The path within one hierarchy; undefined if the text does not tell it or it is not mounted. */
export function pathIn(hierarchy: Hierarchy, membership: ReadonlyMap<string, string>): string | undefined {
	const keys = hierarchy.version === 'v2' ? [''] : [...hierarchy.controllers];
	const path = keys.map((key) => membership.get(key)).find((found) => found !== undefined);
	return path === undefined ? undefined : belowMount(hierarchy, path);
}

/** The cgroup that a process is charged to; undefined if it is gone or out of sight. */
export async function cgroupOfProcess(mounts: CgroupMounts, pid: number): Promise<string | undefined> {
	const hierarchy = mainHierarchy(mounts);
	if (hierarchy === undefined) {
		return undefined;
	}
	const { text } = await readText(under(mounts.root, `/proc/${pid}/cgroup`));
	return pathIn(hierarchy, parseMembership(text));
}
