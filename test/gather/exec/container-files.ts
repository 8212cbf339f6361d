/** What a container of two processes sees, on cgroup v2 in a cgroup namespace. */
import { notFoundInPath, type Outcome } from '../../kube/support/exec-server.ts';

const mebibyte = 2 ** 20;

function status(pid: number, name: string, resident: number): string {
	return `Name:\t${name}\nState:\tS (sleeping)\nPid:\t${pid}\nPPid:\t0\nUid:\t0\t0\t0\t0\nVmSize:\t  200000 kB\nVmRSS:\t  ${resident} kB\nRssAnon:\t  ${resident - 4000} kB\nRssFile:\t  3000 kB\nRssShmem:\t  1000 kB\nThreads:\t1\n`;
}

function processFiles(pid: number, name: string, resident: number): Record<string, string> {
	return {
		[`/proc/${pid}/status`]: status(pid, name, resident),
		[`/proc/${pid}/stat`]: `${pid} (${name}) S 0 1 1 0 -1 0 0 0 0 0 50 20 0 0 20 0 1 0 100\n`,
		[`/proc/${pid}/statm`]: '50000 5000 750 1 0 1 0\n',
		[`/proc/${pid}/cgroup`]: '0::/\n',
		[`/proc/${pid}/smaps_rollup`]: `00400000-7fff rollup\nRss:  ${resident} kB\nPss:  ${resident - 100} kB\nLazyFree:  0 kB\n`,
	};
}

export const containerFiles: Readonly<Record<string, string>> = {
	'/proc/version': 'Linux version 6.12.48 (builder@host) #1 SMP\n',
	'/proc/uptime': '1000.50 3000.00\n',
	'/proc/stat': 'cpu  1 0 1 1 0 0 0 0 0 0\ncpu0 1 0 1 1 0 0 0 0 0 0\n',
	'/proc/self/cgroup': '0::/\n',
	'/proc/self/mountinfo':
		'1 0 0:30 / / rw - overlay overlay rw\n2 1 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate\n',
	'/sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n',
	'/sys/fs/cgroup/cgroup.procs': '1\n7\n40\n',
	'/sys/fs/cgroup/memory.current': `${50 * mebibyte}\n`,
	'/sys/fs/cgroup/memory.stat': `anon ${30 * mebibyte}\nfile ${15 * mebibyte}\nkernel ${5 * mebibyte}\nshmem ${mebibyte}\ninactive_anon 0\nactive_anon ${31 * mebibyte}\ninactive_file ${mebibyte}\nactive_file ${13 * mebibyte}\nunevictable 0\nsock 0\n`,
	'/sys/fs/cgroup/memory.max': 'max\n',
	'/sys/fs/cgroup/cpu.stat': 'usage_usec 1000000\nnr_periods 0\n',
	'/sys/fs/cgroup/cpu.max': 'max 100000\n',
	...processFiles(1, 'server', 30_000),
	...processFiles(7, 'worker', 10_000),
};

/** `cat` of a container with these files, as the runtime would start it. */
export function catOf(files: Readonly<Record<string, string>>): (command: readonly string[]) => Outcome {
	return ([program = '', ...paths]) => {
		if (program !== 'cat') {
			return { failure: notFoundInPath(program) };
		}
		const missing = paths.filter((path) => !(path in files));
		return {
			stdout: paths.map((path) => files[path] ?? '').join(''),
			stderr: missing.map((path) => `cat: ${path}: No such file or directory\n`).join(''),
			exitCode: missing.length > 0 ? 1 : 0,
		};
	};
}
