import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { readDockerContainer } from '../../source/gather/docker.ts';
import { figuresOf, statsLines } from './figures.ts';
import { docker, type Moment, programs, rigClient, sameMoment, settled, workloads } from './rig.ts';

const skip = programs.length === 0 && 'npm run test:docker starts an engine';

for (const program of programs) {
	describe(`docker stats of ${program}`, { skip }, () => {
		const moments = new Map<string, Moment>();

		before(async () => {
			const client = rigClient();
			await Promise.all(
				workloads.map(async (workload) => {
					await settled(client, workload);
					moments.set(workload[0], await sameMoment(client, program, workload[0]));
				}),
			);
		});

		for (const [workload] of workloads) {
			test(`prints of ${workload} what we compute of the same sample`, (t) => {
				const { line, frames } = moments.get(workload) as Moment;
				const ours = statsLines(frames);
				t.diagnostic(`${workload}: ${line.CPUPerc} ${line.MemUsage} ${line.MemPerc}`);
				assert.ok(
					ours.some((candidate) => JSON.stringify(candidate) === JSON.stringify(figuresOf(line))),
					`docker printed ${JSON.stringify(figuresOf(line))}, we ${JSON.stringify(ours)}`,
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
	// A tenth of a core each; what shares the machine may keep them from some of it.
	assert.ok(ours > 2 && ours < 30, `we: ${ours} %`);
	assert.ok(Math.abs(Number.parseFloat(printed.CPUPerc) - ours) < 15, `docker: ${printed.CPUPerc}, we: ${ours} %`);
});
