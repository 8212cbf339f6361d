/**
 * All of ours, one after the other, within ten minutes: `npm run bench`. `npm run bench -- --pods 10000` measures that
 * size alone. What is measured goes to RESULTS.md.
 */
import { parseArgs } from 'node:util';
import type { DemoOptions } from '../../source/demo/options.ts';
import { clientNode } from './client-node.ts';
import { keys } from './keys.ts';
import { polls } from './polls.ts';
import { rest } from './rest.ts';
import { slowLine } from './slow-line.ts';
import { slowTerminal } from './slow-terminal.ts';
import { start } from './start.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import type { Program } from './support/program.ts';
import { record } from './support/results.ts';

const { values } = parseArgs({ options: { pods: { type: 'string' } }, strict: false });

/** What is measured at which size: what does not depend on it once, what is slow at a size that it can be done at. */
const plan: readonly (readonly [pods: number, programs: readonly Program[]])[] =
	typeof values.pods === 'string'
		? [[Number(values.pods), [start, keys, rest, slowLine, polls, slowTerminal, clientNode]]]
		: [
				[1_000, [start]],
				[10_000, [start, slowTerminal]],
				[50_000, [start, clientNode]],
				[150_000, [start, keys, rest, slowLine, polls]],
			];

const began = performance.now();
for (const [pods, programs] of plan) {
	const clusters = Map.groupBy(programs, ({ cluster }) => JSON.stringify(cluster));
	for (const [options, those] of clusters) {
		const demo = await startCluster({ ...sizeOf(pods), ...(JSON.parse(options) as Partial<DemoOptions>) });
		try {
			for (const program of those) {
				const from = performance.now();
				const said = await program.measure(demo, pods).catch((error: unknown) => `failed: ${String(error)}\n`);
				record(said);
				process.stdout.write(`${said}\n(${((performance.now() - from) / 1000).toFixed(0)} s)\n\n`);
			}
		} finally {
			await demo.close();
		}
	}
}
process.stdout.write(`${((performance.now() - began) / 60_000).toFixed(1)} minutes\n`);
