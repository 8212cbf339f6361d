/** What the programs of this folder have in common: each measures on a cluster, by itself or as one of all. */
import { fileURLToPath } from 'node:url';
import type { Demo, DemoOptions } from '../../../source/demo/options.ts';
import { faults, isRecorded, pods } from './arguments.ts';
import { sizeOf, startCluster } from './cluster.ts';
import { record } from './results.ts';

export interface Program {
	/** The cluster that it is measured on, besides its size: programs with the same options share one. */
	cluster: Partial<DemoOptions>;
	/** What is measured is CPU time, memory and bytes: other sizes may be measured at the same time. */
	patient?: boolean;
	/** @returns Markdown: a heading of the third order, and a table */
	measure(demo: Demo, pods: number): Promise<string>;
}

/** Runs the program and prints what it measured, if its file is what Node was started with. */
export async function runAlone(url: string, program: Program): Promise<void> {
	if (process.argv[1] !== fileURLToPath(url)) {
		return;
	}
	const demo = await startCluster({ ...sizeOf(pods), faults, ...program.cluster });
	try {
		const said = await program.measure(demo, pods);
		process.stdout.write(said);
		if (isRecorded) {
			record(said);
		}
	} finally {
		await demo.close();
	}
}
