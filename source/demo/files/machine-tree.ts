/** All files of one machine that whytop reads, by path below the machine's root, as they are at one instant. */
import { cgroupV1Files, cgroupV1Time } from '../formats/kernel/cgroup-v1.ts';
import { cgroupV2Files, cgroupV2Time } from '../formats/kernel/cgroup-v2.ts';
import { machineFiles, machineStat } from '../formats/kernel/machine.ts';
import { processFiles, processStat } from '../formats/kernel/process.ts';
import { type Cgroup, walk } from '../model/cgroups.ts';
import { processesOf } from '../model/machine.ts';
import type { NodeModel } from '../model/node.ts';
import type { World } from '../model/world.ts';

function folderOf(group: Cgroup, controller = ''): string {
	const below = group.path === '/' ? '' : group.path;
	return `sys/fs/cgroup${controller === '' ? '' : `/${controller}`}${below}`;
}

/** All of them. @param at ms since 1970 */
export function* machineTree(
	world: World,
	node: NodeModel,
	root: Cgroup,
	at: number,
): Generator<readonly [path: string, text: string]> {
	yield* Object.entries(machineFiles(world, node, root, at));
	const processes = processesOf(root, at);
	const pids = new Map<Cgroup, number[]>();
	for (const process of processes) {
		const list = pids.get(process.group);
		if (list) list.push(process.pid);
		else pids.set(process.group, [process.pid]);
		for (const [name, text] of Object.entries(processFiles(node, process, at))) {
			yield [`proc/${process.pid}/${name}`, text];
		}
	}
	for (const group of walk(root)) {
		const own = pids.get(group) ?? [];
		if (node.cgroupVersion === 2) {
			for (const [name, text] of Object.entries(cgroupV2Files(world, node, group, at, own))) {
				yield [`${folderOf(group)}/${name}`, text];
			}
			continue;
		}
		for (const [controller, files] of Object.entries(cgroupV1Files(world, node, group, at, own))) {
			for (const [name, text] of Object.entries(files)) yield [`${folderOf(group, controller)}/${name}`, text];
		}
	}
}

const timeFile = /^proc\/(?:\d+\/)?stat$|\/(?:cpu\.stat|cpuacct\.usage|cpuacct\.stat)$/;

/** Whether a file is one of those that {@link timeTree} has. */
export function countsTime(path: string): boolean {
	return timeFile.test(path);
}

/** Only those that count the time of processors: who asks for a rate reads them twice within a second. */
export function* timeTree(node: NodeModel, root: Cgroup, at: number): Generator<readonly [path: string, text: string]> {
	yield ['proc/stat', machineStat(node, root, at)];
	for (const process of processesOf(root, at)) yield [`proc/${process.pid}/stat`, processStat(process, at)];
	for (const group of walk(root)) {
		const [folder, files] =
			node.cgroupVersion === 2
				? [folderOf(group), cgroupV2Time(group, at)]
				: [folderOf(group, 'cpu,cpuacct'), cgroupV1Time(group, at)];
		for (const [name, text] of Object.entries(files)) yield [`${folder}/${name}`, text];
	}
}
