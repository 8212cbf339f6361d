/** Workloads on a kernel of cgroup v2, captured by this project's own run of test/vm: under both kinds of LRU lists. */
import { rmSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { unpackCaptured } from './machine-v2.ts';
import { fileWorkloads, testMachine, testWorkload, workloads } from './workloads.ts';

const machines = [
	['lru-gen', workloads],
	['classic-lists', fileWorkloads],
] as const;

for (const [machine, names] of machines) {
	describe(`captured cgroups of version 2, ${machine}`, () => {
		let folder = '';
		before(() => {
			folder = unpackCaptured(machine);
		});
		after(() => rmSync(folder, { recursive: true }));
		for (const name of names) {
			testWorkload(name, () => folder);
		}
		testMachine(() => folder);
	});
}
