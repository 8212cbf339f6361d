import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { readDockerContainer } from '../../source/gather/docker.ts';
import type { DockerClient } from '../../source/host/docker/client.ts';
import { figuresOf, statsLines } from './figures.ts';
import { docker, type Moment, programs, rigClient, sameMoment, settled, workloads } from './rig.ts';

const skip = programs.length === 0 && 'npm run test:docker starts an engine';

/** Whether two neighbours among our samples give docker's line. */
function agrees({ line, frames }: Moment): boolean {
	return statsLines(frames).some((ours) => JSON.stringify(ours) === JSON.stringify(figuresOf(line)));
}

/**
 * The engine passes a sample over for a listener that is too busy to take it within 100 ms, and the command line prints
 * zeros if it gets none for 2 s: so a moment that does not agree is followed by others. A wrong number agrees with none.
 */
async function agreedMoment(client: DockerClient, program: string, workload: string): Promise<Moment> {
	for (let left = 4; ; left--) {
		const moment = await sameMoment(client, program, workload);
		if (left === 0 || agrees(moment)) {
			return moment;
		}
	}
}

for (const program of programs) {
	describe(`docker stats of ${program}`, { skip }, () => {
		const moments = new Map<string, Moment>();

		before(async () => {
			const client = rigClient();
			await Promise.all(
				workloads.map(async (workload) => {
					await settled(client, workload);
					moments.set(workload[0], await agreedMoment(client, program, workload[0]));
				}),
			);
		});

		for (const [workload] of workloads) {
			test(`prints of ${workload} what we compute of the same sample`, (t) => {
				const moment = moments.get(workload) as Moment;
				const { line, frames } = moment;
				t.diagnostic(`${workload}: ${line.CPUPerc} ${line.MemUsage} ${line.MemPerc}`);
				assert.ok(
					agrees(moment),
					`docker printed ${JSON.stringify(figuresOf(line))}, we ${JSON.stringify(statsLines(frames))}`,
				);
			});
		}
	});
}

test('CPU % of two processes is within what neighbouring samples allow', { skip }, async () => {
	const [program = ''] = programs;
	const { readings } = await readDockerContainer(rigClient(), 'cpu');
	const printed = JSON.parse(await docker(program, 'stats', '--no-stream', '--format', '{{json .}}', 'cpu')) as {
		CPUPerc: string;
	};
	const ours = readings.value('cpuRate') / 1e7;
	// A tenth of a core each, in bursts; what shares the machine may keep them from some of it, and make them catch up.
	assert.ok(ours > 0 && ours <= 200, `we: ${ours} %`);
	assert.ok(Number.parseFloat(printed.CPUPerc) <= 200, `docker: ${printed.CPUPerc}, we: ${ours} %`);
});
