/** The files of a whole machine in /proc, and a few of /sys (Documentation/filesystems/proc.rst). */
import { type Cgroup, chargedTo } from '../../model/cgroups.ts';
import { pressureOf } from '../../model/counters.ts';
import { freeMemory, machineTicks } from '../../model/machine.ts';
import { memoryTotal, type NodeModel } from '../../model/node.ts';
import { makeUid } from '../../model/random.ts';
import type { World } from '../../model/world.ts';
import { kibibyteLines, pressureText } from './lines.ts';

/** KiB. */
const page = 4;

function meminfo(node: NodeModel, root: Cgroup, at: number): string {
	const pages = chargedTo(root, at);
	const { free, available, buffers } = freeMemory(node, root, at);
	const inKibibytes = {
		MemTotal: memoryTotal(node),
		MemFree: free * page,
		MemAvailable: available * page,
		Buffers: buffers * page,
		Cached: (pages.shared + pages.activeFile + pages.inactiveFile - buffers) * page,
		SwapCached: 0,
		Active: (pages.activeAnonymous + pages.activeFile) * page,
		Inactive: (pages.inactiveAnonymous + pages.inactiveFile) * page,
		'Active(anon)': pages.activeAnonymous * page,
		'Inactive(anon)': pages.inactiveAnonymous * page,
		'Active(file)': pages.activeFile * page,
		'Inactive(file)': pages.inactiveFile * page,
		Unevictable: pages.unevictable * page,
		Mlocked: pages.unevictable * page,
		SwapTotal: 0,
		SwapFree: 0,
		Dirty: 0,
		Writeback: 0,
		AnonPages: pages.mappedAnonymous * page,
		Mapped: (pages.mappedFile + pages.mappedShared) * page,
		Shmem: pages.shared * page,
		KReclaimable: pages.slabReclaimable * page,
		Slab: (pages.slabReclaimable + pages.slabUnreclaimable) * page,
		SReclaimable: pages.slabReclaimable * page,
		SUnreclaim: pages.slabUnreclaimable * page,
		KernelStack: pages.kernelStack * page,
		PageTables: pages.pageTables * page,
		CommitLimit: Math.floor(memoryTotal(node) / 2),
		Committed_AS: Math.floor(pages.mappedAnonymous * page * 1.7),
		VmallocTotal: 34_359_738_367,
		VmallocUsed: 61_204,
		Percpu: pages.perProcessor * page,
		AnonHugePages: 0,
	};
	return `${kibibyteLines(inKibibytes, 24)}HugePages_Total:       0\nHugePages_Free:        0\nHugepagesize:       2048 kB\nHugetlb:               0 kB\n`;
}

/** /proc/stat */
export function machineStat(node: NodeModel, root: Cgroup, at: number): string {
	const all = machineTicks(node, root, at);
	const fields = [all.user, all.nice, all.system, all.idle, all.waiting, all.irq, all.softirq, 0, 0, 0];
	// What is not divided by the number of CPUs without a rest is the first one's.
	const each = fields.map((ticks) => Math.floor(ticks / node.cores));
	const lines = Array.from({ length: node.cores }, (_, cpu) => {
		const own = cpu > 0 ? each : fields.map((ticks, index) => ticks - (node.cores - 1) * (each[index] ?? 0));
		return `cpu${cpu} ${own.join(' ')}\n`;
	});
	const boot = Math.floor(root.startedAt / 1000);
	return `cpu  ${fields.join(' ')}\n${lines.join('')}ctxt ${all.user * 9}\nbtime ${boot}\nprocesses ${Math.floor(all.user / 40)}\nprocs_running 2\nprocs_blocked 0\n`;
}

const unifiedMount =
	'29 24 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n';

const controllerMounts = ['systemd', 'cpu,cpuacct', 'memory', 'pids']
	.map((name, index) => {
		const options = name === 'systemd' ? 'xattr,name=systemd' : name;
		return `${33 + index} 25 0:${30 + index} / /sys/fs/cgroup/${name} rw,nosuid,nodev,noexec,relatime shared:${10 + index} - cgroup cgroup rw,${options}\n`;
	})
	.join('');

/** What a runtime mounts in a container. @param path of the container's cgroup */
export function containerMounts(node: NodeModel, path: string): string {
	// In a cgroup namespace the container's own is the root.
	const mounts = node.cgroupVersion === 2 ? unifiedMount : controllerMounts.replaceAll(' / /sys', ` ${path} /sys`);
	return mounts.replaceAll(' rw,nosuid', ' ro,nosuid').replaceAll(/shared:(\d+)/g, 'master:$1');
}

/** By path below the root, of what does not change while a machine is up too. */
export function machineFiles(world: World, node: NodeModel, root: Cgroup, at: number): Record<string, string> {
	const v2 = node.cgroupVersion === 2;
	const mountinfo = v2 ? unifiedMount : controllerMounts;
	const uptime = (at - root.startedAt) / 1000;
	const { idle } = machineTicks(node, root, at);
	const pressure = (of: 'cpu' | 'memory' | 'io') => pressureText(pressureOf(world, node, root, of, at));
	return {
		'proc/meminfo': meminfo(node, root, at),
		'proc/stat': machineStat(node, root, at),
		'proc/uptime': `${uptime.toFixed(2)} ${(idle / 100).toFixed(2)}\n`,
		'proc/version': `Linux version ${node.kernel} (builder@example.com) #1 SMP\n`,
		'proc/sys/kernel/osrelease': `${node.kernel}\n`,
		'proc/sys/kernel/random/boot_id': `${makeUid(node.key + 1)}\n`,
		'proc/1/mountinfo': mountinfo,
		'proc/self/mountinfo': mountinfo,
		'sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never\n',
		...(v2
			? {
					'sys/kernel/mm/lru_gen/enabled': '0x0007\n',
					'proc/pressure/cpu': pressure('cpu'),
					'proc/pressure/memory': pressure('memory'),
					'proc/pressure/io': pressure('io'),
				}
			: {}),
		'etc/hostname': `${node.name}\n`,
	};
}
