/** All that this machine's own files tell of it: meminfo, stat, pressure, the root cgroup. */
import { under } from '../host/cgroup/mounts.ts';
import { type FileText, readText, readTextNow } from '../host/files.ts';
import { meminfoReadings, procPressureReadings, procStatReadings } from '../sources/proc.ts';
import { type CgroupAnswer, type CgroupOptions, readCgroup } from './cgroup.ts';

/**
 * Reads the machine: /proc/meminfo and the root cgroup's memory files one after the other, the rest behind. Of the CPU
 * time, that of source `proc` is what the CPUs worked; that of the root cgroup is the kernel's own sum.
 *
 * @param options `processes` is false by default: there are many, and a machine's numbers need none of them
 */
export async function readHost(options: Omit<CgroupOptions, 'rollup'> = {}): Promise<CgroupAnswer> {
	const { root = options.mounts?.root ?? '/', processes = false } = options;
	const [stat, memory, cpu] = await Promise.all([
		timed(under(root, '/proc/stat')),
		timed(under(root, '/proc/pressure/memory')),
		timed(under(root, '/proc/pressure/cpu')),
	]);
	const meminfoAt = Date.now();
	const meminfo = readTextNow(under(root, '/proc/meminfo'));
	const answer = await readCgroup('/', { ...options, root, processes, rollup: false });
	const files = { meminfo, stat: stat.file, 'pressure/memory': memory.file, 'pressure/cpu': cpu.file };
	for (const [name, { absence }] of Object.entries(files)) {
		if (absence !== '') {
			answer.missing.push({ file: `/proc/${name}`, why: absence });
		}
	}
	// The sum over the processes is not what the CPUs worked: whoever ended is not in it.
	const ofCgroup = answer.readings.filter(({ source, quantity }) => source !== 'proc' || quantity !== 'cpuTime');
	answer.readings = [
		...meminfoReadings(meminfo.text, meminfoAt),
		...procStatReadings(stat.file.text, stat.at),
		...procPressureReadings({ memory: memory.file.text, cpu: cpu.file.text }, memory.at),
		...ofCgroup,
	];
	answer.exists ||= meminfo.absence === '';
	return answer;
}

async function timed(path: string): Promise<{ file: FileText; at: number }> {
	const file = await readText(path);
	return { file, at: Date.now() };
}
