/** The ledger against a kernel of cgroup v2 that has just run in a virtual machine: see README.md. */
import { join } from 'node:path';
import { describe } from 'node:test';
import { fileWorkloads, testMachine, testWorkload, workloads } from '../explain/workloads.ts';

const run = process.env['WHYTOP_VM_RUN'] ?? '';
const skip = run === '' && 'npm run test:vm starts a machine';

const machines = [
	['lru-gen', workloads],
	['classic-lists', fileWorkloads],
] as const;

for (const [machine, names] of machines) {
	describe(`cgroups of version 2, ${machine}`, { skip }, () => {
		const folder = () => join(run, machine);
		for (const name of names) {
			testWorkload(name, folder);
		}
		testMachine(folder);
	});
}
