/**
 * A container read from its inside: its cgroup files and processes, by the exec endpoint, with a shell or a cat of its
 * own image. Nothing is changed there, and nothing is left behind; for a second or two one process more runs in it, which
 * is left out of the processes and is in what the cgroup is charged for.
 */
import type { Absence } from '../host/files.ts';
import { isMultiGenerational } from '../host/kernel.ts';
import type { ProcessTexts } from '../host/processes.ts';
import type { KubeClient } from '../kube/client.ts';
import { KubeError } from '../kube/errors.ts';
import type { ExecTarget } from '../kube/exec/session.ts';
import * as text from '../messages/en/exec.ts';
import type { Reading } from '../model/reading.ts';
import { cgroupV1Readings } from '../sources/cgroup-v1.ts';
import { cgroupV2Readings } from '../sources/cgroup-v2.ts';
import { procStatReadings } from '../sources/proc.ts';
import { processSample } from '../sources/process.ts';
import { sampleReadings } from '../sources/processes.ts';
import type { CgroupAnswer } from './cgroup.ts';
import { type ContainerCgroup, type File, findContainerCgroup, isInside, placeFiles } from './exec/container-cgroup.ts';
import { ExecError, type ExecProblemId } from './exec/error.ts';
import { type ContainerReader, type FilesRead, openReader } from './exec/readers.ts';
import { separatorFile } from './exec/script.ts';
import { isConnection, isTimeout } from './problem.ts';

export interface ExecProblem {
	id: ExecProblemId;
	/** HTTP status, 0 if there was none. */
	status: number;
	sentence: string;
}

export interface ExecAnswer extends CgroupAnswer {
	/** The same about a second before, for rates of counters. */
	previous: readonly Reading[];
	problems: readonly ExecProblem[];
}

export interface ExecReadOptions {
	signal?: AbortSignal;
	/** ms for all of it, 15 s by default. */
	timeout?: number;
	/** ms between two samples, 1 s by default; 0 for one sample only. */
	between?: number;
}

const usualTimeout = 15_000;
const usualBetween = 1_000;

/**
 * Reads a container. What cannot be read is a problem beside the rest.
 *
 * @throws the reason of the caller's own signal, and nothing else
 */
export async function readByExec(
	client: KubeClient,
	target: ExecTarget,
	options: ExecReadOptions = {},
): Promise<ExecAnswer> {
	const { timeout = usualTimeout, between = usualBetween } = options;
	const signal = AbortSignal.any([AbortSignal.timeout(timeout), ...(options.signal ? [options.signal] : [])]);
	let reader: ContainerReader | undefined;
	try {
		reader = await openReader(client, target, signal);
		return await readInside(reader, between, signal);
	} catch (error) {
		options.signal?.throwIfAborted();
		return { ...nothing(), problems: [problemOf(error, target, timeout)] };
	} finally {
		await reader?.close();
	}
}

function nothing(): ExecAnswer {
	return {
		exists: false,
		readings: [],
		previous: [],
		versions: { cgroup: '', kubelet: '', runtime: '', docker: '', kernel: '', multiGenerationalLru: null },
		processes: [],
		hiddenProcesses: 0,
		missing: [],
		problems: [],
	};
}

const lruFile = '/sys/kernel/mm/lru_gen/enabled';
const uptimeFile = '/proc/uptime';
const statFile = '/proc/stat';

async function readInside(reader: ContainerReader, between: number, signal: AbortSignal): Promise<ExecAnswer> {
	const places = await reader.read([...placeFiles, lruFile]);
	const cgroup = findContainerCgroup(places.texts);
	const answer: ExecAnswer = {
		...nothing(),
		exists: true,
		versions: {
			...nothing().versions,
			cgroup: cgroup.version,
			kernel: /^Linux version (\S+)/.exec(places.texts.get(separatorFile) ?? '')?.[1] ?? '',
			multiGenerationalLru: isMultiGenerational(places.texts.get(lruFile) ?? ''),
		},
		problems: cgroup.version === '' ? [{ id: 'no-cgroup', status: 0, sentence: text.noCgroup }] : [],
	};
	let first: Sample | undefined;
	if (between > 0) {
		first = await readSample(reader, cgroup);
		await pause(between, signal);
	}
	const sample = await readSample(reader, cgroup);
	const at = first === undefined ? sample.at : first.at + windowOf(first, sample);
	const rest = await reader.read([...processFiles(reader, sample, 'smaps_rollup'), statFile]);
	const processes = processesOf(sample, rest, cgroup).map((process) => processSample(process));
	const hidden = hiddenIn(sample.texts.get(cgroup.processList));
	return {
		...answer,
		readings: [
			...cgroupReadings(cgroup, sample, at),
			...sampleReadings(processes, at, hidden),
			...procStatReadings(rest.texts.get(statFile) ?? '', at).filter(({ quantity }) => quantity === 'onlineCpus'),
		],
		previous:
			first === undefined
				? []
				: [
						...cgroupReadings(cgroup, first, first.at),
						...sampleReadings(
							processesOf(first, undefined, cgroup).map((process) => processSample(process)),
							first.at,
							hidden,
						),
					],
		processes,
		hiddenProcesses: hidden,
		missing: missingOf(cgroup, sample, reader.said),
	};
}

interface Sample extends FilesRead {
	/** Seconds since the machine was started, finer than the times of the messages; NaN if unknown. */
	uptime: number;
}

/** Memory and the sizes of the processes in one go; the rest of the processes behind. */
async function readSample(reader: ContainerReader, cgroup: ContainerCgroup): Promise<Sample> {
	const { cpu, memory, pressure, processList } = cgroup;
	const files = [...memory, ...cpu, ...pressure].map(({ path }) => path);
	const lists = [uptimeFile, ...(processList === '' ? [] : [processList])];
	if (reader.patterns) {
		const read = await reader.read([...files, '/proc/[0-9]*/status', '/proc/[0-9]*/stat', ...lists]);
		const more = await reader.read(['/proc/[0-9]*/statm', '/proc/[0-9]*/cgroup']);
		return withUptime({ ...read, texts: new Map([...read.texts, ...more.texts]) });
	}
	const read = await reader.read([...files, ...lists]);
	const processes = pidsIn(read.texts.get(processList)).slice(0, mostProcesses);
	const names = ['status', 'stat', 'statm', 'cgroup'];
	const more = await reader.read(processes.flatMap((pid) => names.map((name) => `/proc/${pid}/${name}`)));
	return withUptime({ ...read, texts: new Map([...read.texts, ...more.texts]) });
}

/** Each handful of names is a program started in the container. */
const mostProcesses = 100;

function withUptime(read: FilesRead): Sample {
	const seconds = Number.parseFloat(read.texts.get(uptimeFile) ?? '');
	return { ...read, uptime: seconds };
}

/** ms between two samples, by the machine's own clock if it tells. */
function windowOf(first: Sample, second: Sample): number {
	const seconds = second.uptime - first.uptime;
	return seconds > 0 ? Math.round(seconds * 1000) : second.at - first.at;
}

/** The path of a file of each process that was found. */
function processFiles(reader: ContainerReader, sample: Sample, name: string): readonly string[] {
	return reader.patterns ? [`/proc/[0-9]*/${name}`] : pidsRead(sample).map((pid) => `/proc/${pid}/${name}`);
}

function pidsRead({ texts }: FilesRead): readonly number[] {
	const pids = new Set<number>();
	for (const [path, content] of texts) {
		const pid = /^\/proc\/(\d+)\//.exec(path)?.[1];
		if (pid !== undefined && content !== '') {
			pids.add(Number(pid));
		}
	}
	return [...pids].sort((one, other) => one - other);
}

/** Those of the container, without the one that reads. */
function processesOf(sample: Sample, rest: FilesRead | undefined, cgroup: ContainerCgroup): readonly ProcessTexts[] {
	const file = (from: FilesRead | undefined, pid: number, name: string): string | undefined =>
		from?.texts.get(`/proc/${pid}/${name}`) || undefined;
	return pidsRead(sample)
		.filter((pid) => pid !== sample.reader && isInside(cgroup, file(sample, pid, 'cgroup')))
		.map((pid) => {
			const [status, stat, statm] = ['status', 'stat', 'statm'].map((name) => file(sample, pid, name));
			const rollup = file(rest, pid, 'smaps_rollup');
			return {
				pid,
				...(status !== undefined && { status }),
				...(stat !== undefined && { stat }),
				...(statm !== undefined && { statm }),
				...(rollup !== undefined && { smapsRollup: rollup }),
				gone: false,
				withoutRollup: rest === undefined ? 'not-asked' : rollup === undefined ? 'no-permission' : '',
			};
		});
}

/** The kernel writes 0 for a process that the reader's pid namespace does not have. */
function pidsIn(list: string | undefined): readonly number[] {
	return (list ?? '')
		.split('\n')
		.map(Number)
		.filter((pid) => Number.isSafeInteger(pid) && pid > 0);
}

function hiddenIn(list: string | undefined): number {
	return (list ?? '').split('\n').filter((line) => line === '0').length;
}

function cgroupReadings(cgroup: ContainerCgroup, { texts }: FilesRead, at: number): Reading[] {
	const files = (list: readonly File[]): Record<string, string> =>
		Object.fromEntries(
			list.map(({ name, path }) => [name, texts.get(path) ?? '']).filter(([, content]) => content !== ''),
		);
	const own = { ...files(cgroup.memory), ...files(cgroup.cpu) };
	const readings = cgroup.version === 'v1' ? cgroupV1Readings(own, at) : [];
	return [...readings, ...cgroupV2Readings({ ...(cgroup.version === 'v2' ? own : {}), ...files(cgroup.pressure) }, at)];
}

function missingOf(cgroup: ContainerCgroup, { texts }: FilesRead, said: readonly string[]): CgroupAnswer['missing'] {
	return [...cgroup.memory, ...cgroup.cpu, ...cgroup.pressure]
		.filter(({ path }) => (texts.get(path) ?? '') === '')
		.map(({ name, path }) => ({ file: name, why: absenceOf(said.find((line) => line.includes(path))) }));
}

/** By the words of cat or the shell; without any the file is not there. */
function absenceOf(line: string | undefined): Absence {
	if (line === undefined || /no such file/i.test(line)) {
		return 'no-file';
	}
	if (/denied|not permitted/i.test(line)) {
		return 'no-permission';
	}
	return /not supported|invalid argument/i.test(line) ? 'not-supported' : 'unreadable';
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(resolve, milliseconds);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			reject(signal.reason);
		});
	});
}

function problemOf(error: unknown, target: ExecTarget, timeout: number): ExecProblem {
	if (error instanceof ExecError) {
		return { id: error.id, status: 0, sentence: error.message };
	}
	const status = error instanceof KubeError ? error.status : 0;
	const problem = (id: ExecProblemId, sentence: string): ExecProblem => ({ id, status, sentence });
	if (isTimeout(error)) {
		return problem('timeout', text.timeout(target, timeout));
	}
	if (!(error instanceof KubeError)) {
		return problem('failed', text.failed((error as Error).message, Number.NaN));
	}
	const said = error.message.split('\n')[0] ?? '';
	if (error.id === 'exec-output-too-large') {
		return problem('failed', error.message);
	}
	if (status === 403 && error.reason !== '') {
		return problem('forbidden', text.forbidden(target, said));
	}
	if (status === 404 && error.reason !== '') {
		return problem('not-found', said);
	}
	if (
		error.id === 'socket-not-opened' ||
		(status !== 0 && (error.reason === '' || /upgrade/i.test(said)) && status !== 401)
	) {
		return /container not found/.test(said)
			? problem('not-running', text.notRunning(said))
			: problem('no-upgrade', text.noUpgrade(status, said));
	}
	return isConnection(error) || status === 401
		? problem('connection', error.message)
		: problem(status === 400 ? 'not-running' : 'failed', text.refused(target, status, said));
}
