/** `--pods 10000 --runs 3`: what all programs of this folder take. */
import { parseArgs } from 'node:util';

const { values } = parseArgs({
	options: {
		pods: { type: 'string', default: '10000' },
		runs: { type: 'string', default: '5' },
		minutes: { type: 'string', default: '20' },
		record: { type: 'boolean', default: false },
		fault: { type: 'string', multiple: true, default: [] },
	},
	strict: false,
});

export const pods = Number(values.pods);
export const runs = Number(values.runs);
/** What a program measured by itself goes to the page of results too. */
export const isRecorded = values.record === true;
export const minutes = Number(values.minutes);
/** Faults of the demo: `json-only` measures the way without protobuf. */
export const faults = values.fault as string[];
