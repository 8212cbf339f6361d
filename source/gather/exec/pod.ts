/** What was read inside each container of a pod, as readings of the pod. */
import * as text from '../../messages/en/exec.ts';
import type { Reading, Versions } from '../../model/reading.ts';
import type { ProcessSample } from '../../sources/process.ts';
import { sampleReadings } from '../../sources/processes.ts';
import type { ExecAnswer } from '../exec.ts';

export interface Inside {
	container: string;
	inside: ExecAnswer;
}

export interface PodInside {
	/** With `part`, of each container's cgroup; without, of the processes of all together. */
	readings: readonly Reading[];
	/** A moment before, the cgroups only: the containers' moments are not the same. */
	previous: readonly Reading[];
	versions: Versions | undefined;
	/** A sentence each. */
	problems: readonly string[];
}

export function joinInsides(all: readonly Inside[]): PodInside {
	const read = all.filter(({ inside }) => inside.exists);
	const processes: readonly ProcessSample[] = read.flatMap(({ inside }) => inside.processes);
	const hidden = read.reduce((sum, { inside }) => sum + inside.hiddenProcesses, 0);
	const at = Math.max(...read.flatMap(({ inside }) => inside.readings.map((reading) => reading.at)));
	// A container that could not be read has one process at least.
	const unread = all.length - read.length;
	return {
		readings: [
			...read.flatMap(({ container, inside }) => partsOf(container, inside.readings)),
			...(read.length === 0 ? [] : sampleReadings(processes, at, hidden + unread)),
		],
		previous: read.flatMap(({ container, inside }) => partsOf(container, inside.previous)),
		versions: read.map(({ inside }) => inside.versions).find(({ cgroup }) => cgroup !== ''),
		problems: all.flatMap(({ container, inside }) =>
			inside.problems.map(({ sentence }) => text.ofContainer(container, sentence)),
		),
	};
}

function partsOf(container: string, readings: readonly Reading[]): readonly Reading[] {
	return readings
		.filter(({ source }) => source !== 'proc')
		.map((reading) => ({ ...reading, part: `container/${container}` }));
}
