/**
 * Writes test/sources/fixtures/docker-WORKLOAD.json: two samples of the engine, and the line that docker's command line
 * printed of them. Run by `test/docker/run --capture`.
 */
import { writeFile } from 'node:fs/promises';
import { figuresOf, statsLine } from './figures.ts';
import { docker, programs, rigClient, sameMoment, settled, workloads } from './rig.ts';

const client = rigClient();
const program = programs.at(-1) ?? '';
const version = await docker(program, 'version', '--format', '{{.Client.Version}} {{.Server.Version}}');
const [cli = '', engine = ''] = version.split(' ');

await Promise.all(
	workloads.map(async (workload) => {
		const [name] = workload;
		await settled(client, workload);
		const { line, frames } = await sameMoment(client, program, name);
		// Which of them it printed is for a test to prove; where none fits, all are kept for it to fail on.
		const at = frames.findIndex(
			(frame, index) =>
				index > 0 && JSON.stringify(statsLine(frames[index - 1] as Buffer, frame)) === JSON.stringify(figuresOf(line)),
		);
		const kept = at < 1 ? frames : frames.slice(at - 1, at + 1);
		const oneShot = await client.statsOnce(name);
		const fixture = {
			engine,
			cli,
			line,
			frames: kept.map((frame) => JSON.parse(frame.toString()) as unknown),
			oneShot: JSON.parse(oneShot.toString()) as unknown,
		};
		const file = new URL(`../sources/fixtures/docker-${name}.json`, import.meta.url);
		await writeFile(file, `${JSON.stringify(fixture, null, '\t')}\n`);
		console.log(`${name}: ${line.CPUPerc} ${line.MemUsage} ${line.MemPerc}${at < 1 ? ' (not found among ours)' : ''}`);
	}),
);
