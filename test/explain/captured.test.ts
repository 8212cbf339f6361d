/**
 * Containers of a real Docker engine on cgroup v1, captured by this project's own run: cgroup and process files, the
 * engine's frame and docker's own line, read within a moment.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeLedger } from '../../source/explain/ledger.ts';
import { readProcesses } from '../../source/host/processes.ts';
import type { Ledger } from '../../source/model/ledger.ts';
import { Readings } from '../../source/model/reading.ts';
import { type CgroupV1File, cgroupV1Files, cgroupV1Readings } from '../../source/sources/cgroup-v1.ts';
import { readDockerFrame } from '../../source/sources/docker.ts';
import { procStatReadings } from '../../source/sources/proc.ts';
import { processReadings } from '../../source/sources/processes.ts';
import { v1 } from './made.ts';

const folder = fileURLToPath(new URL('./fixtures/docker-v1/', import.meta.url));
const workloads = existsSync(folder) ? readdirSync(folder) : [];

interface Captured {
	ledger: Ledger;
	line: { MemUsage: string };
}

async function captured(workload: string): Promise<Captured> {
	const text = (path: string) => readFileSync(`${folder}${workload}/${path}`, 'utf8');
	const { id } = JSON.parse(text('container.json')) as { id: string };
	const frame = readDockerFrame(Buffer.from(text('docker-stats.json')));
	const cgroup = (controller: string, file: string) => text(`root/sys/fs/cgroup/${controller}/docker/${id}/${file}`);
	const files: Partial<Record<CgroupV1File, string>> = {};
	for (const file of cgroupV1Files.memory) {
		files[file] = cgroup('memory', file);
	}
	const pids = cgroup('memory', 'cgroup.procs').trim().split('\n').map(Number);
	const processes = await readProcesses(pids, { root: `${folder}${workload}/root` });
	// The files bear no time of their own; they were read right after the frame.
	const readings = new Readings([
		...frame.readings,
		...cgroupV1Readings(files, frame.at),
		...processReadings(processes, frame.at),
		...procStatReadings(text('root/proc/stat'), frame.at).filter(({ quantity }) => quantity === 'onlineCpus'),
	]);
	const line = JSON.parse(text('docker-line.json')) as Captured['line'];
	return {
		ledger: makeLedger(`docker/${workload}`, 'container', readings, { ...v1, docker: '20.10.24' }),
		line,
	};
}

/** What two CPUs can hold of the charge counter in their stocks, 64 pages each. */
const stocks = 2 * 64 * 4096;

describe('captured containers', () => {
	test('there are some', () => {
		assert.notEqual(workloads.length, 0);
	});

	test('shared memory: what docker 17.06 left out is told apart by the cgroup, which agrees with the engine', async () => {
		const { ledger } = await captured('shared-memory');
		const old = ledger.bridges.find(({ to }) => to === 'docker-stats-17.06');
		assert.ok((old?.terms.find(({ id }) => id === 'shmem')?.value ?? 0) < -60 * 2 ** 20);
	});

	for (const workload of workloads) {
		test(`${workload}: docker’s own figure, and bridges that close within what the CPUs hold`, async () => {
			const { ledger, line } = await captured(workload);
			const docker = ledger.claims.find(({ tool, of }) => tool === 'docker-stats' && of === 'memory');
			assert.equal(docker?.printed, line.MemUsage.split(' ')[0]);
			const bridges = ledger.bridges.filter(({ of }) => of === 'memory');
			for (const id of ['B1', 'B2', 'B6'] as const) {
				assert.ok(
					bridges.some((bridge) => bridge.id === id),
					id,
				);
			}
			for (const bridge of bridges) {
				const name = `${bridge.id} ${bridge.from} → ${bridge.to}`;
				assert.ok(Math.abs(bridge.residual) <= stocks, `${name}: ${bridge.residual}`);
				if (bridge.residual !== 0) {
					assert.equal(bridge.residualReasons[0], 'counter-batches', name);
				}
			}
		});
	}
});
