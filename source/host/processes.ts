/** The files of processes in /proc, as texts. Processes end while they are read, and some are not ours to read. */
import { under } from './cgroup/mounts.ts';
import { type Absence, readText } from './files.ts';

/** What was read of one process; a file that could not be read is left out. */
export interface ProcessTexts {
	pid: number;
	/** /proc/PID/status, statm, stat, smaps_rollup: whole, with the line ends. */
	status?: string;
	statm?: string;
	stat?: string;
	smapsRollup?: string;
	/** It ended before anything was read: it is no longer one of the processes. */
	gone: boolean;
	/** Why smaps_rollup is missing: `no-permission` of other users' processes. '' if it is there. */
	withoutRollup: Absence | 'not-asked' | '';
}

export interface ProcessOptions {
	/** Where the machine's files begin, `/` by default. */
	root?: string;
	/**
	 * Read smaps_rollup too, true by default. The kernel walks all the pages of the process for it: some milliseconds
	 * for each GiB.
	 */
	rollup?: boolean;
}

/** Reads the files of one process, the sizes first and close together. Never throws. */
export async function readProcess(
	pid: number,
	{ root = '/', rollup = true }: ProcessOptions = {},
): Promise<ProcessTexts> {
	const folder = under(root, `/proc/${pid}`);
	const [status, statm, stat] = await Promise.all(
		['status', 'statm', 'stat'].map((name) => readText(`${folder}/${name}`)),
	);
	const smaps = rollup ? await readText(`${folder}/smaps_rollup`) : undefined;
	const missing = smaps === undefined ? 'not-asked' : smaps.absence;
	const left = [status, statm, stat].every((file) => file?.absence === 'no-file' || file?.absence === 'gone');
	return {
		pid,
		...(status?.absence === '' && { status: status.text }),
		...(statm?.absence === '' && { statm: statm.text }),
		...(stat?.absence === '' && { stat: stat.text }),
		...(smaps?.absence === '' && { smapsRollup: smaps.text }),
		gone: left,
		withoutRollup: missing,
	};
}

const atOnce = 8;

/** Reads many, a few at a time, in the order of the pids. Those that ended meanwhile are left out. */
export async function readProcesses(pids: readonly number[], options: ProcessOptions = {}): Promise<ProcessTexts[]> {
	const processes: ProcessTexts[] = [];
	for (let index = 0; index < pids.length; index += atOnce) {
		const some = await Promise.all(pids.slice(index, index + atOnce).map((pid) => readProcess(pid, options)));
		processes.push(...some.filter((process) => !process.gone));
	}
	return processes;
}
