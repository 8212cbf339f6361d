/**
 * All of ours within ten minutes: `npm run bench`. `npm run bench -- --pods 10000` measures that size alone. What is
 * measured goes to RESULTS.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DemoOptions } from '../../source/demo/options.ts';
import { callbacks } from './callbacks.ts';
import { keys } from './keys.ts';
import { polls } from './polls.ts';
import { rest } from './rest.ts';
import { slowLine } from './slow-line.ts';
import { slowTerminal } from './slow-terminal.ts';
import { start, startInJson } from './start.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import type { Program } from './support/program.ts';
import { record } from './support/results.ts';
import { ticking } from './ticking.ts';

const { values } = parseArgs({ options: { pods: { type: 'string' } }, strict: false });

/** At every size. */
const each: readonly Program[] = [start, keys];
const patient: readonly Program[] = [rest, polls];

/** Besides: what does not depend on the size once, what is slow at a size that it can be done at. */
const besides: readonly (readonly [pods: number, programs: readonly Program[]])[] = [
	[1_000, []],
	[10_000, [slowLine, slowTerminal]],
	[50_000, []],
	[150_000, [slowLine, startInJson, ticking, callbacks]],
];

const plan: typeof besides =
	typeof values.pods === 'string'
		? [[Number(values.pods), [slowLine, startInJson, ticking, callbacks, slowTerminal]]]
		: besides;

/** One after the other; those that agree about the cluster share it, for a large one takes five seconds to make. */
async function run(pods: number, programs: readonly Program[]): Promise<void> {
	const clusters = Map.groupBy(programs, ({ cluster }) => JSON.stringify(cluster));
	for (const [options, those] of clusters) {
		const demo = await startCluster({ ...sizeOf(pods), ...(JSON.parse(options) as Partial<DemoOptions>) });
		try {
			for (const program of those) {
				const from = performance.now();
				const said = await program.measure(demo, pods).catch((error: unknown) => {
					process.exitCode = 1;
					return `failed: ${String(error)}\n`;
				});
				record(said);
				process.stdout.write(`${said}\n(${((performance.now() - from) / 1000).toFixed(0)} s)\n\n`);
			}
		} finally {
			await demo.close();
		}
	}
}

const began = performance.now();
for (const [pods, programs] of plan) {
	await run(pods, [...each, ...programs]);
}
/** Of those that are measured together, each begins so long after the one before: loading is what takes the machine. ms */
const apart = 3000;

// Hardly anything happens while these are measured, and of that the CPU time counts: all sizes at once, the largest first.
const together = plan.toReversed().flatMap(([pods]) => patient.map((program) => ({ pods, program })));
await Promise.all(
	together.map(async ({ pods, program }, index) => {
		await sleep(index * apart);
		await run(pods, [program]);
	}),
);
process.stdout.write(`${((performance.now() - began) / 60_000).toFixed(1)} minutes\n`);
