/** All that the files of one cgroup, and of the processes in it, tell of it. */
import { describeCgroup } from '../host/cgroup/describe.ts';
import { cgroupMembers } from '../host/cgroup/members.ts';
import {
	type CgroupMounts,
	cgroupVersionOf,
	findCgroupMounts,
	type Hierarchy,
	hierarchyOf,
	mainHierarchy,
	under,
	unifiedHierarchy,
} from '../host/cgroup/mounts.ts';
import { cgroupFolder, normalCgroupPath } from '../host/cgroup/path.ts';
import { type Absence, readTextNow } from '../host/files.ts';
import { readProcesses } from '../host/processes.ts';
import type { Reading, Versions } from '../model/reading.ts';
import { cgroupV1Files, cgroupV1Readings } from '../sources/cgroup-v1.ts';
import { cgroupV2Files, cgroupV2Readings } from '../sources/cgroup-v2.ts';
import { procStatReadings } from '../sources/proc.ts';
import { type ProcessSample, processSample } from '../sources/process.ts';
import { sampleReadings } from '../sources/processes.ts';
import { machineVersions } from './machine-versions.ts';

export interface CgroupOptions {
	/** Where the machine's files begin, `/` by default. */
	root?: string;
	/** As found before; else they are looked for. */
	mounts?: CgroupMounts;
	/** Read the processes too, true by default. */
	processes?: boolean;
	/** Read their smaps_rollup too, true by default. */
	rollup?: boolean;
}

/** A file that could have been there. */
export interface MissingFile {
	/** The name without its folder: `memory.current`. */
	file: string;
	why: Absence;
}

export interface CgroupAnswer {
	/** False if there is no such cgroup, or no more. */
	exists: boolean;
	readings: Reading[];
	versions: Versions;
	processes: ProcessSample[];
	/** Processes that are in it and out of sight. */
	hiddenProcesses: number;
	missing: MissingFile[];
}

/**
 * Reads one cgroup: its memory files without anything in between, then CPU and pressure, then its processes. Each
 * reading has the time of its own group of files. Never throws for what a machine lacks: `missing` says what and why.
 *
 * @param path below the mount of the memory hierarchy: `/kubepods/burstable/pod…`, `/` for the root
 */
export async function readCgroup(path: string, options: CgroupOptions = {}): Promise<CgroupAnswer> {
	const { root = options.mounts?.root ?? '/', processes = true, rollup = true } = options;
	const mounts = options.mounts ?? (await findCgroupMounts(root));
	const versions: Versions = { ...(await machineVersions(root)), cgroup: cgroupVersionOf(mounts) };
	const main = mainHierarchy(mounts);
	const normal = normalCgroupPath(path);
	const answer: CgroupAnswer = {
		exists: false,
		readings: [],
		versions: { ...versions, runtime: describeCgroup(path).runtime },
		processes: [],
		hiddenProcesses: 0,
		missing: [],
	};
	if (main === undefined || normal === undefined) {
		return answer;
	}
	const reader = new FileReader(normal, answer.missing);
	answer.readings.push(...(main.version === 'v1' ? readV1(mounts, reader) : readV2(main, reader)));
	if (processes) {
		const members = await cgroupMembers(mounts, normal);
		const at = Date.now();
		const texts = await readProcesses(members.pids, { root, rollup });
		answer.processes = texts.map((process) => processSample(process));
		answer.hiddenProcesses = members.hidden;
		answer.readings.push(...sampleReadings(answer.processes, at, members.hidden));
	}
	// The root's own CPUs are those of the machine, which tells them itself.
	if (normal !== '/') {
		answer.readings.push(...onlineCpus(root));
	}
	answer.exists =
		answer.readings.some(({ source }) => source !== 'proc') ||
		answer.processes.length > 0 ||
		readTextNow(`${cgroupFolder(main, normal)}/cgroup.procs`).absence !== 'no-file';
	return answer;
}

/** How many CPUs there are: the kernel counts in batches for each of them. */
function onlineCpus(root: string): Reading[] {
	const stat = readTextNow(under(root, '/proc/stat'));
	return procStatReadings(stat.text, Date.now()).filter(({ quantity }) => quantity === 'onlineCpus');
}

/** Reads files of one cgroup and keeps note of those that are not there. */
class FileReader {
	readonly #path: string;
	readonly #missing: MissingFile[];

	constructor(path: string, missing: MissingFile[]) {
		this.#path = path;
		this.#missing = missing;
	}

	read<File extends string>(hierarchy: Hierarchy | undefined, files: readonly File[]): Partial<Record<File, string>> {
		const texts: Partial<Record<File, string>> = {};
		const folder = hierarchy === undefined ? undefined : cgroupFolder(hierarchy, this.#path);
		for (const file of files) {
			const { text, absence } = folder === undefined ? noFile : readTextNow(`${folder}/${file}`);
			if (absence === '') {
				texts[file] = text;
			} else {
				this.#missing.push({ file, why: absence });
			}
		}
		return texts;
	}
}

const noFile = { text: '', absence: 'no-file' } as const;

function readV1(mounts: CgroupMounts, reader: FileReader): Reading[] {
	const memoryAt = Date.now();
	const memory = reader.read(hierarchyOf(mounts, 'memory'), cgroupV1Files.memory);
	const cpuAt = Date.now();
	const cpuTime = reader.read(hierarchyOf(mounts, 'cpuacct'), cgroupV1Files.cpuacct);
	const cpu = reader.read(hierarchyOf(mounts, 'cpu'), cgroupV1Files.cpu);
	const readings = [...cgroupV1Readings(memory, memoryAt), ...cgroupV1Readings({ ...cpuTime, ...cpu }, cpuAt)];
	// A unified hierarchy beside those of v1 has no controllers, but it has pressure.
	const unified = unifiedHierarchy(mounts);
	if (unified !== undefined) {
		const at = Date.now();
		readings.push(...cgroupV2Readings(reader.read(unified, cgroupV2Files.pressure), at));
	}
	return readings;
}

function readV2(hierarchy: Hierarchy, reader: FileReader): Reading[] {
	const memoryAt = Date.now();
	const memory = reader.read(hierarchy, cgroupV2Files.memory);
	const cpuAt = Date.now();
	const cpu = reader.read(hierarchy, [...cgroupV2Files.cpu, ...cgroupV2Files.pressure]);
	return [...cgroupV2Readings(memory, memoryAt), ...cgroupV2Readings(cpu, cpuAt)];
}
