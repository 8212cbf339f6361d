import {
	type DockerEra,
	dockerCpuPercent,
	dockerMemory,
	dockerMemoryPercent,
	printDockerCpu,
	printDockerMemory,
	printDockerPercent,
} from '../../source/explain/docker-figures.ts';
import { Readings } from '../../source/model/reading.ts';
import { readDockerFrame } from '../../source/sources/docker.ts';
import type { StatsLine } from './rig.ts';

/** What docker's command line prints of two samples that follow each other. */
export function statsLine(previous: Buffer, current: Buffer, era: DockerEra = '20.10'): StatsLine {
	const before = new Readings(readDockerFrame(previous).readings);
	const now = new Readings(readDockerFrame(current).readings);
	const memory = dockerMemory(now, era).value;
	const limit = now.value('memoryLimit');
	return {
		CPUPerc: printDockerCpu(dockerCpuPercent(before, now)),
		MemUsage: `${printDockerMemory(memory)} / ${printDockerMemory(limit)}`,
		MemPerc: printDockerPercent(dockerMemoryPercent(memory, limit)),
	};
}

/** The lines of all neighbours among the frames. */
export function statsLines(frames: readonly Buffer[]): StatsLine[] {
	return frames.slice(1).map((frame, index) => statsLine(frames[index] as Buffer, frame));
}

/** The three figures of a line that may have more. */
export function figuresOf({ CPUPerc, MemUsage, MemPerc }: StatsLine): StatsLine {
	return { CPUPerc, MemUsage, MemPerc };
}
