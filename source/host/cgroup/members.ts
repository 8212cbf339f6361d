/** The processes of a cgroup and of all below it: a container that makes cgroups of its own has none in its own. */
import { folderNames, readText } from '../files.ts';
import { parseMembership, pathIn } from './membership.ts';
import { type CgroupMounts, type Hierarchy, mainHierarchy, under } from './mounts.ts';
import { cgroupFolder } from './path.ts';
import { walkCgroups } from './tree.ts';

export interface Members {
	/** Ascending. */
	pids: readonly number[];
	/** Processes that are in the cgroup and out of sight of this one: in another pid namespace, or cut off. */
	hidden: number;
}

/** The kernel writes 0 for a process that the reader's pid namespace does not have. */
const outOfSight = 0;

/** Lists them from cgroup.procs; where that shows none of them by name, from /proc/PID/cgroup under the same root. */
export async function cgroupMembers(mounts: CgroupMounts, path: string): Promise<Members> {
	const hierarchy = mainHierarchy(mounts);
	const pids = new Set<number>();
	let hidden = 0;
	if (hierarchy !== undefined) {
		for await (const each of walkCgroups(hierarchy, path)) {
			const { text } = await readText(`${cgroupFolder(hierarchy, each)}/cgroup.procs`);
			for (const line of text.split('\n').slice(0, -1)) {
				const pid = Number(line);
				if (pid === outOfSight) {
					hidden++;
				} else if (Number.isSafeInteger(pid) && pid > 0) {
					pids.add(pid);
				}
			}
		}
		if (hidden > 0) {
			const before = pids.size;
			for (const pid of await searchProcesses(mounts, hierarchy, path)) {
				pids.add(pid);
			}
			hidden = Math.max(0, hidden - (pids.size - before));
		}
	}
	return { pids: [...pids].sort((one, other) => one - other), hidden };
}

const atOnce = 16;

/** `/host/proc` may know all of the node's processes although this process is in a pid namespace of its own. */
async function searchProcesses(mounts: CgroupMounts, hierarchy: Hierarchy, path: string): Promise<readonly number[]> {
	const found: number[] = [];
	if (mounts.root === '/') {
		return found;
	}
	const names = (await folderNames(under(mounts.root, '/proc'))).filter((name) => /^[1-9]\d*$/.test(name));
	for (let index = 0; index < names.length; index += atOnce) {
		await Promise.all(
			names.slice(index, index + atOnce).map(async (name) => {
				const { text } = await readText(under(mounts.root, `/proc/${name}/cgroup`));
				const its = pathIn(hierarchy, parseMembership(text));
				if (its !== undefined && (path === '/' || its === path || its.startsWith(`${path}/`))) {
					found.push(Number(name));
				}
			}),
		);
	}
	return found;
}
