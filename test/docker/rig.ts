/** The engine that `test/docker/run` started, its workloads, and what docker's command line prints of them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DockerClient } from '../../source/host/docker/client.ts';
import { dockerEndpoint } from '../../source/host/docker/endpoint.ts';
import type { ReadingQuantity } from '../../source/model/reading.ts';
import { Readings } from '../../source/model/reading.ts';
import { readDockerFrame } from '../../source/sources/docker.ts';

const execute = promisify(execFile);
const MiB = 2 ** 20;

/** What each workload has taken once it has done what it does, and of what; of the first first. */
export const workloads: readonly (readonly [name: string, quantity: ReadingQuantity, atLeast: number])[] = [
	['inactive-cache', 'inactiveFile', 15 * MiB],
	['anonymous', 'anon', 80 * MiB],
	['active-cache', 'activeFile', 55 * MiB],
	['shared-memory', 'usage', 70 * MiB],
	['fork', 'anon', 40 * MiB],
	['kernel', 'usage', 25 * MiB],
	['cpu', 'cpuTime', 1e8],
	['tmpfs', 'usage', 50 * MiB],
	['limit', 'limitHits', 1],
];

/** Empty where no engine was started for us. */
export const programs: readonly string[] = (process.env['WHYTOP_DOCKER_PROGRAMS'] ?? '').split('\n').filter(Boolean);

export function rigClient(): DockerClient {
	return new DockerClient(dockerEndpoint(process.env));
}

export async function docker(program: string, ...words: string[]): Promise<string> {
	return (await execute(program, words)).stdout.trim();
}

/** Waits until a workload has what it is to have. */
export async function settled(
	client: DockerClient,
	[name, quantity, atLeast]: (typeof workloads)[number],
): Promise<void> {
	const signal = AbortSignal.timeout(120_000);
	for await (const bytes of client.stats(name, { signal })) {
		if (new Readings(readDockerFrame(bytes).readings).value(quantity) >= atLeast) {
			return;
		}
	}
}

/** A line of `docker stats --format '{{json .}}'`. */
export interface StatsLine {
	CPUPerc: string;
	MemUsage: string;
	MemPerc: string;
}

export interface Moment {
	line: StatsLine;
	/** What the engine sent us meanwhile. The CLI's two samples are two neighbours among them. */
	frames: readonly Buffer[];
}

/**
 * The CLI's line, and all samples around it. The engine takes one sample a second and gives the same to all who wait:
 * the one that the CLI prints is ours as well.
 */
export async function sameMoment(client: DockerClient, program: string, workload: string): Promise<Moment> {
	const frames: Buffer[] = [];
	const stop = new AbortController();
	let line: StatsLine | undefined;
	let printed: Promise<void> | undefined;
	for await (const frame of client.stats(workload, { signal: stop.signal })) {
		frames.push(Buffer.from(frame));
		if (line !== undefined) {
			break;
		}
		// Only now: the CLI must not have a sample that we have not.
		printed ??= docker(program, 'stats', '--no-stream', '--format', '{{json .}}', workload).then((text) => {
			line = JSON.parse(text) as StatsLine;
		});
		// A failure is thrown below, and must not be called unhandled before.
		printed.catch(() => stop.abort());
	}
	await printed;
	if (line === undefined) {
		throw new Error(`no line of docker stats for ${workload}`);
	}
	return { line, frames };
}
