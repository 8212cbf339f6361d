/** The files that a program in a container sees: its own cgroup, its own processes, and what of the machine is shown to all. */
import { cgroupV1Files } from '../formats/kernel/cgroup-v1.ts';
import { cgroupV2Files } from '../formats/kernel/cgroup-v2.ts';
import { containerMounts, machineFiles } from '../formats/kernel/machine.ts';
import { membership, processFiles } from '../formats/kernel/process.ts';
import type { Cgroup } from '../model/cgroups.ts';
import { processesOf } from '../model/machine.ts';
import type { NodeModel } from '../model/node.ts';
import type { World } from '../model/world.ts';

/** Its first process is 1. Before the next ones came those that made the container ready, which have ended. */
function pidInside(index: number): number {
	return index === 0 ? 1 : index + 6;
}

/** The number of the so manieth program that is started in a container beside its own processes. */
export function pidOfProgram(processes: number, programs: number): number {
	return pidInside(processes) + 4 + (programs % 30_000);
}

/**
 * By path. A cgroup namespace makes the container's cgroup the root of version 2; runtimes make none where version 1 is,
 * and mount its folders instead.
 *
 * @param root of the machine's cgroups
 * @param group of the container
 * @param at ms since 1970
 * @param programs which were started in it just now: they are listed, and their own files are gone with them
 */
export function containerView(
	world: World,
	node: NodeModel,
	root: Cgroup,
	group: Cgroup,
	at: number,
	programs: readonly number[],
): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	const put = (folder: string, some: Readonly<Record<string, string>>): void => {
		for (const [name, text] of Object.entries(some)) files.set(`${folder}/${name}`, text);
	};
	const isolated = node.cgroupVersion === 2;
	const own = membership(node, isolated ? '/' : group.path);
	put('', machineFiles(world, node, root, at));
	put('/proc/self', { mountinfo: containerMounts(node, group.path), cgroup: own });
	put('/proc/1', { mountinfo: containerMounts(node, group.path) });
	put('/etc', { hostname: `${group.pod?.name ?? node.name}\n` });
	const pids: number[] = [];
	for (const process of processesOf(root, at).filter((each) => each.group === group)) {
		const pid = pidInside(process.index);
		pids.push(pid);
		const parent = pid === 1 ? 0 : 1;
		put(`/proc/${pid}`, { ...processFiles(node, { ...process, pid, parent }, at), cgroup: own });
	}
	const listed = [...pids, ...programs];
	if (isolated) {
		put('/sys/fs/cgroup', cgroupV2Files(world, node, group, at, listed));
		return files;
	}
	for (const [controller, some] of Object.entries(cgroupV1Files(world, node, group, at, listed))) {
		put(`/sys/fs/cgroup/${controller}`, some);
	}
	return files;
}
