import { readFileSync } from 'node:fs';
import type { Answers } from './playback.ts';

/** One command of kubectl, and what it printed. */
export interface Run {
	arguments: string[];
	stdout: string;
	stderr: string;
	code: number;
}

export interface ClusterFixture {
	serverTime: number;
	answers: Answers;
	/** Of kubectl on the cluster. */
	direct: Run[];
	/** Of kubectl on the answers played back. */
	played: Run[];
}

export type MadeFixture = Array<{ name: string; answers: Answers; runs: Run[] }>;

function read<Content>(name: string): Content {
	return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as Content;
}

export const clusterFixture = (): ClusterFixture => read('cluster');
export const madeFixture = (): MadeFixture => read('made');
