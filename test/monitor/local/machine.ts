/** A made machine: its cgroup tree, its processes and its names as files in a folder, with cgroup v1 or v2. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const dockerId = 'd0'.repeat(32);
export const appId = 'a1'.repeat(32);
export const pauseId = 'f0'.repeat(32);
export const podUid = '0766522c-446a-47ba-8cd5-f6636c5a8662';

const tick = 1e7;

export interface MadeProcess {
	pid: number;
	/** ns */
	cpuTime?: number;
	name?: string;
	command?: string;
	isKernel?: boolean;
	pages?: number;
}

export interface MadeCgroup {
	/** Bytes; left out: there are no memory files. */
	usage?: number;
	inactiveFile?: number;
	/** ns; left out: there is no CPU counter. */
	cpuTime?: number;
	memoryLimit?: number;
	/** Cores. */
	cpuLimit?: number;
	pids?: readonly number[];
}

export class MadeMachine {
	readonly root = mkdtempSync(join(tmpdir(), 'whytop-machine-'));
	readonly version: 'v1' | 'v2';

	constructor(version: 'v1' | 'v2') {
		this.version = version;
		const mounts =
			version === 'v2'
				? ['25 30 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw']
				: ['memory', 'cpu,cpuacct'].map(
						(name, index) => `${25 + index} 30 0:${23 + index} / /sys/fs/cgroup/${name} rw - cgroup cgroup rw,${name}`,
					);
		this.write('/proc/1/mountinfo', `${mounts.join('\n')}\n`);
		this.write('/proc/sys/kernel/osrelease', '6.1.0-made\n');
		this.write('/etc/hostname', 'made\n');
		this.write('/etc/os-release', 'NAME="Made"\nPRETTY_NAME="Made Linux 1 (one)"\n');
		this.write('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
		this.host({ cpuTime: 0 });
		if (version === 'v2') {
			this.write('/sys/fs/cgroup/cgroup.controllers', 'cpu memory\n');
		}
	}

	write(path: string, text: string): void {
		mkdirSync(dirname(join(this.root, path)), { recursive: true });
		writeFileSync(join(this.root, path), text);
	}

	remove(path: string): void {
		rmSync(join(this.root, path), { recursive: true, force: true });
	}

	/** Four CPUs, 8 GiB, 1 GiB of it anonymous and 512 MiB active file pages. */
	host({ cpuTime }: { cpuTime: number }): void {
		const cpus = [0, 1, 2, 3].map((cpu) => `cpu${cpu} 0 0 0 0 0 0 0 0 0 0\n`).join('');
		this.write('/proc/stat', `cpu  ${cpuTime / tick} 0 0 0 0 0 0 0 0 0\n${cpus}btime 1700000000\n`);
		const sizes = { MemTotal: 8192, AnonPages: 1024, Buffers: 128, Cached: 896, SwapCached: 0, 'Inactive(file)': 512 };
		const lines = Object.entries(sizes).map(([name, mebibytes]) => `${name}: ${mebibytes * 1024} kB\n`);
		this.write('/proc/meminfo', lines.join(''));
	}

	cgroup(path: string, made: MadeCgroup): void {
		if (this.version === 'v2') {
			this.#v2(`/sys/fs/cgroup${path}`, made);
		} else {
			this.#v1(path, made);
		}
	}

	#v2(folder: string, { cpuLimit, cpuTime, inactiveFile = 0, memoryLimit, pids = [], usage }: MadeCgroup): void {
		this.write(`${folder}/cgroup.procs`, pids.map((pid) => `${pid}\n`).join(''));
		if (usage !== undefined) {
			this.write(`${folder}/memory.current`, `${usage}\n`);
			this.write(`${folder}/memory.stat`, `anon 1\nfile 2\ninactive_file ${inactiveFile}\nactive_file 0\n`);
			this.write(`${folder}/memory.max`, `${memoryLimit ?? 'max'}\n`);
		}
		if (cpuTime !== undefined) {
			this.write(`${folder}/cpu.stat`, `usage_usec ${cpuTime / 1000}\nuser_usec 0\n`);
			this.write(`${folder}/cpu.max`, `${cpuLimit === undefined ? 'max' : cpuLimit * 100_000} 100000\n`);
		}
	}

	#v1(path: string, { cpuLimit, cpuTime, inactiveFile = 0, memoryLimit, pids = [], usage }: MadeCgroup): void {
		const memory = `/sys/fs/cgroup/memory${path}`;
		const cpu = `/sys/fs/cgroup/cpu,cpuacct${path}`;
		this.write(`${memory}/cgroup.procs`, pids.map((pid) => `${pid}\n`).join(''));
		if (usage !== undefined) {
			this.write(`${memory}/memory.usage_in_bytes`, `${usage}\n`);
			this.write(`${memory}/memory.stat`, `cache 1\nrss 2\ntotal_inactive_file ${inactiveFile}\ntotal_active_file 0\n`);
			this.write(`${memory}/memory.limit_in_bytes`, `${memoryLimit ?? '9223372036854771712'}\n`);
		}
		if (cpuTime !== undefined) {
			this.write(`${cpu}/cgroup.procs`, '');
			this.write(`${cpu}/cpuacct.usage`, `${cpuTime}\n`);
			this.write(`${cpu}/cpu.cfs_quota_us`, `${cpuLimit === undefined ? -1 : cpuLimit * 100_000}\n`);
			this.write(`${cpu}/cpu.cfs_period_us`, '100000\n');
		}
	}

	process({ command = '', cpuTime = 0, isKernel = false, name = 'made', pages = 256, pid }: MadeProcess): void {
		const fields = ['S', 1, 1, 1, 0, -1, isKernel ? 0x00200000 : 0, 0, 0, 0, 0, cpuTime / tick, 0, 0, 0, 20, 0, 3, 0];
		const stat = `${pid} (${name}) ${[...fields, 6_000, 0, pages].join(' ')} 0 0\n`;
		this.write(`/proc/${pid}/stat`, stat);
		this.write(`/proc/${pid}/cmdline`, command.replaceAll(' ', '\0'));
	}

	close(): void {
		rmSync(this.root, { recursive: true, force: true });
	}
}

/** As systemd, Docker, containerd and a kubelet fill a machine. */
export function populate(machine: MadeMachine): void {
	const size = 64 * 2 ** 20;
	const pod = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${podUid.replaceAll('-', '_')}.slice`;
	for (const path of ['/system.slice', '/kubepods.slice', '/kubepods.slice/kubepods-burstable.slice', '/user.slice']) {
		machine.cgroup(path, { usage: 4 * size, cpuTime: 0 });
	}
	machine.cgroup('', { ...(machine.version === 'v1' ? { usage: 10 * size } : {}), cpuTime: 0, pids: [2] });
	machine.process({ pid: 2, name: 'kthreadd', isKernel: true, pages: 0 });
	machine.cgroup('/init.scope', { usage: size, cpuTime: 0, pids: [1] });
	machine.process({ pid: 1, name: 'systemd', command: '/sbin/init' });
	machine.cgroup('/system.slice/ssh.service', { usage: size, inactiveFile: size / 4, cpuTime: 0, pids: [100] });
	machine.process({ pid: 100, name: 'sshd', command: '/usr/sbin/sshd -D' });
	machine.cgroup('/system.slice/dev-hugepages.mount', { usage: 0, cpuTime: 0 });
	machine.cgroup(`/system.slice/docker-${dockerId}.scope`, {
		usage: 2 * size,
		inactiveFile: size,
		cpuTime: 0,
		memoryLimit: 4 * size,
		cpuLimit: 0.5,
		pids: [200],
	});
	machine.process({ pid: 200, name: 'db) (x', command: 'db --data /var/lib/db' });
	machine.cgroup(pod, { usage: 2 * size, cpuTime: 0, memoryLimit: 8 * size });
	machine.cgroup(`${pod}/cri-containerd-${appId}.scope`, {
		usage: size,
		cpuTime: 0,
		memoryLimit: 8 * size,
		pids: [300, 301],
	});
	machine.process({ pid: 300, name: 'app', command: 'app --serve' });
	machine.process({ pid: 301, name: 'app', command: 'app --work' });
	machine.cgroup(`${pod}/cri-containerd-${pauseId}.scope`, { usage: 4096, cpuTime: 0, pids: [302] });
	machine.process({ pid: 302, name: 'pause', command: '/pause' });
	machine.write(`/var/log/pods/shop_api-7d4f_${podUid}/api/0.log`, '');
	machine.write(`/var/log/containers/api-7d4f_shop_api-${appId}.log`, '');
	machine.cgroup('/user.slice/user-1000.slice', { usage: 2 * size, cpuTime: 0 });
	machine.cgroup('/user.slice/user-1000.slice/session-3.scope', { usage: size, cpuTime: 0, pids: [400] });
	machine.process({ pid: 400, name: 'bash', command: '-bash' });
	machine.cgroup('/user.slice/user-1000.slice/user@1000.service', { usage: size, cpuTime: 0, pids: [] });
	machine.cgroup('/user.slice/user-1000.slice/user@1000.service/app.slice', { usage: size, cpuTime: 0, pids: [] });
}
