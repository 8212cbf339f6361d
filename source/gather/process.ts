/** All that /proc tells of one process, and which cgroup it is charged to. */
import { type CgroupDescription, describeCgroup } from '../host/cgroup/describe.ts';
import { cgroupOfProcess } from '../host/cgroup/membership.ts';
import { type CgroupMounts, cgroupVersionOf, findCgroupMounts } from '../host/cgroup/mounts.ts';
import { readProcess } from '../host/processes.ts';
import type { Reading, Versions } from '../model/reading.ts';
import { type ProcessSample, processSample } from '../sources/process.ts';
import { sampleReadings } from '../sources/processes.ts';
import { machineVersions } from './machine-versions.ts';

export interface ProcessAnswer {
	/** False if there is no such process, or no more. */
	exists: boolean;
	readings: Reading[];
	versions: Versions;
	process: ProcessSample;
	/** The cgroup that it is in, '' if unknown, and what its path tells. */
	cgroup: string;
	description: CgroupDescription;
}

/** Reads one process. Never throws. */
export async function readOneProcess(
	pid: number,
	options: { root?: string; mounts?: CgroupMounts } = {},
): Promise<ProcessAnswer> {
	const { root = options.mounts?.root ?? '/' } = options;
	const mounts = options.mounts ?? (await findCgroupMounts(root));
	const versions = { ...(await machineVersions(root)), cgroup: cgroupVersionOf(mounts) };
	const cgroup = (await cgroupOfProcess(mounts, pid)) ?? '';
	const at = Date.now();
	const texts = await readProcess(pid, { root });
	const process = processSample(texts);
	const description = describeCgroup(cgroup);
	return {
		exists: !texts.gone,
		readings: texts.gone ? [] : sampleReadings([process], at),
		versions: { ...versions, runtime: description.runtime },
		process,
		cgroup,
		description,
	};
}
